using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Policies;

/// <summary>A text of a policy and its place.</summary>
/// <param name="element">A string.</param>
internal sealed class CheckedText(JsonItem element)
{
    public JsonItem Element => element;

    /// <summary>The text, escapes decoded.</summary>
    public string Text { get; } = element.Text;

    /// <summary>True when all of the text is known.</summary>
    public bool IsKnown => !UnknownText.IsIn(Text);

    /// <summary>True when a part of the text is a wildcard.</summary>
    public bool HasWildcard => Text.IndexOf('*') >= 0 || Text.IndexOf('?') >= 0;

    /// <summary>The text as messages show it.</summary>
    public string Shown => Quoted(Text);

    /// <summary>A text as messages show it: short, in quotes, what is not known as an ellipsis.</summary>
    public static string Quoted(string text) => "\"" + Excerpt.Of(UnknownText.Filled(text, "…")) + "\"";
}
