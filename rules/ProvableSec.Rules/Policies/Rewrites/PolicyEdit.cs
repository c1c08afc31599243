using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Policies.Rewrites;

/// <summary>Other characters for some of a text.</summary>
/// <param name="Span">What goes; empty to put something in.</param>
/// <param name="Text">What comes; empty to leave something out.</param>
public sealed record PolicyEdit(TextRange Span, string Text)
{
    /// <summary>The text with the changes made.</summary>
    /// <param name="text">The text.</param>
    /// <param name="edits">Changes that do not overlap.</param>
    public static string Apply(string text, IEnumerable<PolicyEdit> edits)
    {
        foreach (PolicyEdit edit in edits.OrderByDescending(edit => edit.Span.Start).ThenByDescending(edit => edit.Span.Length))
        {
            text = text.Substring(0, edit.Span.Start) + edit.Text + text.Substring(edit.Span.End);
        }

        return text;
    }
}
