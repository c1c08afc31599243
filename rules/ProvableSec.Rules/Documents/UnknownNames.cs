using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>
/// Writes a policy with something in the place of each value that only the deployment knows: the same for the same value, and something that fits where it
/// stands. So two
/// policies can be compared that refer to the same values, whatever these are.
/// </summary>
internal sealed class UnknownNames
{
    private static readonly Regex Reference = new("\"Ref\"\\s*:\\s*\"([^\"]+)\"", RegexOptions.CultureInvariant);
    private static readonly Regex Attribute = new("\"Fn::GetAtt\"\\s*:\\s*(?:\\[\\s*\"([^\"]+)\"\\s*,\\s*\"([^\"]+)\"|\"([^\"]+)\")",
        RegexOptions.CultureInvariant);
    private static readonly Regex Substituted = new(@"\$\{([^!}'][^}]*)\}", RegexOptions.CultureInvariant);
    private static readonly Regex Keys = new("\"([^\"]+)\"\\s*:", RegexOptions.CultureInvariant | RegexOptions.RightToLeft);
    private static readonly Regex Space = new(@"\s+", RegexOptions.CultureInvariant);

    // Functions that make something else of what they refer to.
    private static readonly string[] Choosing = ["Fn::Select", "Fn::Split", "Fn::ImportValue", "Fn::FindInMap", "Fn::If", "Fn::Base64", "Fn::Cidr",
        "Fn::Transform", "Fn::Join", "Fn::Length"];

    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    /// <summary>Names the values of a policy.</summary>
    /// <param name="text">The policy.</param>
    /// <param name="document">The text that it is from.</param>
    public UnknownNames(MappedText text, string document)
    {
        if (!UnknownText.IsIn(text.Text))
        {
            Text = text.Text;
            return;
        }

        var written = new StringBuilder(text.Text.Length);
        for (int i = 0; i < text.Text.Length; i++)
        {
            if (!UnknownText.IsMark(text.Text[i]))
            {
                written.Append(text.Text[i]);
                continue;
            }

            TextRange span = text.SourceOf(new TextRange(i, 1));
            written.Append(Standing(text.Text, i, NameOf(document.Substring(span.Start, span.Length))));
        }

        Text = written.ToString();
    }

    /// <summary>The policy.</summary>
    public string Text { get; }

    /// <summary>What stands for a value, and what the document calls the value.</summary>
    public IReadOnlyDictionary<string, string> Names => names;

    /// <summary>What stands for a value: in a field of an ARN that has a form of its own, something of that form.</summary>
    private string Standing(string text, int at, string name)
    {
        ulong hash = Hash(name);
        int start = text.LastIndexOf('"', at) + 1, end = text.IndexOf('"', at);
        string before = text.Substring(start, at - start);
        bool isField = before.StartsWith("arn:", StringComparison.Ordinal) && before.EndsWith(":", StringComparison.Ordinal) && at + 1 < text.Length
            && text[at + 1] == ':';
        int field = isField ? before.Count(c => c == ':') : -1;
        string key = before.Length > 0 ? "" : Keys.Match(text.Substring(0, start)).Groups[1].Value;
        string by = field switch
        {
            // Wherever a partition stands, it is one that AWS has, and no request has another.
            1 => "aws",
            4 => Account(hash),
            _ when key == "AWS" && at + 1 == end => $"arn:aws:iam::{Account(hash)}:role/known-at-deployment-{hash % 1_000_000:x}",
            _ when key is "Resource" or "NotResource" => $"arn:aws:known-at-deployment:::{hash & 0xffffffffffff:x}",
            _ => $"known-at-deployment-{hash & 0xffffffffffff:x}",
        };
        if (field != 1)
        {
            names[by] = "${" + name + "}";
        }

        return by;
    }

    private static string Account(ulong hash) => (900_000_000_000 + (hash % 99_999_999_999)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The name of what is referred to; of another function all that is written.</summary>
    private static string NameOf(string written)
    {
        string[] found =
        [
            .. Reference.Matches(written).Cast<Match>().Select(m => m.Groups[1].Value)
                .Concat(Attribute.Matches(written).Cast<Match>().Select(m => m.Groups[3].Success ? m.Groups[3].Value
                    : $"{m.Groups[1].Value}.{m.Groups[2].Value}"))
                .Concat(Substituted.Matches(written).Cast<Match>().Select(m => m.Groups[1].Value)).Distinct(),
        ];
        return found.Length == 1 && !Array.Exists(Choosing, written.Contains) ? found[0] : Space.Replace(written, " ");
    }

    private static ulong Hash(string name)
    {
        using var sha = SHA256.Create();
        return BitConverter.ToUInt64(sha.ComputeHash(Encoding.UTF8.GetBytes(name)), 0);
    }
}
