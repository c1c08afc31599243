using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>What a policy of a template is under some of its conditions.</summary>
/// <param name="Conditions">The conditions, for people, each as <c>IsProduction</c> or <c>not IsProduction</c>.</param>
/// <param name="Text">The policy.</param>
internal sealed record PolicyBranch(IReadOnlyList<string> Conditions, MappedText Text)
{
    /// <summary>The findings of all branches; what is found in some of them only says in which.</summary>
    public static IReadOnlyList<PolicyFinding> Together(IReadOnlyList<(IReadOnlyList<string> Conditions, List<PolicyFinding> Findings)> branches)
    {
        var together = new List<PolicyFinding>();
        var told = new HashSet<(string, int, int, string)>();
        foreach (PolicyFinding finding in branches.SelectMany(branch => branch.Findings).Where(finding => told.Add(Of(finding))))
        {
            // What the branches with the finding have in common is what it depends on.
            string[] common = branches.Where(branch => branch.Findings.Any(other => Of(other).Equals(Of(finding)))).Select(branch => branch.Conditions).Aggregate((one, other) => [.. one.Intersect(other)]).ToArray();
            together.Add(common.Length == 0 ? finding : finding with { Message = $"{finding.Message} (where {string.Join(" and ", common)})" });
        }

        return together;
    }

    // The same place and words are the same finding, whatever request shows it.
    private static (string Rule, int Start, int Length, string Message) Of(PolicyFinding finding) => (finding.Rule.Id, finding.Span.Start, finding.Span.Length, finding.Message);
}
