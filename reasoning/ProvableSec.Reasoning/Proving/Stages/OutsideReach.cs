using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Proving.Stages;

/// <summary>
/// Whether outsiders reach what a policy grants, statement by statement: a statement that names no outsider, or asks for a key that no outsider has, keeps all
/// of them out; one that does not is tried with a plain request.
/// </summary>
internal static class OutsideReach
{
    /// <summary>The answer to a question, or null where it takes a search.</summary>
    public static Answer? Of(Query query, StageParts parts, Budget budget)
    {
        if (query is not { Subject: { Document: { } document, LetsThrough: false }, Property: { } outsiders })
        {
            return null;
        }

        // Whom the property leaves out comes first, then the keys that no outsider has.
        HashSet<string> trusted = [.. outsiders.Statements.Where(s => s.Effect == Effect.Allow).SelectMany(s => s.Principal?.Entries.AsEnumerable() ?? [])
            .Where(e => e.Kind == PrincipalEntryKind.Aws).Select(e => e.Value)];
        Statement[] denied = [.. outsiders.Statements.Where(s => s is { Effect: Effect.Deny, Principal: null, Conditions.Length: 1 })];
        PlainSource[] open = [.. document.Statements.Where(s => s.Effect == Effect.Allow && !NamesNoOutsider(s, trusted, query.Zone)
            && !denied.Any(deny => Excludes(deny.Conditions[0], s, budget))).Select(PlainSource.Of)];
        return open.Length == 0 ? Answers.Proved(query, budget, [], parts.Assumptions) : parts.Shown(open, Outsider(trusted));
    }

    /// <summary>Whether all whom a statement names are trusted, or services, where these are no outsiders.</summary>
    private static bool NamesNoOutsider(Statement statement, HashSet<string> trusted, TrustZone zone) => statement.Principal is { IsNot: false } named
        && named.Entries.All(e => e.Kind switch
        {
            PrincipalEntryKind.Aws => (CallerPrincipal.IsTwelveDigits(e.Value) ? e.Value : ArnFields.AccountOf(e.Value)) is { } account
                && trusted.Contains(account) && CallerPrincipal.TryParse(e.Value, null, out _) is not null,
            PrincipalEntryKind.Service => !zone.ConfusedDeputy,
            _ => false,
        });

    /// <summary>Whether some line of a statement asks for values all of which a line takes.</summary>
    private static bool Excludes(Condition taken, Statement statement, Budget budget)
    {
        for (int i = 0; i < statement.Conditions.Length; i++)
        {
            Condition line = statement.Conditions[i];
            if (line.FoldedKey == taken.FoldedKey && line.Operator.Set == taken.Operator.Set && !line.Operator.IfExists && !line.Operator.IsNegated
                && line.Operator.Comparison is not (ConditionComparison.Null or ConditionComparison.Unknown) && !line.Values.IsEmpty
                && StatementSets.Of(statement).Condition(i) is { WithVariables.Count: 0 } asked && IsIn(asked.Plain, ConditionSet.Of(taken).Plain, budget))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIn(ValueSet asked, ValueSet taken, Budget budget) => asked.Equals(taken)
        || (asked is TextSet { Sensitivity: Reading.None } narrow && taken is TextSet { Sensitivity: Reading.None } wide
            && SetPairs.IsIn(narrow.Patterns(Reading.None), wide.Patterns(Reading.None), budget));

    /// <summary>A user of an account that is not trusted.</summary>
    private static CallerPrincipal? Outsider(HashSet<string> trusted) =>
        ((string[])[QuestionCallers.SomeAccount, QuestionCallers.OtherAccount, QuestionCallers.ThirdAccount]).Where(account => !trusted.Contains(account))
            .Select(account => CallerPrincipal.TryParse($"arn:aws:iam::{account}:user/someone", PrincipalKind.User, out _)).FirstOrDefault();
}
