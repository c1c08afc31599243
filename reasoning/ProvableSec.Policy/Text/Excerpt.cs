using System.Globalization;
using System.Text;

namespace ProvableSec.Policy.Text;

/// <summary>
/// A piece of a document, fit for a message: short, on one line, and without characters that a terminal obeys
/// (control characters, bidirectional marks) or that cannot be written as UTF-8.
/// </summary>
internal static class Excerpt
{
    /// <summary>A stretch of a text, shown in at most <paramref name="limit"/> characters.</summary>
    public static string Of(string text, int start, int length, int limit)
    {
        bool cut = length > limit;
        if (cut)
        {
            length = limit - 3;
            if (char.IsHighSurrogate(text[start + length - 1]))
            {
                length--;
            }
        }

        StringBuilder? shown = null;
        for (int i = start; i < start + length; i++)
        {
            if (IsHarmless(text, i, start + length))
            {
                shown?.Append(text[i]);
                continue;
            }

            shown ??= new StringBuilder(text, start, i - start, length + 16);
            shown.Append("\\u").Append(((int)text[i]).ToString("x4", CultureInfo.InvariantCulture));
        }

        string result = shown?.ToString() ?? text.Substring(start, length);
        return cut ? result + "..." : result;
    }

    /// <summary>A text, shown in at most <paramref name="limit"/> characters.</summary>
    public static string Of(string text, int limit = 80) => Of(text, 0, text.Length, limit);

    /// <summary>One character in words: <c>'x'</c>, or its number where it cannot be shown.</summary>
    public static string OfCharacter(char c) => c is > ' ' and <= '~' ? $"'{c}'" : Number(c);

    /// <summary>The number of a character, as Unicode writes it.</summary>
    public static string Number(char c) => $"U+{(int)c:X4}";

    private static bool IsHarmless(string text, int i, int end)
    {
        char c = text[i];
        if (c is >= ' ' and <= '~')
        {
            return true;
        }

        if (char.IsSurrogate(c))
        {
            return char.IsHighSurrogate(c) ? i + 1 < end && char.IsLowSurrogate(text[i + 1]) : i > 0 && char.IsHighSurrogate(text[i - 1]);
        }

        return CharUnicodeInfo.GetUnicodeCategory(c)
            is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
    }
}
