using System.Collections.Immutable;
using ProvableSec.Tool.Answers;

namespace ProvableSec.Tool.Verify;

/// <summary>The answer to a property about a stack; of equal stacks, and of stacks that one question was about, the same one.</summary>
/// <param name="Asked">The answer; null where the proof ended with <paramref name="Crash"/>.</param>
/// <param name="Crash">The error of ours that ended it.</param>
internal sealed record PairAnswer(AskedAnswer? Asked, Exception? Crash = null)
{
    /// <summary>What it rests on, as the question about this stack alone says it.</summary>
    public ImmutableArray<string> Given { get; init; } = [];
}
