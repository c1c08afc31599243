using System.Text.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Explanations;

namespace ProvableSec.Tool.Verdicts;

/// <summary>What reports show of a verdict whose policies are not at hand: another run wrote it down.</summary>
/// <param name="File">The file that it points to.</param>
/// <param name="Start">The first character there.</param>
/// <param name="End">The place behind the last one.</param>
/// <param name="Explanation">What explains it, piece by piece, each with whether it ends a line.</param>
/// <param name="Json">The verdict as JSON.</param>
internal sealed record RecordedVerdict(string File, LinePosition Start, LinePosition End,
    IReadOnlyList<(string Text, TextTone Tone, bool EndsLine)> Explanation, JsonElement Json)
{
    /// <summary>Writes the explanation.</summary>
    public void Explain(ExplanationText text, string indent)
    {
        bool begins = true;
        foreach ((string piece, TextTone tone, bool endsLine) in Explanation)
        {
            if (begins)
            {
                text.Write(indent);
            }

            if (endsLine)
            {
                text.Line(piece, tone);
            }
            else
            {
                text.Write(piece, tone);
            }

            begins = endsLine;
        }
    }
}
