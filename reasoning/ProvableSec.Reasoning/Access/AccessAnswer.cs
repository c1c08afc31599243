using System.Collections.Immutable;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Access;

/// <summary>Who can, or what somebody can: the lines together are all that is allowed, but for whom it is undecided.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Undecided">Where that is not proved, and why.</param>
/// <param name="Asked">How many principals were asked about.</param>
/// <param name="Stacks">How many different sets of policies they have.</param>
/// <param name="Outside">The questions whose <c>holds</c> proves that nothing outside the lines is allowed.</param>
/// <param name="Assumptions">Names of the assumptions about the world that the proofs need.</param>
public sealed record AccessAnswer(
    ImmutableArray<AccessLine> Lines,
    ImmutableArray<UndecidedAccess> Undecided,
    int Asked,
    int Stacks,
    ImmutableArray<Query> Outside,
    ImmutableArray<string> Assumptions)
{
    /// <summary>Who would be allowed by their own policies, and is stopped; only of questions about some actions.</summary>
    internal ImmutableArray<StoppedAccess> Stopped { get; init; } = ImmutableArray<StoppedAccess>.Empty;
}
