using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Analyzers.Policies;

/// <summary>The characters of a string literal as the program sees them, each with its place: the compiler tells the value, but not where its parts are
/// from.</summary>
internal static class LiteralText
{
    /// <summary>Adds a literal token of any kind.</summary>
    /// <param name="code">The file.</param>
    /// <param name="start">Where the token begins.</param>
    /// <param name="end">Where its last quote ends.</param>
    /// <param name="builder">Takes the characters.</param>
    public static void Add(string code, int start, int end, MappedTextBuilder builder)
    {
        if (code[start] == '@')
        {
            AddEscaped(code, start + 2, end - 1, isVerbatim: true, isInterpolated: false, builder);
            return;
        }

        int quotes = 0;
        while (code[start + quotes] == '"' && start + quotes < end)
        {
            quotes++;
        }

        // Two quotes are an empty text.
        if (quotes < 3)
        {
            AddEscaped(code, start + 1, end - 1, isVerbatim: false, isInterpolated: false, builder);
            return;
        }

        int from = start + quotes, to = end - quotes;
        int line = from;
        while (line < to && code[line] is ' ' or '\t')
        {
            line++;
        }

        bool isMultiLine = line < to && code[line] is '\r' or '\n';
        if (!isMultiLine)
        {
            builder.Copy(code, TextRange.FromBounds(from, to));
            return;
        }

        line += code[line] == '\r' && code[line + 1] == '\n' ? 2 : 1;
        AddRaw(code, line, Math.Max(line, EndOfContent(code, to)), IndentationBefore(code, to), builder);
    }

    /// <summary>White space between the beginning of the line and a place.</summary>
    public static string IndentationBefore(string code, int at)
    {
        int start = at;
        while (start > 0 && code[start - 1] is not ('\r' or '\n'))
        {
            start--;
        }

        return code.Substring(start, at - start);
    }

    /// <summary>The line end before the last line of a raw literal does not belong to its text.</summary>
    private static int EndOfContent(string code, int closing)
    {
        int end = closing - IndentationBefore(code, closing).Length;
        end -= end > 0 && code[end - 1] == '\n' ? 1 : 0;
        return end - (end > 0 && code[end - 1] == '\r' ? 1 : 0);
    }

    /// <summary>Adds characters of a raw literal without the indentation that is left out of each line.</summary>
    public static void AddRaw(string code, int from, int to, string? indentation, MappedTextBuilder builder)
    {
        int at = from;
        while (at < to)
        {
            bool isLineStart = code[at - 1] is '\r' or '\n' && !(code[at - 1] == '\r' && code[at] == '\n');
            if (isLineStart && indentation is not null)
            {
                int skipped = 0;
                while (skipped < indentation.Length && at < to && code[at] == indentation[skipped])
                {
                    at++;
                    skipped++;
                }
            }

            int lineEnd = at;
            while (lineEnd < to && code[lineEnd] is not ('\r' or '\n'))
            {
                lineEnd++;
            }

            lineEnd += lineEnd < to ? (code[lineEnd] == '\r' && lineEnd + 1 < to && code[lineEnd + 1] == '\n' ? 2 : 1) : 0;
            builder.Copy(code, TextRange.FromBounds(at, lineEnd));
            at = lineEnd;
        }
    }

    /// <summary>Adds the characters of a regular or verbatim literal, escapes replaced.</summary>
    public static void AddEscaped(string code, int from, int to, bool isVerbatim, bool isInterpolated, MappedTextBuilder builder)
    {
        int plain = from;
        for (int at = from; at < to;)
        {
            int length = EscapeAt(code, at, to, isVerbatim, isInterpolated, out string? value);
            if (length == 0)
            {
                at++;
                continue;
            }

            builder.Copy(code, TextRange.FromBounds(plain, at)).Add(value!, new TextRange(at, length));
            at += length;
            plain = at;
        }

        builder.Copy(code, TextRange.FromBounds(plain, to));
    }

    /// <summary>How many characters the escape at a place has; 0 for none.</summary>
    private static int EscapeAt(string code, int at, int to, bool isVerbatim, bool isInterpolated, out string? value)
    {
        char c = code[at];
        char next = at + 1 < to ? code[at + 1] : '\0';
        value = null;
        if ((isVerbatim && c == '"' && next == '"') || (isInterpolated && c is '{' or '}' && next == c))
        {
            value = c.ToString();
            return 2;
        }

        if (isVerbatim || c != '\\')
        {
            return 0;
        }

        int digits = next switch
        {
            'u' => 4,
            'U' => 8,
            'x' => HexDigits(code, at + 2, Math.Min(to, at + 6)),
            _ => 0,
        };
        if (digits > 0 && int.TryParse(code.Substring(at + 2, Math.Min(digits, to - at - 2)), System.Globalization.NumberStyles.AllowHexSpecifier,
            System.Globalization.CultureInfo.InvariantCulture, out int number))
        {
            value = number is > char.MaxValue and <= 0x10FFFF ? char.ConvertFromUtf32(number) : ((char)number).ToString();
            return 2 + digits;
        }

        value = next switch
        {
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            '0' => "\0",
            'a' => "\a",
            'b' => "\b",
            'f' => "\f",
            'v' => "\v",
            'e' => "\u001b",
            _ => next.ToString(),
        };
        return 2;
    }

    private static int HexDigits(string code, int from, int to)
    {
        int count = 0;
        while (from + count < to && Uri.IsHexDigit(code[from + count]))
        {
            count++;
        }

        return count;
    }
}
