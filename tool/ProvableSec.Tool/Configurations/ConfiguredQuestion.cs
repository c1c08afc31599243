using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Configurations;

/// <summary>A question that a property asks.</summary>
/// <param name="Stack">The stack, or the policy of several, that it is about; null where the property has one only.</param>
/// <param name="Query">The question.</param>
internal sealed record ConfiguredQuestion(string? Stack, Query Query)
{
    /// <summary>What the stack is called without the deployment that it is of.</summary>
    public string? Holder { get; init; } = Stack;

    /// <summary>Whose policies it is about, where the question says who asks because the stack does; null else.</summary>
    public CallerPrincipal? Caller { get; init; }

    /// <summary>Why the answer is unknown whatever the prover would say, in a sentence without a stop; null where it is not.</summary>
    public string? Undecided { get; init; }

    /// <summary>The question with the least that the stack can allow for the most, or the other way round; null where all of it is known.</summary>
    public Query? Certain { get; init; }

    /// <summary>The question with names for the values that only the deployment knows; null where there are none, or it plays no part.</summary>
    public Query? Named { get; init; }

    /// <summary>The question whose proof makes what is not known on both sides play no part; null where there is none.</summary>
    public Query? Shared { get; init; }

    /// <summary>Why it is not known which of both it is, in a sentence without a stop.</summary>
    public string Open { get; init; } = "";

    /// <summary>What is not known and may refute a proof.</summary>
    public ImmutableArray<string> UnknownIfHolds { get; init; } = [];

    /// <summary>What is not known and may save what is refuted.</summary>
    public ImmutableArray<string> UnknownIfViolated { get; init; } = [];

    /// <summary>Whether all of the stack is known that the answer can depend on.</summary>
    public bool IsKnown => Undecided is null && Certain is null && UnknownIfHolds.IsEmpty && UnknownIfViolated.IsEmpty;
}
