using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Stacks;

/// <summary>What is known only at deployment in a policy of a template, by the names under which it can be given.</summary>
internal static class OpenNames
{
    // In JSON, and in YAML in the long form and the short one.
    private static readonly Regex Reference = new("(?:[\"']?\\bRef[\"']?\\s*:|!Ref)\\s*[\"']?([A-Za-z0-9:]+)", RegexOptions.CultureInvariant);
    private static readonly Regex Attribute = new(
        "(?:[\"']?\\bFn::GetAtt[\"']?\\s*:|!GetAtt)\\s*(?:\\[\\s*[\"']?([A-Za-z0-9]+)[\"']?\\s*,\\s*[\"']?([A-Za-z0-9.]+)|-\\s*[\"']?([A-Za-z0-9]+)[\"']?\\s+-\\s*[\"']?([A-Za-z0-9.]+)|[\"']?([A-Za-z0-9]+\\.[A-Za-z0-9.]+))",
        RegexOptions.CultureInvariant);
    private static readonly Regex Substituted = new(@"\$\{([^!}'][^}]*)\}", RegexOptions.CultureInvariant);

    /// <summary>The names, each with its place; what has no name is said as it is written.</summary>
    public static ImmutableArray<string> In(MappedText text, DocumentText whole)
    {
        var names = new List<string>();
        foreach (int at in Enumerable.Range(0, text.Text.Length).Where(at => UnknownText.IsMark(text.Text[at])))
        {
            TextRange span = text.SourceOf(new TextRange(at, 1));
            string written = whole.Text.Substring(span.Start, span.Length);
            string place = $" ({whole.Name}:{whole.PositionOf(span.Start).Line})";
            string[] found = [.. Of(written).Distinct()];
            names.AddRange(found.Length > 0 ? found.Select(name => name + place) : [Excerpt.Of(Regex.Replace(written, "\\s+", " ")) + place]);
        }

        return names.GroupBy(name => name.Split(' ')[0], StringComparer.Ordinal).Select(same => same.First()).ToImmutableArray();
    }

    private static IEnumerable<string> Of(string written)
    {
        foreach (Match match in Reference.Matches(written))
        {
            yield return match.Groups[1].Value;
        }

        foreach (Match match in Attribute.Matches(written))
        {
            yield return match.Groups[5].Success ? match.Groups[5].Value : match.Groups[3].Success ? $"{match.Groups[3].Value}.{match.Groups[4].Value}"
                : $"{match.Groups[1].Value}.{match.Groups[2].Value}";
        }

        foreach (Match match in written.Contains("Fn::Sub") || written.Contains("!Sub") || !written.StartsWith("{", StringComparison.Ordinal)
            ? Substituted.Matches(written).Cast<Match>() : [])
        {
            yield return match.Groups[1].Value;
        }
    }
}
