namespace ProvableSec.Rules.Pairing;

/// <summary>A policy on both sides of a change.</summary>
/// <param name="Before">As it was; null for a new one.</param>
/// <param name="After">As it becomes; null for one that goes.</param>
public sealed record PolicyPair(PlacedPolicy? Before, PlacedPolicy? After)
{
    /// <summary>True when it stands in another place than it did.</summary>
    public bool IsMoved => Before is not null && After is not null && (Before.File != After.File || Before.Place != After.Place);
}
