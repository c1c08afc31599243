using System.Text;

namespace ProvableSec.Policy.Text;

/// <summary>
/// A text with a name and, where it was cut out of a larger text (a policy inside an NDJSON line), the place it was cut from.
/// Immutable; the line table is built when a place is first asked for.
/// </summary>
public sealed class DocumentText
{
    private readonly LinePosition origin;
    private int[]? lineStarts;

    /// <summary>Wraps a text.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    /// <param name="name">What to call it in messages: a path as the user wrote it, or <c>-</c>; empty when it has none.</param>
    public DocumentText(string text, string name = "")
        : this(text, name, new LinePosition(1, 1))
    {
    }

    /// <summary>Wraps a text that begins at <paramref name="origin"/> of the file called <paramref name="name"/>.</summary>
    public DocumentText(string text, string name, LinePosition origin)
    {
        Text = text ?? throw new ArgumentNullException(nameof(text));
        Name = name ?? throw new ArgumentNullException(nameof(name));
        this.origin = origin;
    }

    /// <summary>The characters.</summary>
    public string Text { get; }

    /// <summary>What messages call this text.</summary>
    public string Name { get; }

    /// <summary>The line and column of an offset. LF, CR and CRLF end a line, as in the C# compiler.</summary>
    public LinePosition PositionOf(int offset)
    {
        int[] starts = lineStarts ??= FindLineStarts(Text);
        int clamped = Math.Max(0, Math.Min(offset, Text.Length));
        int line = Array.BinarySearch(starts, clamped);
        if (line < 0)
        {
            line = ~line - 1;
        }

        int column = clamped - starts[line] + 1;
        return line == 0
            ? new LinePosition(origin.Line, origin.Column + column - 1)
            : new LinePosition(origin.Line + line, column);
    }

    /// <summary>The line (counted from 1 in the whole file) without its line end, and nothing when this text does not hold it.</summary>
    public string? LineAt(int line) => LineSpanAt(line) is { } span ? Text.Substring(span.Start, span.Length) : null;

    /// <summary>The characters of <see cref="LineAt"/>, for who wants some of them: a document may be one line of many megabytes.</summary>
    public TextRange? LineSpanAt(int line)
    {
        int[] starts = lineStarts ??= FindLineStarts(Text);
        int index = line - origin.Line;
        if (index < 0 || index >= starts.Length)
        {
            return null;
        }

        int end = index + 1 < starts.Length ? starts[index + 1] : Text.Length;
        // One line end only: a line of lone returns is several lines.
        if (end > starts[index] && Text[end - 1] == '\n')
        {
            end--;
        }

        if (end > starts[index] && Text[end - 1] == '\r')
        {
            end--;
        }

        return TextRange.FromBounds(starts[index], end);
    }

    /// <summary>
    /// Decodes bytes as UTF-8, or UTF-16 where a byte order mark says so; the mark is dropped.
    /// </summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="problem">The first byte that is not valid, when the result is null.</param>
    public static DocumentText? TryDecode(byte[] bytes, string name, out PolicyProblem? problem)
    {
        problem = null;
        (Encoding encoding, int skip) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => ((Encoding)new UTF8Encoding(false, true), 3),
            [0xFF, 0xFE, ..] => (new UnicodeEncoding(false, false, true), 2),
            [0xFE, 0xFF, ..] => (new UnicodeEncoding(true, false, true), 2),
            _ => (new UTF8Encoding(false, true), 0),
        };
        try
        {
            return new DocumentText(encoding.GetString(bytes, skip, bytes.Length - skip), name);
        }
        catch (DecoderFallbackException)
        {
            // The exception's index is not the same on every runtime; decode up to the bad byte ourselves.
            int good = LongestValidPrefix(encoding, bytes, skip);
            var before = new DocumentText(encoding.GetString(bytes, skip, good), name);
            LinePosition at = before.PositionOf(before.Text.Length);
            problem = new PolicyProblem(
                ProblemCode.InvalidEncoding,
                $"byte {skip + good} is not valid {(encoding is UTF8Encoding ? "UTF-8" : "UTF-16")} (0x{bytes[skip + good]:X2}); save the file as UTF-8",
                new TextRange(before.Text.Length, 0),
                "",
                at,
                name);
            return null;
        }
    }

    private static int LongestValidPrefix(Encoding encoding, byte[] bytes, int skip)
    {
        // Validity of a prefix is monotone up to the few bytes of an unfinished character: bisect, then step back.
        int low = 0, high = bytes.Length - skip;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (IsValid(middle) || IsValid(middle - 1) || IsValid(middle - 2) || IsValid(middle - 3))
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        while (low > 0 && !IsValid(low))
        {
            low--;
        }

        return low;

        bool IsValid(int count)
        {
            try
            {
                return count >= 0 && encoding.GetCharCount(bytes, skip, count) >= 0;
            }
            catch (DecoderFallbackException)
            {
                return false;
            }
        }
    }

    private static int[] FindLineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        return [.. starts];
    }
}
