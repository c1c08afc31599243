using System.Collections.Concurrent;
using System.Text;

namespace ProvableSec.Tests;

/// <summary>Credentials that nobody has: drawn while the test runs, so that no file of the repository holds one.</summary>
public sealed class Fresh(int seed)
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <summary>Every secret that a test of this process drew, so that no output of any other may hold it.</summary>
    private static readonly ConcurrentBag<string> Drawn = [];

    private readonly Random random = new(seed);

    /// <summary>Fails where a text holds a secret, or the first or last eight characters of one.</summary>
    public static void AssertHidden(string text) => Assert.False(
        Drawn.Any(secret => text.Contains(secret[..8], StringComparison.Ordinal) || text.Contains(secret[^8..], StringComparison.Ordinal)),
        "The output holds a part of a secret.");

    public string AccessKeyId(string prefix = "AKIA", long? account = null)
    {
        long number = account ?? random.NextInt64(1_000_000_000_000);
        // One bit, the account's forty, and 39 that mean nothing here.
        UInt128 bits = (UInt128.One << 79) | ((UInt128)(ulong)number << 39) | (UInt128)(ulong)random.NextInt64(1L << 39);
        var text = new StringBuilder(prefix);
        for (int shift = 75; shift >= 0; shift -= 5)
        {
            text.Append(Base32[(int)(ulong)(bits >> shift) & 31]);
        }

        return text.ToString();
    }

    public string SecretKey() => Secret(Characters(40));

    public string SessionToken() => Secret("IQoJb3JpZ2luX2Vj" + Characters(500));

    public string SmtpPassword() => Secret("BM" + Characters(42));

    public string BedrockKey() =>
        Secret("ABSK" + Convert.ToBase64String(Encoding.ASCII.GetBytes("BedrockAPIKey-" + Characters(4) + "-at-111122223333:" + Characters(60))));

    public string Password() => Secret(Characters(9).Replace('/', 'x').Replace('+', 'y') + "!7");

    /// <summary>A secret key with both signs, which escapes are about.</summary>
    public string SecretKeyWithSigns()
    {
        string drawn = Characters(38);
        return Secret(drawn[..13] + "+" + drawn[13..26] + "/" + drawn[26..]);
    }

    public string PrivateKeyBody() => string.Join("\n", Enumerable.Range(0, 12).Select(_ => Secret(Characters(64))));

    public string PresignedUrl(string date, int seconds = 3600) =>
        $"https://bucket.s3.amazonaws.com/key?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={AccessKeyId()}%2F20260101%2Fus-east-1%2Fs3%2Faws4_request"
        + $"&X-Amz-Date={date}&X-Amz-Expires={seconds}&X-Amz-SignedHeaders=host&X-Amz-Signature={Secret(Hex(64))}";

    public string Hex(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "0123456789abcdef"[random.Next(16)]));

    public string Characters(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => Base64[random.Next(64)]));

    private string Secret(string drawn)
    {
        Drawn.Add(drawn);
        return drawn;
    }
}
