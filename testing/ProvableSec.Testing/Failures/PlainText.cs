using System.Text;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Explanations;

namespace ProvableSec.Testing.Failures;

/// <summary>An explanation as the message of a failed test.</summary>
internal sealed class PlainText : ExplanationText
{
    private readonly StringBuilder text = new();

    public override ExplanationText Write(string text, TextTone tone = TextTone.Plain)
    {
        this.text.Append(Excerpt.Of(text, int.MaxValue));
        return this;
    }

    public override void Line(string text = "", TextTone tone = TextTone.Plain)
    {
        Write(text, tone);
        this.text.Append('\n');
    }

    /// <summary>The text without the last line's end.</summary>
    public override string ToString() => text.ToString().TrimEnd('\n');
}
