using System.Text.RegularExpressions;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>What a policy of a template is under some of its conditions and for some values of its parameters.</summary>
/// <param name="Conditions">These, for people, each as <c>IsProduction</c>, <c>not IsProduction</c> or <c>Stage is "prod"</c>.</param>
/// <param name="Text">The policy; null where there is none.</param>
internal sealed record PolicyBranch(IReadOnlyList<string> Conditions, MappedText? Text)
{
    private const int MostValues = 3;

    private static readonly Regex Quoted = new("\"[^\"]*\"", RegexOptions.CultureInvariant);

    /// <summary>True where a value is only one of those that a parameter may have, so that findings are about access only.</summary>
    public bool IsGuess { get; init; }

    /// <summary>What blocks public access.</summary>
    public PublicAccessBlock Block { get; init; }

    /// <summary>The findings of all branches; what is found in some of them only says in which.</summary>
    public static IReadOnlyList<PolicyFinding> Together(IReadOnlyList<(PolicyBranch Branch, List<PolicyFinding> Findings)> branches)
    {
        var together = new List<PolicyFinding>();
        var unquoted = new Dictionary<string, string>(StringComparer.Ordinal);
        var told = new HashSet<(string, int, int, string)>();
        // The same place and words are the same finding, whatever request shows it; where every branch has one there, the words are about the branch.
        var everywhere = new HashSet<(string, int, int)>(branches.SelectMany(branch => branch.Findings).Select(Place).Distinct()
            .Where(place => branches.All(branch => branch.Findings.Count(finding => Place(finding).Equals(place)) == 1)));
        // So are words that differ only in the values that they quote, where no branch has two of them.
        var single = new HashSet<(string, int, int, string)>(branches.SelectMany(branch => branch.Findings).Select(Alike).Distinct()
            .Where(alike => branches.All(branch => branch.Findings.Count(finding => Alike(finding).Equals(alike)) <= 1)));
        foreach (PolicyFinding finding in branches.SelectMany(branch => branch.Findings))
        {
            if (told.Add(Of(finding)))
            {
                // What the branches with the finding have in common is what it depends on.
                (PolicyBranch Branch, List<PolicyFinding> Findings)[] holding =
                    [.. branches.Where(branch => branch.Findings.Any(other => Of(other).Equals(Of(finding))))];
                string[] common = [.. holding.Select(branch => branch.Branch.Conditions).Aggregate((one, other) => [.. one.Intersect(other)])];
                IEnumerable<PolicyFinding> alike = holding.SelectMany(branch => branch.Findings)
                    .Where(other => Of(other).Equals(Of(finding)) && Alike(other).Equals(Alike(finding)));
                string words = WithValues([.. alike.Select(other => other.Message).Distinct(StringComparer.Ordinal)]);
                together.Add(finding with { Message = common.Length == 0 ? words : $"{words} (where {string.Join(" and ", common)})" });
            }
        }

        return together;

        (string Rule, int Start, int Length, string Message) Of(PolicyFinding finding) => (finding.Rule.Id, finding.Span.Start, finding.Span.Length,
            everywhere.Contains(Place(finding)) ? "" : single.Contains(Alike(finding)) ? Alike(finding).Words : finding.Message);

        (string Rule, int Start, int Length, string Words) Alike(PolicyFinding finding)
        {
            if (!unquoted.TryGetValue(finding.Message, out string? words))
            {
                unquoted.Add(finding.Message, words = Quoted.Replace(finding.Message, "\"\""));
            }

            return (finding.Rule.Id, finding.Span.Start, finding.Span.Length, words);
        }
    }

    /// <summary>The first message with every value that another one has in the place of its own: <c>"dev" or "prod"</c>.</summary>
    private static string WithValues(string[] messages)
    {
        string[][] values = [.. messages.Select(message => Quoted.Matches(message).Cast<Match>().Select(match => match.Value).ToArray())];
        int at = 0;
        return messages.Length == 1 ? messages[0] : Quoted.Replace(messages[0], _ =>
        {
            string[] others = [.. values.Select(of => of[at]).Distinct(StringComparer.Ordinal)];
            at++;
            return others.Length <= MostValues ? string.Join(" or ", others)
                : $"{string.Join(", ", others.Take(MostValues))} or {others.Length - MostValues} more";
        });
    }

    private static (string Rule, int Start, int Length) Place(PolicyFinding finding) => (finding.Rule.Id, finding.Span.Start, finding.Span.Length);
}
