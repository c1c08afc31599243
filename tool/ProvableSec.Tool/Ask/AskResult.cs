using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Rendering;

namespace ProvableSec.Tool.Ask;

/// <summary>What a run of <c>ask</c> came to.</summary>
/// <param name="Asked">The question in words.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Warnings">What a reader of it should know.</param>
internal sealed record AskResult(string Asked, AccessAnswer Answer, IReadOnlyList<string> Warnings)
{
    /// <summary>Whether each line, and that there is no more, is proved.</summary>
    public bool IsProved => Answer.Undecided.IsEmpty && Answer.Lines.All(line => line.Undecided is null);

    /// <summary>What stops somebody who would have access by their own policies, in words.</summary>
    public static IEnumerable<string> StopsOf(StoppedAccess stopped) =>
        stopped.By.IsEmpty ? ["by several control policies together"] : stopped.By.Select(stop => $"by {AccessWords.Of(stop)}");

    /// <summary>What the answer comes to, in one line.</summary>
    public string Summary =>
        $"{Quantity.Of(Answer.Lines.Length, "line")} for {Quantity.Of(Answer.Asked, "principal")} with {Quantity.Of(Answer.Stacks, "set")} of policies"
            + (IsProved ? $"; each line and that there is no more is proved{(Warnings.Count > 0 ? " of what has been read" : "")}"
                : "; what is unknown is not proved")
            + (Answer.Assumptions.IsEmpty ? "" : $" (given: {string.Join(", ", Answer.Assumptions)})");
}
