using System.Text.Json;
using ProvableSec.Logs.Records;

namespace ProvableSec.Logs.Blocks;

/// <summary>Finds where JSON objects end that are not laid out one a line, and makes lines of them. Not thread-safe.</summary>
internal sealed class RecordSplitter
{
    /// <summary>Nothing can be taken before more is known.</summary>
    public const int NeedsMore = -1;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = StructuralReader.MaxDepth, AllowMultipleValues = true };

    private bool inArray;
    private bool inLine;

    /// <summary>Whether a line begins here that has nothing to do with the one before.</summary>
    public bool IsAtLine => !inLine && !inArray;

    /// <summary>Takes what the bytes begin with.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="isFinal">Whether no others follow them.</param>
    /// <param name="lines">Receives an object as one line, or a line that is none as it is; nothing for what stands between objects.</param>
    /// <returns>How many bytes have been taken; <see cref="NeedsMore"/> for none.</returns>
    public int Take(ReadOnlySpan<byte> bytes, bool isFinal, ByteBuffer lines)
    {
        int at = SkipBetween(bytes, out int line);
        if (at == bytes.Length)
        {
            return at;
        }

        byte first = bytes[at];
        if ((first == ',' && (inArray || inLine)) || (first == ']' && inArray))
        {
            inLine = true;
            inArray &= first == ',';
            return at + 1;
        }

        if (line > 0)
        {
            // What follows may be a line of its own.
            return line;
        }

        if (first == '[' && !inArray)
        {
            int next = JsonTokens.SkipSpace(bytes, at + 1);
            if (next == bytes.Length && !isFinal)
            {
                return NeedsMore;
            }

            if (next < bytes.Length && bytes[next] == '{')
            {
                inArray = inLine = true;
                return next;
            }
        }

        return first == '{' && !EndsInString(bytes) ? TakeObject(bytes, at, isFinal, lines) : TakeLine(bytes, isFinal, lines);
    }

    /// <summary>Takes one line as it is.</summary>
    public int TakeLine(ReadOnlySpan<byte> bytes, bool isFinal, ByteBuffer lines)
    {
        int length = bytes.IndexOf((byte)'\n') + 1;
        if (length == 0 && !isFinal)
        {
            return NeedsMore;
        }

        length = length == 0 ? bytes.Length : length;
        lines.Write(bytes[..length]);
        inLine = false;
        return length;
    }

    private int TakeObject(ReadOnlySpan<byte> bytes, int at, bool isFinal, ByteBuffer lines)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes[at..], isFinal, new JsonReaderState(Options));
            if (!reader.Read() || !reader.TrySkip())
            {
                return NeedsMore;
            }

            int length = (int)reader.BytesConsumed;
            Span<byte> line = lines.GetSpan(length + 1);
            bytes.Slice(at, length).CopyTo(line);
            line[..length].Replace((byte)'\n', (byte)' ');
            line[length] = (byte)'\n';
            lines.Advance(length + 1);
            inLine = true;
            return at + length;
        }
        catch (JsonException)
        {
            return TakeLine(bytes, isFinal, lines);
        }
    }

    /// <summary>Whether the first line ends within a string, so that it cannot go on in the next one: most that are cut off do.</summary>
    private static bool EndsInString(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)'\n'), at = 0, stop;
        ReadOnlySpan<byte> line = end < 0 ? default : bytes[..end];
        bool inString = false;
        while ((stop = line[at..].IndexOfAny((byte)'"', (byte)'\\')) >= 0)
        {
            bool isQuote = line[at + stop] == '"';
            inString ^= isQuote;
            at = Math.Min(line.Length, at + stop + (isQuote ? 1 : 2));
        }

        return inString;
    }

    /// <summary>White space, and byte order marks where files were joined.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="line">Receives where the line begins that the space ends in.</param>
    private int SkipBetween(ReadOnlySpan<byte> bytes, out int line)
    {
        int at = 0;
        line = 0;
        while (true)
        {
            if (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                inLine &= bytes[at] != '\n';
                line = bytes[at] == '\n' ? at + 1 : line;
                at++;
            }
            else if (bytes[at..].StartsWith("\uFEFF"u8))
            {
                at += 3;
                line = at;
            }
            else
            {
                return at;
            }
        }
    }
}
