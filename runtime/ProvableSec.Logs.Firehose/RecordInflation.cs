using ProvableSec.Logs.Compressed;

namespace ProvableSec.Logs.Firehose;

/// <summary>Decompresses what a subscription of CloudWatch Logs, or a producer, has compressed. Not thread-safe.</summary>
internal sealed class RecordInflation
{
    /// <summary>What a compressed record may decompress to.</summary>
    public const int MostBytes = 32 << 20;

    private readonly ByteBuffer inflated = new();

    /// <summary>What the last record decompressed to.</summary>
    public ReadOnlySpan<byte> Inflated => inflated.Written;

    /// <summary>Decompresses a record.</summary>
    /// <returns>False when it is broken, or more than <see cref="MostBytes"/>.</returns>
    public bool TryInflate(byte[] data, int length)
    {
        inflated.Truncate(0);
        using var gzip = new GzipInput(new MemoryStream(data, 0, length));
        try
        {
            int read;
            while ((read = gzip.Read(inflated.GetSpan(1 << 16))) > 0)
            {
                inflated.Advance(read);
                if (inflated.Length > MostBytes)
                {
                    return false;
                }
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
