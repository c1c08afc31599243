using System.Globalization;
using System.Text;

namespace ProvableSec.Tool.Terminal;

/// <summary>Makes text from a file safe to print: a terminal would obey the control characters in it, and a reader not see what turns it around.</summary>
internal static class Printable
{
    /// <summary>The text with each control or format character, separator of lines and lone surrogate written as <c>\u001b</c>.</summary>
    public static string Clean(string text)
    {
        if (Ascii.IsValid(text) && !text.Any(char.IsControl))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length;)
        {
            int length = Rune.TryGetRuneAt(text, i, out Rune rune) ? rune.Utf16SequenceLength : 1;
            bool isShown = rune != default && IsShown(rune);
            for (int end = i + length; i < end; i++)
            {
                clean.Append(isShown && text[i] != '\t' ? text[i].ToString() : $"\\u{(int)text[i]:x4}");
            }
        }

        return clean.ToString();
    }

    /// <summary>Whether a character is one that is seen, or a tab.</summary>
    public static bool IsShown(Rune rune) => rune.Value == '\t'
        || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
