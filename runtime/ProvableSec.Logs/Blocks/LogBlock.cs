namespace ProvableSec.Logs.Blocks;

/// <summary>Some lines of a stream of log records, each whole, or a part of a line that is too long to be read whole. Not thread-safe.</summary>
internal sealed class LogBlock
{
    /// <summary>How many bytes are read at a time; a block has about as many.</summary>
    public const int Size = 1 << 20;

    /// <summary>What the block holds; valid until it is filled again.</summary>
    public ReadOnlySpan<byte> Lines => Bytes.Written;

    /// <summary>Whether it is a part of a line that is too long.</summary>
    public bool IsTooLong { get; internal set; }

    /// <summary>Whether that line begins with it.</summary>
    public bool BeginsTooLong { get; internal set; }

    internal ByteBuffer Bytes { get; } = new(Size);

    internal void Clear()
    {
        Bytes.Truncate(0);
        IsTooLong = BeginsTooLong = false;
    }
}
