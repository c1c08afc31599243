using ProvableSec.Reasoning.Access;

namespace ProvableSec.Tool.Ask;

/// <summary>What a run of <c>ask</c> came to.</summary>
/// <param name="Asked">The question in words.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Warnings">What a reader of it should know.</param>
internal sealed record AskResult(string Asked, AccessAnswer Answer, IReadOnlyList<string> Warnings);
