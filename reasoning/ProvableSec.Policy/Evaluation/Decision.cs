using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Evaluation;

/// <summary>Why a request was decided as it was.</summary>
public enum DecisionReason
{
    /// <summary>All layers allow.</summary>
    Allowed,

    /// <summary>A Deny statement matches.</summary>
    ExplicitDeny,

    /// <summary>Some layer does not allow, or AWS refuses the call whatever policies allow.</summary>
    ImplicitDeny,
}

/// <summary>A statement that decided, and where it stands.</summary>
/// <param name="Slot">The policy's place in the stack.</param>
/// <param name="Statement">The statement.</param>
public readonly record struct DecidingStatement(PolicySlot Slot, Statement Statement);

/// <summary>What AWS would decide.</summary>
/// <param name="Reason">Allowed, or denied how.</param>
/// <param name="By">The deciding statements in the order of the stack: every matching Deny, else every matching Allow of the layers that count.</param>
/// <param name="BlockedBy">Every layer that did not allow; none where AWS itself refuses what policies allow, as a warning then says.</param>
/// <param name="Missing">
/// What the case lacks though it decides: <c>resourcePolicy</c> where a policy of the resource must allow and nobody said whether there is one, which was taken
/// as
/// none; keys that AWS always sends and that were read on the way.
/// </param>
/// <param name="Warnings">Contradictions between listed and derived keys, and the like.</param>
/// <param name="ReadingsUsed">The disputed points that were met on the way, whatever reading was taken.</param>
public sealed record Decision(
    DecisionReason Reason,
    ImmutableArray<DecidingStatement> By,
    ImmutableArray<PolicyLayer> BlockedBy,
    ImmutableArray<string> Missing,
    ImmutableArray<string> Warnings,
    Reading ReadingsUsed)
{
    /// <summary>True when the request goes through.</summary>
    public bool IsAllowed => Reason == DecisionReason.Allowed;
}
