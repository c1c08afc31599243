using System.Text;

namespace ProvableSec.Tool.Output;

/// <summary>Makes text from a file safe to print: a terminal would obey the control characters in it.</summary>
internal static class Printable
{
    /// <summary>The text with each control character written as <c>\u001b</c>.</summary>
    public static string Clean(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                clean.Append($"\\u{(int)c:x4}");
            }
            else
            {
                clean.Append(c);
            }
        }

        return clean.ToString();
    }
}
