using System.Diagnostics.CodeAnalysis;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Rendering;

/// <summary>What a proof rests on, in labeled words: what was given, what is assumed, and what would make it stronger.</summary>
internal static class VerdictBasis
{
    /// <summary>Whether the answer is a proof, and not a request or a question left open.</summary>
    public static bool IsProof([NotNullWhen(true)] Answer? answer) => answer is { Verdict: Verdict.Holds } or { Verdict: Verdict.Violated, Witness: null };

    /// <summary>The words; none for what is not proved.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="assumptions">How an assumption is said; null to list the facts of the service data only.</param>
    public static IEnumerable<(string Label, string Words)> Of(Answer? answer, Func<string, string>? assumptions)
    {
        if (!IsProof(answer))
        {
            yield break;
        }

        if (!answer.Given.IsEmpty)
        {
            yield return ("given", string.Join(", ", answer.Given));
        }

        string[] assumed = [.. assumptions is null ? [] : answer.Assumptions.Select(assumptions), .. answer.Facts];
        if (assumed.Length > 0)
        {
            yield return ("assumed", string.Join("; ", assumed));
        }

        if (answer.Stronger is { } stronger)
        {
            yield return ("stronger", stronger);
        }
    }

    /// <summary>The words in one line, for formats without room for more; null for what is not proved.</summary>
    public static string? InOneLine(VerdictReport report)
    {
        string line = string.Join(". ", Of(report.Answer, name => name).Select(part => $"{part.Label}: {part.Words}"));
        return line.Length == 0 ? null : $"{report.Id}: {report.Word}. {line}";
    }
}
