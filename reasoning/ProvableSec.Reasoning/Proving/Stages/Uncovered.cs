using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Proving.Stages;

/// <summary>
/// What one document may allow and another one not, statement by statement. Where there is nothing, whatever the one allows the other allows as well: each of
/// its Allow statements lies in Allow statements of the other, and each Deny of the other in a Deny of its own, or away from all that it allows.
/// </summary>
internal static class Uncovered
{
    /// <summary>From so many statements on, those that are alike are compared first: among fewer every one is compared as quickly.</summary>
    private const int Many = 8;

    /// <summary>The statements that are not seen to be covered, with the actions for which they are not.</summary>
    /// <param name="document">The one document.</param>
    /// <param name="other">The other.</param>
    /// <param name="letsThrough">Whether both are meant by what they do not deny.</param>
    /// <param name="budget">Pays for the comparisons.</param>
    public static List<PlainSource> In(PolicyDocument document, PolicyDocument other, bool letsThrough, Budget budget)
    {
        var found = new List<PlainSource>();

        // Whoever asks about each statement of a long policy has all but one on both sides.
        HashSet<Statement> shared = [.. document.Statements];
        shared.IntersectWith(other.Statements);
        ILookup<int, Statement>? ownAlike = Alike(document), otherAlike = Alike(other);
        foreach (Statement allow in document.Statements)
        {
            if (!letsThrough && allow.Effect == Effect.Allow && !shared.Contains(allow) && IsUncovered(allow, other, otherAlike, budget) is { } source)
            {
                found.Add(source);
            }
        }

        foreach (Statement deny in other.Statements)
        {
            if (deny.Effect == Effect.Deny && !shared.Contains(deny)
                && !Like(deny, ownAlike).Concat(document.Statements).Any(own => own.Effect == Effect.Deny && StatementPairs.Covers(own, deny, budget))
                && (letsThrough || !document.Statements.All(own => own.Effect == Effect.Deny || StatementPairs.AreApart(own, deny, budget))))
            {
                // What it denies is of no account where a Deny of the document does.
                List<Statement> same = [.. document.Statements.Where(s => s.Effect == Effect.Deny && StatementPairs.CoversButActions(s, deny, budget))];
                found.Add(PlainSource.Of(deny) with { IsTried = action => !same.Exists(s => StatementPairs.SpeaksOf(s, action, budget)) });
            }
        }

        return found;
    }

    /// <summary>The statements by what they say beside their actions: versions of a long policy are mostly alike, and nearly every statement finds its own
    /// here.</summary>
    private static ILookup<int, Statement>? Alike(PolicyDocument document) => document.Statements.Length < Many ? null
        : document.Statements.ToLookup(StatementPairs.KeyOf);

    private static IEnumerable<Statement> Like(Statement statement, ILookup<int, Statement>? alike) => alike is null ? []
        : alike[StatementPairs.KeyOf(statement)];

    private static PlainSource? IsUncovered(Statement allow, PolicyDocument other, ILookup<int, Statement>? alike, Budget budget) =>
        alike is not null && IsUncovered(allow, Like(allow, alike), budget) is null ? null : IsUncovered(allow, other.Statements, budget);

    private static PlainSource? IsUncovered(Statement allow, IEnumerable<Statement> others, Budget budget)
    {
        List<Statement> wider = [.. others.Where(s => s.Effect == Effect.Allow && StatementPairs.CoversButActions(s, allow, budget))];
        if (allow.Action.IsNot)
        {
            return wider.Exists(s => StatementPairs.Covers(s, allow, budget)) ? null : PlainSource.Of(allow);
        }

        PatternSet named = StatementPairs.ActionsOf(allow);
        HashSet<string> literals = [.. named.Literals.Where(literal => !wider.Exists(s => StatementPairs.SpeaksOf(s, literal, budget)))];
        bool wild = named.Wild.Any(pattern => !wider.Exists(s => StatementPairs.SpeaksOf(s, pattern, budget)));
        return literals.Count == 0 && !wild ? null
            : new PlainSource(allow,
                allow.Action.Patterns.Where(p => p.Text.IndexOfAny(['*', '?']) >= 0 ? wild : literals.Contains(p.Text.ToLowerInvariant())))
            {
                IsTried = action => !wider.Exists(s => StatementPairs.SpeaksOf(s, action, budget)),
            };
    }
}
