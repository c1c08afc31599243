using System.Security.Cryptography;
using System.Text;

namespace ProvableSec.Logs.Rules;

/// <summary>The key by which samples are drawn. A secret: it has no text, and nothing prints it. Immutable.</summary>
public sealed class SamplingKey
{
    /// <summary>The environment variable that takes precedence over the key of the rules.</summary>
    public const string Variable = "PROVABLESEC_SAMPLING_KEY";

    /// <summary>A key has at least this many bytes.</summary>
    public const int LeastBytes = 16;

    private readonly byte[] bytes;

    /// <summary>Creates a key.</summary>
    /// <param name="key">At least <see cref="LeastBytes"/> bytes in UTF-8.</param>
    /// <exception cref="ArgumentException">It is shorter.</exception>
    public SamplingKey(string key)
    {
        bytes = Encoding.UTF8.GetBytes(key);
        if (bytes.Length < LeastBytes)
        {
            throw new ArgumentException($"a sampling key has at least {LeastBytes} bytes", nameof(key));
        }
    }

    internal ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Whether two keys draw the same samples.</summary>
    public static bool AreSame(SamplingKey? one, SamplingKey? other) =>
        one is null || other is null ? one is null && other is null : CryptographicOperations.FixedTimeEquals(one.bytes, other.bytes);
}
