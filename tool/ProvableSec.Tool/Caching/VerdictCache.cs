using System.Security.Cryptography;
using System.Text;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Caching;

/// <summary>
/// Answers of earlier runs in a folder, a file for each, named after the hash of all that the answer depends on. A file is there as a whole or not at all; its
/// first line
/// is a hash of its name and content, by a key where there is one, and what does not fit it counts as not there. Safe for several workers and for several runs.
/// </summary>
internal sealed class VerdictCache
{
    /// <summary>The variable with the key: who does not have it cannot make entries that count.</summary>
    public const string KeyVariable = "PROVABLESEC_CACHE_KEY";

    /// <summary>What is said where an answer could not be kept: the answers are the same without it.</summary>
    public const string UnwrittenNote = "provablesec: the cache cannot be written, so the next run asks again";

    private const long MaxBytes = 16L << 20;

    private readonly string folder;
    private readonly byte[] secret;
    private int hits, unwritten;

    /// <summary>A folder that is taken as it is.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="key">What seals entries; null for nothing.</param>
    internal VerdictCache(string folder, string? key)
    {
        this.folder = folder;
        secret = Encoding.UTF8.GetBytes(key ?? "");
    }

    /// <summary>How many answers came from it.</summary>
    public int Hits => hits;

    /// <summary>Whether an answer could not be kept.</summary>
    public bool IsUnwritable => unwritten > 0;

    /// <summary>Opens a folder.</summary>
    /// <param name="folder">The folder; made when the first answer is kept.</param>
    /// <param name="refusal">Why it is not taken.</param>
    public static VerdictCache? Open(string folder, out string? refusal)
    {
        // Whoever changes a repository could bring the answers along.
        refusal = File.Exists(folder) ? $"--cache {folder} is a file; name a folder"
            : TrackedFiles.AreIn(folder) ? $"--cache {folder} holds files of the repository, and a change could bring answers along; name a folder that git does not track"
            : null;
        return refusal is null ? new VerdictCache(folder, Environment.GetEnvironmentVariable(KeyVariable)) : null;
    }

    /// <summary>An answer of before; null where there is none that counts.</summary>
    /// <typeparam name="T">What an answer is.</typeparam>
    /// <param name="key">What it depends on.</param>
    /// <param name="read">Reads it.</param>
    public T? Find<T>(string key, Func<byte[], T?> read)
        where T : class
    {
        string file = PathOf(key);
        if (!File.Exists(file) || InputFile.TryReadBytes(file, file, out PolicyProblem? _) is not { } bytes || bytes.Length > MaxBytes)
        {
            return null;
        }

        int end = Array.IndexOf(bytes, (byte)'\n');
        if (end < 0 || !CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, end), Encoding.ASCII.GetBytes(SealOf(key, bytes.AsSpan(end + 1)))))
        {
            return null;
        }

        try
        {
            T? found = read(bytes[(end + 1)..]);
            if (found is not null)
            {
                Interlocked.Increment(ref hits);
            }

            return found;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or KeyNotFoundException or FormatException
            or ArgumentException
            or IndexOutOfRangeException or OverflowException)
        {
            // Sealed, and not what this version writes: as good as not there.
            return null;
        }
    }

    /// <summary>Keeps an answer.</summary>
    public void Keep(string key, byte[] content)
    {
        try
        {
            OutputFile.Write(PathOf(key), stream =>
            {
                stream.Write(Encoding.ASCII.GetBytes(SealOf(key, content) + "\n"));
                stream.Write(content);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Interlocked.Increment(ref unwritten);
        }
    }

    private string PathOf(string key) => Path.Combine(folder, key[..2], key);

    private string SealOf(string key, ReadOnlySpan<byte> content)
    {
        using IncrementalHash hash = secret.Length > 0 ? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret)
            : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(key + "\n"));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
