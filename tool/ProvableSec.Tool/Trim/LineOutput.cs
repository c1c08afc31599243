namespace ProvableSec.Tool.Trim;

/// <summary>Where lines go. It knows whether the last one has ended, so that the next file's first line does not join it.</summary>
/// <param name="stream">Receives the lines.</param>
/// <param name="name">What it is called in messages; null for standard output.</param>
internal sealed class LineOutput(Stream stream, string? name)
{
    private bool open;

    /// <summary>Writes lines.</summary>
    /// <exception cref="OutputFailure">They cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> lines)
    {
        if (lines.IsEmpty)
        {
            return;
        }

        try
        {
            stream.Write(lines);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputFailure(name, e);
        }

        open = lines[^1] != '\n';
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
