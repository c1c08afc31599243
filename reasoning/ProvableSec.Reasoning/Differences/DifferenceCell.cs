using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Access;

namespace ProvableSec.Reasoning.Differences;

/// <summary>Requests that statements allow together, for principals that some of them name.</summary>
/// <param name="Access">Actions, resources and conditions.</param>
/// <param name="Principal">Whom they name; null for everybody.</param>
internal sealed record DifferenceCell(AccessCell Access, PrincipalClause? Principal)
{
    /// <summary>Every request.</summary>
    public static DifferenceCell Everything { get; } = new(AccessCell.Everything, null);

    /// <summary>What an Allow statement grants; null when it never matches.</summary>
    public static DifferenceCell? Of(Statement allow) => AccessCell.Everything.With(allow) is { } cell ? new DifferenceCell(cell, Plain(allow.Principal))
        : null;

    /// <summary>The requests as an Allow statement, without its limits.</summary>
    public Statement Grant => AccessDocument.Named(Access.Grant, Principal);

    /// <summary>The requests as a Deny statement, without its limits.</summary>
    public Statement AsDeny => AccessDocument.Named(AccessDocument.As(Effect.Deny, Access.Grant), Principal);

    /// <summary>The part of it that a statement may speak of; null for none. Where principals cannot be put together it is larger, which the prover
    /// sees.</summary>
    public DifferenceCell? Within(Statement statement)
    {
        if (Access.With(statement) is not { } narrowed)
        {
            return null;
        }

        PrincipalClause? theirs = Plain(statement.Principal);
        if (theirs is null || Principal is not { IsNot: false } mine || theirs.IsNot)
        {
            return this with { Access = narrowed, Principal = Principal ?? theirs };
        }

        ImmutableArray<PrincipalEntry> both = mine.Entries.SelectMany(m => theirs.Entries.Select(t => Meet(m, t))).OfType<PrincipalEntry>().Distinct()
            .ToImmutableArray();
        return both.IsEmpty ? null : this with { Access = narrowed, Principal = mine with { Entries = both } };
    }

    /// <summary>Whether a Deny statement may speak of some request of the cell.</summary>
    public bool MayBeSpokenOf(Statement deny) => Access.MayBeDenied(deny) && MayName(deny.Principal);

    /// <summary>Whether every request of this cell plainly is one of another.</summary>
    public bool LiesIn(DifferenceCell other) => Access.LiesIn(other.Access)
        && (other.Principal is null || (Principal is not null && IsCovered(Principal, other.Principal)));

    /// <summary>
    /// The parts of the cell that a statement does not speak of, where these can be written without leaving something out again: by its only condition, and
    /// where
    /// it speaks of all but some actions by these. Null where they cannot.
    /// </summary>
    public IReadOnlyList<DifferenceCell>? Without(Statement statement)
    {
        var everywhere = new DifferenceCell(Access with { Limits = ImmutableArray<Statement>.Empty }, Principal);
        if (Of(AccessDocument.Named(AccessDocument.As(Effect.Allow, statement) is var allow && statement.Action.IsNot ? AccessDocument.EveryAction(allow)
            : allow, statement.Principal)) is not { } spoken
            || !everywhere.LiesIn(spoken with { Access = spoken.Access with { Conditions = ImmutableArray<Condition>.Empty } }))
        {
            return null;
        }

        var parts = new List<DifferenceCell>();
        if (statement.Action.IsNot && Access.With(AccessDocument.OnlyActions(statement)) is { } others)
        {
            parts.Add(this with { Access = others });
        }

        Condition[] more = [.. statement.Conditions.Where(c => !Access.HasCondition(c))];
        switch (more)
        {
            case []:
                return parts;
            case [var only] when ConditionComplement.Of(only) is { } not:
                if (ConditionComplement.Simplified(Access.Conditions.Add(not)) is { } conditions)
                {
                    parts.Add(this with { Access = Access with { Conditions = conditions } });
                }

                return parts;
            default:
                return null;
        }
    }

    /// <summary>The same for each of its principals; for the principals of a clause only.</summary>
    public DifferenceCell WithPrincipals(IEnumerable<PrincipalEntry> entries) =>
        this with { Principal = Principal! with { Entries = entries.ToImmutableArray() } };

    /// <summary>A text that is equal for cells of the same principals.</summary>
    public string PrincipalKey => Principal is null ? "" : TextOf(Principal);

    private static bool IsCovered(PrincipalClause one, PrincipalClause by) =>
        TextOf(one) == TextOf(by) || (!one.IsNot && !by.IsNot && one.Entries.All(e => by.Entries.Any(b => b == e || b.Kind == PrincipalEntryKind.Everyone)));

    private bool MayName(PrincipalClause? clause) =>
        clause is null || clause.IsNot || Principal is not { IsNot: false } mine || mine.Entries.Any(m => clause.Entries.Any(t => Meet(m, t) is not null));

    private static PrincipalEntry? Meet(PrincipalEntry one, PrincipalEntry other) => one == other || Covers(other, one) ? one : Covers(one, other) ? other
        : MayShare(one, other) ? one : null;

    private static bool Covers(PrincipalEntry one, PrincipalEntry other) => one.Kind == PrincipalEntryKind.Everyone
        || (one.Kind == PrincipalEntryKind.Aws && other.Kind == PrincipalEntryKind.Aws
            && (one.Value == "*" || (PrincipalNames.AccountOf(one) is { } account && CallerPrincipal.TryParse(other.Value, null, out _)?.Account == account)));

    /// <summary>A role and a session of it, a user by its ARN and by its id.</summary>
    private static bool MayShare(PrincipalEntry one, PrincipalEntry other) => (one.Kind, other.Kind) switch
    {
        (PrincipalEntryKind.Everyone, _) or (_, PrincipalEntryKind.Everyone) => true,
        (PrincipalEntryKind.Aws or PrincipalEntryKind.CanonicalUser, PrincipalEntryKind.Aws or PrincipalEntryKind.CanonicalUser) =>
            CallerPrincipal.TryParse(one.Value, null, out _)?.Account is not { Length: > 0 } account
                || CallerPrincipal.TryParse(other.Value, null, out _)?.Account is not { Length: > 0 } theirs || account == theirs,
        var (mine, theirs) => mine == theirs && one.Value == other.Value,
    };

    /// <summary>The clause without its places in a text, so that equal ones are equal.</summary>
    private static PrincipalClause? Plain(PrincipalClause? clause) => clause is null ? null
        : new PrincipalClause(clause.IsNot, clause.Entries.Select(e => e with { Span = default }).ToImmutableArray(), default);

    private static string TextOf(PrincipalClause clause) =>
        $"{clause.IsNot} {string.Join(" ", clause.Entries.Select(e => $"{e.Kind}:{e.Value}").OrderBy(e => e, StringComparer.Ordinal))}";
}
