using System.Buffers.Binary;
using System.Security.Cryptography;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Filtering;

/// <summary>
/// Which records of a sample are kept: a function of the request id, and of the key where there is one, so that every run and every machine keeps the same
/// ones.
/// </summary>
/// <param name="key">Keeps clients, who choose the ids of their requests behind a load balancer (X-Amzn-Trace-Id), from choosing which are kept; null for
/// none.</param>
internal sealed class RequestSampling(SamplingKey? key)
{
    private const ulong Offset = 0xCBF2_9CE4_8422_2325, Prime = 0x0000_0100_0000_01B3;

    /// <summary>Whether a request is the one in this many that is kept.</summary>
    public bool IsKept(ReadOnlySpan<byte> requestId, int oneIn) => (key is null ? Hash(requestId) : Hash(key, requestId)) % (ulong)oneIn == 0;

    private static ulong Hash(SamplingKey key, ReadOnlySpan<byte> requestId)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Bytes, requestId, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    private static ulong Hash(ReadOnlySpan<byte> requestId)
    {
        // FNV-1a, and a final mix because its low bits depend too much on the last bytes.
        ulong hash = Offset;
        foreach (byte b in requestId)
        {
            hash = (hash ^ b) * Prime;
        }

        hash ^= hash >> 33;
        hash *= 0xFF51_AFD7_ED55_8CCD;
        return hash ^ (hash >> 33);
    }
}
