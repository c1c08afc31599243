using System.Text;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Questions;

/// <summary>
/// The type of policy that the words of a file's name say: <c>region_scp.json</c>, <c>s3-endpoint-policy.json</c>, <c>DevBoundary.json</c>; else those of a
/// folder
/// that says it in full, as in AWS's own example repositories: <c>service_control_policies/regions.json</c>. A word that also means something else, as an
/// endpoint
/// of SageMaker, counts only where the document looks like that type.
/// </summary>
internal static class PolicyFileName
{
    /// <summary>The type; null when the name does not say.</summary>
    /// <param name="name">The file's name, also with its folders.</param>
    /// <param name="namesPrincipal">Whether a statement names principals.</param>
    public static PolicyType? TypeOf(string name, bool namesPrincipal)
    {
        int start = name.LastIndexOfAny(['/', '\\']) + 1;
        return OfFile(Words(name.Substring(start), hasExtension: true), namesPrincipal) ?? OfFolder(name.Substring(0, start), namesPrincipal);
    }

    private static PolicyType? OfFile(List<string> words, bool namesPrincipal)
    {
        if (words.Contains("scp") || Ends(words, "service", "control", "policy"))
        {
            return PolicyType.ServiceControlPolicy;
        }

        if (words.Contains("rcp") || Ends(words, "resource", "control", "policy"))
        {
            return PolicyType.ResourceControlPolicy;
        }

        if (namesPrincipal)
        {
            return Ends(words, "endpoint", "policy") || Ends(words, "vpce", "policy") || Ends(words, "vpc", "endpoint") ? PolicyType.VpcEndpoint : null;
        }

        return Ends(words, "boundary") || Ends(words, "boundary", "policy") ? PolicyType.PermissionsBoundary
            : Ends(words, "session", "policy") ? PolicyType.Session
            : null;
    }

    /// <summary>The innermost folder that says it.</summary>
    private static PolicyType? OfFolder(string folders, bool namesPrincipal)
    {
        foreach (string folder in Enumerable.Reverse(folders.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries)))
        {
            List<string> words = Words(folder, hasExtension: false);
            PolicyType? type = Has(words, "service", "control", "policy") ? PolicyType.ServiceControlPolicy
                : Has(words, "resource", "control", "policy") ? PolicyType.ResourceControlPolicy
                : namesPrincipal && Has(words, "vpc", "endpoint", "policy") ? PolicyType.VpcEndpoint
                : !namesPrincipal && (Has(words, "permissions", "boundaries") || Has(words, "permissions", "boundary")) ? PolicyType.PermissionsBoundary
                : null;
            if (type is not null)
            {
                return type;
            }
        }

        return null;
    }

    private static bool Has(List<string> words, params string[] inside) =>
        Enumerable.Range(0, Math.Max(0, words.Count - inside.Length + 1))
            .Any(i => words.Skip(i).Take(inside.Length).SequenceEqual(inside, StringComparer.Ordinal));

    private static bool Ends(List<string> words, params string[] last) =>
        words.Count >= last.Length && words.Skip(words.Count - last.Length).SequenceEqual(last, StringComparer.Ordinal);

    /// <summary>The words of a part of a path, in small letters, without the extension; "policies" reads as "policy".</summary>
    private static List<string> Words(string name, bool hasExtension)
    {
        int dot = hasExtension ? name.LastIndexOf('.') : -1;
        var words = new List<string>();
        var word = new StringBuilder();
        for (int i = 0; i < (dot > 0 ? dot : name.Length); i++)
        {
            char c = name[i];
            // A capital begins a word behind a small letter, and before one: denyRegionsSCP, SCPForRegions.
            bool begins = char.IsUpper(c) && i > 0
                && (char.IsLower(name[i - 1]) || (char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (begins || !char.IsLetterOrDigit(c))
            {
                End();
            }

            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0)
            {
                string whole = word.ToString();
                words.Add(whole == "policies" ? "policy" : whole);
                word.Clear();
            }
        }
    }
}
