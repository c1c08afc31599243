using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies;

/// <summary>
/// Text that is known only when a template is deployed or a program runs: an intrinsic function, the hole of an interpolated string. Whoever finds the
/// policy writes <see cref="Mark"/> in its place. A check never concludes anything from what the mark may stand for.
/// </summary>
internal static class UnknownText
{
    /// <summary>Stands for any text, also none. From Unicode's private use area, so no policy of AWS holds it.</summary>
    public const char Mark = '\uE5EC';

    /// <summary>Stands for a name, such as a bucket's: any text without <c>/</c>.</summary>
    internal const char Name = '\uE5ED';

    /// <summary>True when a part of the text is not known.</summary>
    public static bool IsIn(string text) => text.IndexOf(Mark) >= 0 || text.IndexOf(Name) >= 0;

    /// <summary>True for what stands for unknown text.</summary>
    internal static bool IsMark(char c) => c is Mark or Name;

    /// <summary>The text with another in the place of each unknown one.</summary>
    internal static string Filled(string text, string by) => text.Replace(Mark.ToString(), by).Replace(Name.ToString(), by);

    /// <summary>True for a string of which a part is not known: it may stand for a value of any kind.</summary>
    internal static bool Is(JsonItem value) => value.Kind == JsonKind.String && IsIn(value.Text);
}
