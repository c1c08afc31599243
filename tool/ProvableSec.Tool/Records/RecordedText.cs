using ProvableSec.Reasoning.Explanations;

namespace ProvableSec.Tool.Records;

/// <summary>An explanation piece by piece, to be written again elsewhere.</summary>
internal sealed class RecordedText : ExplanationText
{
    private readonly List<(string Text, TextTone Tone, bool EndsLine)> pieces = [];

    /// <summary>The pieces, each with whether it ends a line.</summary>
    public IReadOnlyList<(string Text, TextTone Tone, bool EndsLine)> Pieces => pieces;

    /// <inheritdoc/>
    public override ExplanationText Write(string text, TextTone tone = TextTone.Plain)
    {
        if (text.Length > 0)
        {
            pieces.Add((text, tone, false));
        }

        return this;
    }

    /// <inheritdoc/>
    public override void Line(string text = "", TextTone tone = TextTone.Plain) => pieces.Add((text, tone, true));
}
