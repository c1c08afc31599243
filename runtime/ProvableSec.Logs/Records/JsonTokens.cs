using System.Buffers;

namespace ProvableSec.Logs.Records;

/// <summary>Where the tokens of JSON end (RFC 8259).</summary>
internal static class JsonTokens
{
    private static readonly SearchValues<byte> StringStops = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    /// <summary>The offset after a string, number or word; -1 when it is none.</summary>
    public static int EndOfScalar(ReadOnlySpan<byte> line, int at, byte first)
    {
        ReadOnlySpan<byte> rest = line[at..];
        return first switch
        {
            (byte)'"' => EndOfString(line, at),
            (byte)'t' => rest.StartsWith("true"u8) ? at + 4 : -1,
            (byte)'f' => rest.StartsWith("false"u8) ? at + 5 : -1,
            (byte)'n' => rest.StartsWith("null"u8) ? at + 4 : -1,
            _ => EndOfNumber(line, at),
        };
    }

    private static int EndOfNumber(ReadOnlySpan<byte> line, int at)
    {
        at += line[at] == '-' ? 1 : 0;
        int start = at;
        at = SkipDigits(line, at);
        if (at == start || (line[start] == '0' && at > start + 1))
        {
            return -1;
        }

        if (at < line.Length && line[at] == '.')
        {
            start = ++at;
            at = SkipDigits(line, at);
            if (at == start)
            {
                return -1;
            }
        }

        if (at < line.Length && line[at] is (byte)'e' or (byte)'E')
        {
            at++;
            at += at < line.Length && line[at] is (byte)'+' or (byte)'-' ? 1 : 0;
            start = at;
            at = SkipDigits(line, at);
            if (at == start)
            {
                return -1;
            }
        }

        return at;
    }

    private static int SkipDigits(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && char.IsAsciiDigit((char)line[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>The offset after the closing quote; -1 when there is none, or a character that a string cannot have.</summary>
    public static int EndOfString(ReadOnlySpan<byte> line, int open)
    {
        int at = open + 1;
        while (true)
        {
            int stop = line[at..].IndexOfAny(StringStops);
            if (stop < 0)
            {
                return -1;
            }

            at += stop;
            if (line[at] == '"')
            {
                return at + 1;
            }

            int length = line[at] == '\\' ? JsonText.EscapeLength(line[at..]) : 0;
            if (length == 0)
            {
                return -1;
            }

            at += length;
        }
    }

    /// <summary>The offset of the next byte that is not white space, or the end.</summary>
    public static int SkipSpace(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && line[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return at;
    }
}
