namespace ProvableSec.Logs.Filtering;

/// <summary>Which records of a sample are kept: a function of the request id alone, so that every run and every machine keeps the same ones.</summary>
internal static class RequestSampling
{
    private const ulong Offset = 0xCBF2_9CE4_8422_2325, Prime = 0x0000_0100_0000_01B3;

    /// <summary>Whether a request is the one in so many that is kept.</summary>
    public static bool IsKept(ReadOnlySpan<byte> requestId, int oneIn)
    {
        // FNV-1a, and a final mix because its low bits depend too much on the last bytes.
        ulong hash = Offset;
        foreach (byte b in requestId)
        {
            hash = (hash ^ b) * Prime;
        }

        hash ^= hash >> 33;
        hash *= 0xFF51_AFD7_ED55_8CCD;
        hash ^= hash >> 33;
        return hash % (ulong)oneIn == 0;
    }
}
