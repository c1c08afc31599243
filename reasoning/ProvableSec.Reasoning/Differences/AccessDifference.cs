using System.Collections.Immutable;

namespace ProvableSec.Reasoning.Differences;

/// <summary>What a change lets anybody do that they could not do before, and the other way around. Immutable.</summary>
/// <param name="Added">Requests that are allowed now; together with <see cref="Undecided"/> being null these lines are all of them.</param>
/// <param name="Removed">Requests that were allowed before.</param>
/// <param name="Undecided">Why it is not proved that nothing else is added or removed; null when it is.</param>
/// <param name="Assumptions">Names of the assumptions about the world that the proofs need.</param>
internal sealed record AccessDifference(ImmutableArray<DifferenceLine> Added, ImmutableArray<DifferenceLine> Removed, string? Undecided,
    ImmutableArray<string> Assumptions)
{
    /// <summary>True when it is proved that exactly the same requests are allowed.</summary>
    public bool IsNone => Added.IsEmpty && Removed.IsEmpty && Undecided is null;
}
