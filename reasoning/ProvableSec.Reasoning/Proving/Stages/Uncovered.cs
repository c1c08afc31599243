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
        foreach (Statement allow in document.Statements)
        {
            if (!letsThrough && allow.Effect == Effect.Allow && !shared.Contains(allow) && IsUncovered(allow, other, budget) is { } source)
            {
                found.Add(source);
            }
        }

        foreach (Statement deny in other.Statements)
        {
            if (deny.Effect == Effect.Deny && !shared.Contains(deny)
                && !document.Statements.Any(own => own.Effect == Effect.Deny && StatementPairs.Covers(own, deny, budget))
                && (letsThrough || !document.Statements.All(own => own.Effect == Effect.Deny || StatementPairs.AreApart(own, deny, budget))))
            {
                found.Add(PlainSource.Of(deny));
            }
        }

        return found;
    }

    private static PlainSource? IsUncovered(Statement allow, PolicyDocument other, Budget budget)
    {
        List<Statement> wider = [.. other.Statements.Where(s => s.Effect == Effect.Allow && StatementPairs.CoversButActions(s, allow, budget))];
        if (allow.Action.IsNot)
        {
            return wider.Exists(s => StatementPairs.Covers(s, allow, budget)) ? null : PlainSource.Of(allow);
        }

        PatternSet named = StatementPairs.ActionsOf(allow);
        HashSet<string> literals = [.. named.Literals.Where(literal => !wider.Exists(s => StatementPairs.SpeaksOf(s, literal, budget)))];
        bool wild = named.Wild.Any(pattern => !wider.Exists(s => StatementPairs.SpeaksOf(s, pattern, budget)));
        return literals.Count == 0 && !wild ? null
            : new PlainSource(allow,
                allow.Action.Patterns.Where(p => p.Text.IndexOfAny(['*', '?']) >= 0 ? wild : literals.Contains(p.Text.ToLowerInvariant())));
    }
}
