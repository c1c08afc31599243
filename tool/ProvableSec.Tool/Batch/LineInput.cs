using System.Text;

namespace ProvableSec.Tool.Batch;

/// <summary>Opens a stream of lines in whatever Unicode encoding its byte order mark tells.</summary>
internal static class LineInput
{
    public static LineBlockReader Open(Stream stream)
    {
        var reader = new LineBlockReader(stream);
        ReadOnlySpan<byte> mark = reader.Peek((bytes, _) => bytes.Length >= 3);
        if (mark.StartsWith("\uFEFF"u8))
        {
            reader.Skip(3);
        }
        else if (mark is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            // Windows PowerShell writes UTF-16. A broken character becomes U+FFFD, which its line then shows or refuses.
            var encoding = new UnicodeEncoding(bigEndian: mark[0] == 0xFE, byteOrderMark: false);
            reader.Skip(2);
            return new LineBlockReader(Encoding.CreateTranscodingStream(reader.Rest(), encoding, new UTF8Encoding(false)));
        }

        return reader;
    }
}
