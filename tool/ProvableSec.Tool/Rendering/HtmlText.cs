using System.Text;
using ProvableSec.Reasoning.Explanations;

namespace ProvableSec.Tool.Rendering;

/// <summary>
/// An explanation as lines of a page, with the tones of a terminal. Long lines are broken, but for lines of code with a mark below, which scroll together.
/// </summary>
internal sealed class HtmlText : ExplanationText
{
    // What stands between the number of a line of code and the code.
    private const string Code = "│";

    private readonly StringBuilder lines = new(), line = new();
    private bool isCode, wasCode;

    /// <summary>Whether nothing was written.</summary>
    public bool IsEmpty => lines.Length == 0 && line.Length == 0;

    /// <inheritdoc/>
    public override ExplanationText Write(string text, TextTone tone = TextTone.Plain)
    {
        if (text.Length > 0)
        {
            isCode |= text.Contains(Code, StringComparison.Ordinal);
            string encoded = HtmlPage.Encoded(text);
            line.Append(tone == TextTone.Plain ? encoded : $"<span class=\"{HtmlPage.ClassOf(tone)}\">{encoded}</span>");
        }

        return this;
    }

    /// <inheritdoc/>
    public override void Line(string text = "", TextTone tone = TextTone.Plain)
    {
        Write(text, tone);
        lines.Append((wasCode, isCode) switch { (false, true) => "<span class=\"code\">", (true, false) => "</span>", _ => "" }).Append(line).Append('\n');
        wasCode = isCode;
        isCode = false;
        line.Clear();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{lines}{(wasCode ? "</span>" : "")}{line}";
}
