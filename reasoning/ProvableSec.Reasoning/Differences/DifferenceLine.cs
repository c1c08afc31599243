using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Differences;

/// <summary>What becomes of the requests of a line.</summary>
internal enum DifferenceKind
{
    /// <summary>The policy grants them.</summary>
    Granted,

    /// <summary>The policy, which only limits, or a Deny of it, does not stop them; other policies have to grant them.</summary>
    LetThrough,
}

/// <summary>
/// Requests on one side of a change and not on the other: those that <see cref="Grant"/> matches, and no statement of <see cref="Except"/> or
/// <see cref="Already"/> does.
/// </summary>
/// <param name="Kind">What becomes of them.</param>
/// <param name="Grant">Principals, actions, resources and conditions in the policies' own words.</param>
/// <param name="Except">What the same side denies or leaves out of it, as Deny statements.</param>
/// <param name="Already">What the other side allows of it too, as Deny statements.</param>
/// <param name="Witness">A request of the line that is on one side and not on the other, confirmed by the concrete evaluator; null when none was found.</param>
/// <param name="Undecided">Why it is not proved that the line has such a request; null when it is.</param>
/// <param name="IsWhole">True when every request of the line is proved to be on one side and not on the other; false where only some may be.</param>
internal sealed record DifferenceLine(
    DifferenceKind Kind,
    Statement Grant,
    ImmutableArray<Statement> Except,
    ImmutableArray<Statement> Already,
    Witness? Witness,
    string? Undecided,
    bool IsWhole)
{
    /// <summary>The requests of the line as a policy that allows them.</summary>
    public PolicyDocument Description => Access.AccessDocument.Naming([Grant, .. Except, .. Already]);
}
