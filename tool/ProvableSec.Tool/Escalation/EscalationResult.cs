using ProvableSec.Rules.Escalation;

namespace ProvableSec.Tool.Escalation;

/// <summary>What a run of <c>ask escalation</c> found.</summary>
/// <param name="Graph">Who can act as whom.</param>
internal sealed record EscalationResult(EscalationGraph Graph)
{
    /// <summary>A shortest path for each user and role that can become an administrator.</summary>
    public IReadOnlyList<IReadOnlyList<EscalationStep>> Chains { get; } = Graph.Chains();

    /// <summary>Those of whom nothing is concluded, by the reason.</summary>
    public IEnumerable<(string Who, string Reason)> Undecided => Graph.Undecided.GroupBy(one => one.Reason).Select(alike => (NamesOf([.. alike]), alike.Key));

    /// <summary>The answer in one line.</summary>
    public string Summary =>
        $"{Chains.Count} of {Graph.Principals.Count} users and roles can become administrators; {Graph.Administrators.Count} already "
            + $"{(Graph.Administrators.Count == 1 ? "is one" : "are")}{(Graph.Undecided.Count > 0 ? $"; {Graph.Undecided.Count} undecided" : "")}.";

    private static string NamesOf((string Principal, string Reason)[] alike) => alike[0].Principal + (alike.Length > 1 ? $", and {alike.Length - 1} more" : "");
}
