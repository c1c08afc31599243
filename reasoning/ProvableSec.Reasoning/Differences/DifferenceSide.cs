using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Differences;

/// <summary>One side of a change as what its Allow statements grant together, and what its Deny statements take away.</summary>
/// <param name="Subject">The policy or policies.</param>
/// <param name="Cells">What is granted; null when there is too much to write down.</param>
/// <param name="Denies">The Deny statements.</param>
internal sealed record DifferenceSide(Subject Subject, IReadOnlyList<DifferenceCell>? Cells, IReadOnlyList<Statement> Denies)
{
    // Whose role it is plays no part in what its policies say, but for the path of a service-linked one.
    private static readonly CallerPrincipal SomeRole = CallerPrincipal.TryParse("arn:aws:iam::111122223333:role/some", null, out _)!;

    /// <summary>A policy standing alone.</summary>
    public static DifferenceSide Of(Subject subject)
    {
        PolicyDocument document = subject.Document!;
        Statement[] possible = [.. document.Statements.Select(AccessDocument.Possible).OfType<Statement>()];
        IReadOnlyList<DifferenceCell> cells = subject.LetsThrough ? [DifferenceCell.Everything]
            : Joined([.. possible.Where(s => s.Effect == Effect.Allow).Select(DifferenceCell.Of).OfType<DifferenceCell>()]);
        return new DifferenceSide(subject, cells, [.. possible.Where(s => s.Effect == Effect.Deny)]);
    }

    /// <summary>All policies of a principal.</summary>
    public static DifferenceSide Of(PolicyStack stack, CallerPrincipal? caller)
    {
        var proposal = new AccessProposal(stack, caller ?? SomeRole, ["*"], null);
        return new DifferenceSide(
            Subject.Of(stack),
            proposal.Cells() is { } cells ? Joined([.. cells.Where(c => !c.IsFree).Select(c => new DifferenceCell(c, null))]) : null,
            [.. proposal.Denies.Select(AccessDocument.Possible).OfType<Statement>()]);
    }

    /// <summary>Cells that differ in their actions only, or in their resources only, said as one.</summary>
    private static List<DifferenceCell> Joined(IReadOnlyList<DifferenceCell> cells)
    {
        List<DifferenceCell> byActions =
        [
            .. cells.GroupBy(c => c.PrincipalKey + "\n" + c.Access.KeyWithoutActions, StringComparer.Ordinal)
                .Select(same => same.Skip(1).Aggregate(same.First(), (all, one) => all with { Access = all.Access.AndActions(one.Access.Actions) })),
        ];
        return
        [
            .. byActions.GroupBy(c => c.PrincipalKey + "\n" + c.Access.KeyWithoutResources, StringComparer.Ordinal)
                .Select(same => same.Skip(1).Aggregate(same.First(), (all, one) => all with { Access = all.Access.AndResources(one.Access.Resources) })),
        ];
    }
}
