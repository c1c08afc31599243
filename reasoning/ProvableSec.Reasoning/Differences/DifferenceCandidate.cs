using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Access;

namespace ProvableSec.Reasoning.Differences;

/// <summary>Requests that may be on one side of a change and not on the other; the prover decides.</summary>
/// <param name="Cell">What the side grants.</param>
/// <param name="Denies">What the side denies, as Deny statements.</param>
/// <param name="Others">What the other side grants, which is left out.</param>
internal sealed record DifferenceCandidate(DifferenceCell Cell, IReadOnlyList<Statement> Denies, IReadOnlyList<Statement> Others)
{
    private const int MostParts = 4;

    // Of the cell that it was made of: one with another cell is made anew.
    private Parts? said;

    /// <summary>What becomes of the requests.</summary>
    public DifferenceKind Kind { get; init; }

    /// <summary>The Deny statements that may concern it, and its limits.</summary>
    public ImmutableArray<Statement> Except => Said.Except;

    /// <summary>What of the other side may concern it.</summary>
    public ImmutableArray<Statement> Already => Said.Already;

    /// <summary>Its requests as a policy that allows them.</summary>
    public PolicyDocument Description => Said.Description;

    private Parts Said => said is { } made && ReferenceEquals(made.Of, Cell) ? made : said = Say();

    private Parts Say()
    {
        ImmutableArray<Statement> except = Denies.Where(IsLeftOut).Concat(Cell.Access.Limits).ToImmutableArray(),
            already = Others.Where(IsLeftOut).ToImmutableArray();
        return new Parts(Cell, except, already, AccessDocument.Naming([Cell.Grant, .. except.Select(d => AccessDocument.Denying(d)), .. already]));
    }

    /// <summary>Whether a statement may speak of the candidate; one whose only condition the candidate excludes does not.</summary>
    private bool IsLeftOut(Statement statement) =>
        Cell.MayBeSpokenOf(statement) && !statement.Conditions.Any(c => ConditionComplement.Of(c) is { } not && Cell.Access.HasCondition(not));

    /// <summary>The same with other actions.</summary>
    public DifferenceCandidate WithActions(IEnumerable<PolicyPattern> actions) =>
        this with { Cell = Cell with { Access = Cell.Access with { Actions = actions.ToImmutableArray() } } };

    /// <summary>The same with other resources.</summary>
    public DifferenceCandidate WithResources(IEnumerable<PolicyPattern> resources) =>
        this with { Cell = Cell with { Access = Cell.Access with { Resources = resources.ToImmutableArray() } } };

    /// <summary>What a side grants and the other does not, as far as statements tell.</summary>
    public static IEnumerable<DifferenceCandidate> Of(DifferenceSide side, DifferenceSide other)
    {
        IReadOnlyList<DifferenceCell> others = other.Cells ?? [];
        List<Statement> lifted = Lifted(side, other);
        var limits = others.SelectMany(o => o.Access.Limits).GroupBy(TextOf, StringComparer.Ordinal).Select(same => same.First()).ToList();
        foreach (DifferenceCell cell in side.Cells ?? [])
        {
            // What the other side grants too is left out, and then what it takes away from that.
            foreach (DifferenceCandidate candidate in new DifferenceCandidate(cell, side.Denies, [.. others.Select(o => o.AsDeny)]).Split())
            {
                yield return candidate;
            }

            foreach (DifferenceCandidate candidate in lifted.Select(cell.Within).OfType<DifferenceCell>()
                .SelectMany(part => new DifferenceCandidate(part, side.Denies, []).Split()))
            {
                yield return candidate;
            }

            foreach (Statement limit in limits)
            {
                if (cell.Within(limit) is { } part && !cell.Access.Limits.Any(l => TextOf(l) == TextOf(limit)))
                {
                    yield return new DifferenceCandidate(part, side.Denies,
                        [.. others.Where(o => !o.Access.Limits.Any(l => TextOf(l) == TextOf(limit))).Select(o => o.AsDeny)]);
                }
            }
        }
    }

    /// <summary>What a side denies no more, whoever grants it.</summary>
    public static IEnumerable<DifferenceCandidate> LetThrough(DifferenceSide side, DifferenceSide other) => Lifted(side, other)
        .Select(DifferenceCell.Everything.Within).OfType<DifferenceCell>()
        .SelectMany(part => new DifferenceCandidate(part, side.Denies, []) { Kind = DifferenceKind.LetThrough }.Split());

    private static List<Statement> Lifted(DifferenceSide side, DifferenceSide other)
    {
        var denied = new HashSet<string>(side.Denies.Select(TextOf), StringComparer.Ordinal);
        return [.. other.Denies.Where(d => !denied.Contains(TextOf(d)))];
    }

    /// <summary>The candidate with what is to be left out of it said as what is left, where that is shorter.</summary>
    private IEnumerable<DifferenceCandidate> Split()
    {
        List<DifferenceCell> parts = [Cell];
        foreach (Statement without in Others.Concat(Denies))
        {
            List<DifferenceCell> next = [];
            foreach (DifferenceCell part in parts)
            {
                if (part.MayBeSpokenOf(without) && part.Without(without) is { } left)
                {
                    next.AddRange(left);
                }
                else
                {
                    next.Add(part);
                }
            }

            if (next.Count > MostParts)
            {
                break;
            }

            parts = next;
        }

        return parts.Select(part => this with { Cell = part });
    }

    /// <summary>The same with other principals.</summary>
    public DifferenceCandidate WithPrincipals(IEnumerable<PrincipalEntry> entries) => this with { Cell = Cell.WithPrincipals(entries) };

    /// <summary>What a side grants, whatever the other does.</summary>
    public static IEnumerable<DifferenceCandidate> All(DifferenceSide side) =>
        (side.Cells ?? []).Select(cell => new DifferenceCandidate(cell, side.Denies, []));

    private static string TextOf(Statement statement) => PolicyWriter.Write(AccessDocument.Naming([statement]));

    private sealed record Parts(DifferenceCell Of, ImmutableArray<Statement> Except, ImmutableArray<Statement> Already, PolicyDocument Description);
}
