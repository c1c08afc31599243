namespace ProvableSec.Tool.Simulate;

/// <summary>
/// Tells lines of cases from one document by the beginning of the input, so that lines need not be read to their end first.
/// A malformed first line must not turn the lines after it into a broken document, nor a document into broken lines.
/// </summary>
internal static class CaseInputRecognizer
{
    /// <summary>Judges what has been read so far, byte order mark excluded.</summary>
    public static CaseInputShape Recognize(ReadOnlySpan<byte> bytes, bool atEnd)
    {
        bytes = bytes.TrimStart(" \t\r\n"u8);
        if (bytes.IsEmpty)
        {
            return atEnd ? CaseInputShape.Lines : CaseInputShape.Unknown;
        }

        // No case is an array, so an array holds cases.
        if (bytes[0] == '[')
        {
            return CaseInputShape.Document;
        }

        if (bytes[0] != '{')
        {
            return CaseInputShape.Lines;
        }

        int end = bytes.IndexOf((byte)'\n');
        if (end < 0 && !atEnd)
        {
            return CaseInputShape.Unknown;
        }

        ReadOnlySpan<byte> first = end < 0 ? bytes : bytes[..end];
        ObjectStart start = ObjectStart.Of(first);
        if (start is { HasCases: true, HasRequest: false })
        {
            return CaseInputShape.Document;
        }

        ReadOnlySpan<byte> rest = end < 0 ? default : bytes[(end + 1)..].TrimStart(" \t\r\n"u8);
        if (start.IsComplete || (rest.IsEmpty && atEnd))
        {
            return CaseInputShape.Lines;
        }

        // The first line is part of a document, or a line that was cut short: what follows tells.
        if (rest.IsEmpty)
        {
            return CaseInputShape.Unknown;
        }

        if (rest[0] != '{')
        {
            return CaseInputShape.Document;
        }

        first = first.TrimEnd(" \t\r"u8);
        if (first[^1] is not ((byte)'{' or (byte)'[' or (byte)',' or (byte)':'))
        {
            return CaseInputShape.Lines;
        }

        end = rest.IndexOf((byte)'\n');
        if (end < 0 && !atEnd)
        {
            return CaseInputShape.Unknown;
        }

        return ObjectStart.Of(end < 0 ? rest : rest[..end]) is { IsComplete: true, HasRequest: true } ? CaseInputShape.Lines : CaseInputShape.Document;
    }

    /// <summary>What one line shows of the object that begins it.</summary>
    private readonly record struct ObjectStart(bool IsComplete, bool HasCases, bool HasRequest)
    {
        public static ObjectStart Of(ReadOnlySpan<byte> line)
        {
            bool cases = false, request = false;
            int depth = 0;
            for (int i = 0; i < line.Length; i++)
            {
                switch (line[i])
                {
                    case (byte)'{' or (byte)'[':
                        depth++;
                        break;
                    case (byte)'}' or (byte)']':
                        if (--depth == 0)
                        {
                            return new ObjectStart(true, cases, request);
                        }

                        break;
                    case (byte)'"':
                        int start = ++i;
                        while (i < line.Length && line[i] != '"')
                        {
                            i += line[i] == '\\' ? 2 : 1;
                        }

                        if (depth == 1 && i < line.Length && line[(i + 1)..].TrimStart(" \t\r"u8).StartsWith(":"u8))
                        {
                            cases |= line[start..i].SequenceEqual("cases"u8);
                            request |= line[start..i].SequenceEqual("request"u8);
                        }

                        break;
                }
            }

            return new ObjectStart(false, cases, request);
        }
    }
}
