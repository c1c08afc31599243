namespace ProvableSec.Logs.Compressed;

/// <summary>Stops what decompresses to so much more than it has that it cannot be a log, but somebody's way to fill a disk.</summary>
internal sealed class ExpansionLimit
{
    /// <summary>Content up to here may be of any ratio.</summary>
    public const long AnyRatioBytes = 256L << 20;

    /// <summary>Beyond that, content may be this many times as large as what it is compressed to. Log text is compressed to a tenth or a twentieth.</summary>
    public const int MostRatio = 500;

    private long content;

    /// <summary>Counts content.</summary>
    /// <param name="compressed">How many compressed bytes have been read in all.</param>
    /// <param name="more">How many bytes of content they have given since the last call.</param>
    /// <exception cref="IOException">That is too much.</exception>
    public void Check(long compressed, int more)
    {
        content += more;
        if (content > AnyRatioBytes && content / MostRatio > compressed)
        {
            throw new IOException($"decompresses to more than {MostRatio} times its size, and more than {AnyRatioBytes >> 20} MB; no log does");
        }
    }
}
