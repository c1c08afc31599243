using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Configurations;

/// <summary>A question that a property asks.</summary>
/// <param name="Stack">The stack, or the policy of several, that it is about; null where the property has one only.</param>
/// <param name="Query">The question.</param>
internal sealed record ConfiguredQuestion(string? Stack, Query Query)
{
    private const int MostNamed = 5;

    /// <summary>Whose policies it is about, where the question says who asks because the stack does; null else.</summary>
    public CallerPrincipal? Caller { get; init; }

    /// <summary>Why the answer is unknown whatever the prover would say, in a sentence without a stop; null where it is not.</summary>
    public string? Undecided { get; init; }

    /// <summary>The question with the least that the stack can allow for the most, or the other way round; null where all of it is known.</summary>
    public Query? Certain { get; init; }

    /// <summary>The values that are known only at deployment, by their names.</summary>
    public ImmutableArray<string> Open { get; init; } = [];

    /// <summary>The same, in a few words.</summary>
    public string OpenInWords => string.Join(", ", Open.Take(MostNamed)) + (Open.Length > MostNamed ? $" and {Open.Length - MostNamed} more" : "");

    /// <summary>What is not known and may make another answer of a proof.</summary>
    public ImmutableArray<string> Unknown { get; init; } = [];
}
