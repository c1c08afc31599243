namespace ProvableSec.Tool.Trimming;

/// <summary>Where lines go. It knows whether the last one has ended, so that the next file's first line does not join it.</summary>
internal sealed class LineOutput(Stream stream)
{
    private bool open;

    public void Write(ReadOnlySpan<byte> lines)
    {
        if (!lines.IsEmpty)
        {
            stream.Write(lines);
            open = lines[^1] != '\n';
        }
    }

    /// <summary>Ends a line that has not ended.</summary>
    public void EndLine()
    {
        if (open)
        {
            Write("\n"u8);
        }
    }
}
