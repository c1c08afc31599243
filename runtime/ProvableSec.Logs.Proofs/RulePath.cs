using System.Collections.Immutable;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Proofs;

/// <summary>The records that one rule decides on: those that meet it and none before it.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="Action">What is done with them.</param>
/// <param name="OneIn">Of how many a sample keeps one.</param>
/// <param name="Formulas">All of them are true of these records and of no others.</param>
internal sealed record RulePath(string Id, RuleAction Action, int OneIn, ImmutableArray<RecordFormula> Formulas)
{
    /// <summary>The condition that these records meet; null for what meets no rule.</summary>
    private string? Met { get; init; }

    /// <summary>The conditions that they do not meet.</summary>
    private ImmutableHashSet<string> NotMet { get; init; } = [];

    /// <summary>One for each rule, and one for the records that meet none.</summary>
    public static IEnumerable<RulePath> Of(LogRules rules)
    {
        ImmutableArray<RecordFormula> before = [];
        ImmutableHashSet<string> notMet = [];
        foreach (LogRule rule in rules.Rules)
        {
            string met = ConditionIdentity.Of(rule.When);
            yield return new RulePath(rule.Id, rule.Then, rule.OneIn, [RecordFormula.Of(rule.When), .. before]) { Met = met, NotMet = notMet };
            before = before.Add(RecordFormula.Of(rule.When, isTrue: false));
            notMet = notMet.Add(met);
        }

        yield return new RulePath(LogRules.OtherwiseId, rules.Otherwise, 1, before) { NotMet = notMet };
    }

    /// <summary>Whether the one meets the very condition that the other does not, so that no record is of both. In files that are nearly the same most are
    /// such.</summary>
    public bool Excludes(RulePath other) =>
        (Met is not null && (other.NotMet.Contains(Met) || NotMet.Contains(Met)))
            || (other.Met is not null && (NotMet.Contains(other.Met) || other.NotMet.Contains(other.Met)));
}
