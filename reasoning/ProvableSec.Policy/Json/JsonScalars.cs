using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Json;

/// <summary>Reads the values that contain no others: strings, numbers, words.</summary>
internal sealed class JsonScalars(DocumentText source, JsonScanner scanner, JsonTape tape, JsonProblems problems)
{
    private readonly string text = source.Text;

    /// <summary>Reads a string, also one in the wrong quotes.</summary>
    public void String()
    {
        int start = scanner.At++;
        char quote = text[start];
        bool escapes = false, closed = false;
        if (quote != '"')
        {
            problems.Invalid(start, scanner.At, "strings are written in double quotes");
        }

        while (true)
        {
            SkipPlainCharacters(quote);
            if (scanner.At == text.Length)
            {
                problems.ReportUnclosed(start, scanner.At);
                break;
            }

            char c = text[scanner.At];
            if (c == quote)
            {
                scanner.At++;
                closed = true;
                break;
            }

            if (c == '\\')
            {
                escapes = true;
                Escape(quote);
            }
            else if (c is '\n' or '\r')
            {
                // Most likely a forgotten quote: ending the string here keeps the next line readable.
                problems.Invalid(start, scanner.At, "the string is not closed on its line; expected '\"' (write \\n for a line break)");
                break;
            }
            else
            {
                problems.Invalid(scanner.At, scanner.At + 1, $"the control character {Excerpt.Number(c)} must be written as an escape inside a string");
                scanner.At++;
            }
        }

        int me = tape.Add(JsonKind.String, start, scanner.At);
        tape[me].HasEscapes = escapes;
        tape[me].IsClosed = closed;
    }

    private void SkipPlainCharacters(char quote)
    {
#if NET
        if (quote == '"')
        {
            int step = text.AsSpan(scanner.At).IndexOfAny(StringStops);
            scanner.At = step < 0 ? text.Length : scanner.At + step;
            return;
        }
#endif
        while (scanner.At < text.Length && text[scanner.At] != quote && text[scanner.At] != '\\' && text[scanner.At] >= ' ')
        {
            scanner.At++;
        }
    }

#if NET
    private static readonly System.Buffers.SearchValues<char> StringStops = System.Buffers.SearchValues.Create(
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");
#endif

    private void Escape(char quote)
    {
        int start = scanner.At++;
        if (scanner.At == text.Length || text[scanner.At] is '\n' or '\r')
        {
            // The end of the line or text is reported as such.
            return;
        }

        char c = text[scanner.At++];
        if (c == 'u')
        {
            if (JsonEscapes.TryHex(text.AsSpan(), scanner.At, out _))
            {
                scanner.At += 4;
            }
            else
            {
                problems.Invalid(start, scanner.At, "'\\u' must be followed by four hexadecimal digits");
            }
        }
        else if (c is not ('"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't') && c != quote)
        {
            string shown = c is >= ' ' and <= '~' ? c.ToString() : Excerpt.Number(c);
            problems.Invalid(start, scanner.At, $"'\\{shown}' is not an escape that JSON knows; write '\\\\' for a backslash");
        }
    }

    /// <summary>Reads what begins as a number.</summary>
    public void Number()
    {
        int start = scanner.At;
        bool valid = true;
        if (text[scanner.At] == '-')
        {
            scanner.At++;
        }

        int first = scanner.At;
        int digits = Digits();
        valid &= digits > 0 && (digits == 1 || text[first] != '0');
        if (scanner.At < text.Length && text[scanner.At] == '.')
        {
            scanner.At++;
            valid &= Digits() > 0;
        }

        if (scanner.At < text.Length && text[scanner.At] is 'e' or 'E')
        {
            scanner.At++;
            if (scanner.At < text.Length && text[scanner.At] is '+' or '-')
            {
                scanner.At++;
            }

            valid &= Digits() > 0;
        }

        if (scanner.At < text.Length && IsWordCharacter(text[scanner.At]))
        {
            valid = false;
            while (scanner.At < text.Length && IsWordCharacter(text[scanner.At]))
            {
                scanner.At++;
            }
        }

        if (!valid)
        {
            problems.Invalid(start, scanner.At, $"{problems.Word(start, scanner.At)} is not a number as JSON writes it");
        }

        tape.Add(valid ? JsonKind.Number : JsonKind.Invalid, start, scanner.At);
    }

    private int Digits()
    {
        int start = scanner.At;
        while (scanner.At < text.Length && text[scanner.At] is >= '0' and <= '9')
        {
            scanner.At++;
        }

        return scanner.At - start;
    }

    /// <summary>Reads <c>true</c>, <c>false</c>, <c>null</c>, or what somebody wrote where a value belongs.</summary>
    public void Word()
    {
        int start = scanner.At;
        if (!IsWordCharacter(text[scanner.At]))
        {
            problems.Invalid(scanner.At, scanner.At + 1, $"unexpected {problems.Shown(scanner.At)}; expected a value");
            scanner.SkipToSeparator();
            tape.Add(JsonKind.Invalid, start, scanner.At);
            return;
        }

        while (scanner.At < text.Length && IsWordCharacter(text[scanner.At]))
        {
            scanner.At++;
        }

        JsonKind kind = text.AsSpan(start, scanner.At - start) switch
        {
            "true" => JsonKind.True,
            "false" => JsonKind.False,
            "null" => JsonKind.Null,
            _ => JsonKind.Invalid,
        };
        if (kind == JsonKind.Invalid)
        {
            problems.Invalid(start, scanner.At, $"{problems.Word(start, scanner.At)} is not JSON value; strings are written in double quotes");
        }

        tape.Add(kind, start, scanner.At);
    }

    private static bool IsWordCharacter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or '+' or '.';
}
