using System.Collections.Immutable;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Questions;

/// <summary>A statement that an answer rests on.</summary>
/// <param name="Slot">Where its policy stands in the stack; null for a document standing alone, a baseline or a property.</param>
/// <param name="Document">Its policy.</param>
/// <param name="Statement">The statement; null when a whole layer blocks because nothing in it allows.</param>
/// <param name="Layer">The layer's name when <paramref name="Statement"/> is null.</param>
public sealed record Because(PolicySlot? Slot, PolicyDocument? Document, Statement? Statement, string? Layer = null);

/// <summary>A request that shows a verdict, confirmed by the concrete evaluator.</summary>
/// <param name="Request">The request; keys it does not list are absent.</param>
/// <param name="Readings">The disputed points whose other reading it needs; none if it stands under the default ones.</param>
/// <param name="Supposed">What it supposes of policies that the question does not give.</param>
public sealed record Witness(AccessRequest Request, Reading Readings, Supposition Supposed = Supposition.None)
{
    /// <summary>True when the caller's own policies, which the question does not give, must allow the request too.</summary>
    public bool OwnPoliciesAllow => (Supposed & (Supposition.OwnPoliciesAllowWhatIsGranted | Supposition.OwnPoliciesAllow)) != 0;

    /// <summary>The resource policy that the witness supposes, which the question does not give; null when it supposes none.</summary>
    public PolicyDocument? SupposedResourcePolicy => SupposedPolicy.Of(Supposed, Request);

    /// <summary>In words, what it supposes of the resource's policy; null when it supposes nothing.</summary>
    public string? SupposedInWords => SuppositionWords.Of(this);

    /// <summary>The request in one line, for people, with what it supposes.</summary>
    public override string ToString() => Explanations.WitnessText.InOneLine(this);

    /// <summary>
    /// A stack as the witness takes it. Where it does not give the caller's own policies and these must allow, they are taken as allowing
    /// everything, or what the resource policy grants; where it does not give the resource's policy, as <see cref="SupposedResourcePolicy"/>.
    /// </summary>
    public PolicyStack Under(PolicyStack stack)
    {
        if (stack is { ResourcePolicy: null, HasNoResourcePolicy: false } && SupposedResourcePolicy is { } supposed)
        {
            stack = stack with { ResourcePolicy = supposed };
        }

        bool own = stack.IdentityPolicies is null && ((Supposed & Supposition.OwnPoliciesAllow) != 0
            || ((Supposed & Supposition.OwnPoliciesAllowWhatIsGranted) != 0 && stack.ResourcePolicy is { } granting
                && Replay.WitnessReplay.AllowsAlone(granting, stack, this)));
        return own ? stack with { IdentityPolicies = ImmutableArray.Create(SupposedPolicies.Everything) } : stack;
    }
}

/// <summary>The answer to a <see cref="Query"/>.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Witness">The request that shows it: for <c>violated</c>, or for <c>can</c> that <c>holds</c>.</param>
/// <param name="Reason">In one sentence: why unknown, or how it was decided.</param>
/// <param name="Because">The statements that let the witness through, or that block.</param>
/// <param name="Assumptions">Names of the assumptions about the world that the proof needs.</param>
/// <param name="Steps">What it cost, in engine steps.</param>
/// <param name="Warnings">What a reader of the verdict should know.</param>
/// <param name="Explanation">In words: what lets the witness through or keeps it out, and which Deny statements do not apply and why.</param>
public sealed record Answer(
    Verdict Verdict,
    Witness? Witness,
    string Reason,
    ImmutableArray<Because> Because,
    ImmutableArray<string> Assumptions,
    long Steps,
    ImmutableArray<string> Warnings,
    string Explanation = "")
{
    /// <summary>Why it is <see cref="Verdict.Unknown"/>; null when it is not. <see cref="Reason"/> says it for people.</summary>
    public UnknownReason? UnknownBecause { get; init; }

    /// <summary>Why the claim says nothing, for one that <see cref="Verdict.Holds"/> whatever the policies say or allow; else null.</summary>
    public string? Vacuous { get; init; }

    /// <summary>What the answer was given, in words: the policies that took part and what was said about those that did not.</summary>
    public ImmutableArray<string> Given { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>In words, the facts of the service data that a proof under the assumption <c>catalogue</c> used.</summary>
    public ImmutableArray<string> Facts { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>In one sentence, what would make the answer stronger; null when nothing would.</summary>
    public string? Stronger { get; init; }
}
