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
    /// <summary>One for each rule, and one for the records that meet none.</summary>
    public static IEnumerable<RulePath> Of(LogRules rules)
    {
        ImmutableArray<RecordFormula> before = [];
        foreach (LogRule rule in rules.Rules)
        {
            yield return new RulePath(rule.Id, rule.Then, rule.OneIn, [RecordFormula.Of(rule.When), .. before]);
            before = before.Add(RecordFormula.Of(rule.When, isTrue: false));
        }

        yield return new RulePath(LogRules.OtherwiseId, rules.Otherwise, 1, before);
    }
}
