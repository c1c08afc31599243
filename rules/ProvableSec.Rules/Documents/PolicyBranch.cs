using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>What a policy of a template is under some of its conditions and for some values of its parameters.</summary>
/// <param name="Conditions">These, for people, each as <c>IsProduction</c>, <c>not IsProduction</c> or <c>Stage is "prod"</c>.</param>
/// <param name="Text">The policy; null where there is none.</param>
internal sealed record PolicyBranch(IReadOnlyList<string> Conditions, MappedText? Text)
{
    /// <summary>True where a value is only one of those that a parameter may have, so that findings are about access only.</summary>
    public bool IsGuess { get; init; }

    /// <summary>What blocks public access.</summary>
    public PublicAccessBlock Block { get; init; }

    /// <summary>The findings of all branches; what is found in some of them only says in which.</summary>
    public static IReadOnlyList<PolicyFinding> Together(IReadOnlyList<(PolicyBranch Branch, List<PolicyFinding> Findings)> branches)
    {
        var together = new List<PolicyFinding>();
        var told = new HashSet<(string, int, int, string)>();
        // The same place and words are the same finding, whatever request shows it; where every branch has one there, the words are about the branch.
        var everywhere = new HashSet<(string, int, int)>(branches.SelectMany(branch => branch.Findings).Select(Place).Distinct()
            .Where(place => branches.All(branch => branch.Findings.Count(finding => Place(finding).Equals(place)) == 1)));
        foreach (PolicyFinding finding in branches.SelectMany(branch => branch.Findings))
        {
            if (told.Add(Of(finding)))
            {
                // What the branches with the finding have in common is what it depends on.
                string[] common = [.. branches.Where(branch => branch.Findings.Any(other => Of(other).Equals(Of(finding))))
                    .Select(branch => branch.Branch.Conditions).Aggregate((one, other) => [.. one.Intersect(other)])];
                together.Add(common.Length == 0 ? finding : finding with { Message = $"{finding.Message} (where {string.Join(" and ", common)})" });
            }
        }

        return together;

        (string Rule, int Start, int Length, string Message) Of(PolicyFinding finding) =>
            (finding.Rule.Id, finding.Span.Start, finding.Span.Length, everywhere.Contains(Place(finding)) ? "" : finding.Message);
    }

    private static (string Rule, int Start, int Length) Place(PolicyFinding finding) => (finding.Rule.Id, finding.Span.Start, finding.Span.Length);
}
