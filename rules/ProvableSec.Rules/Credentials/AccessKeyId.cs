using System.Globalization;

namespace ProvableSec.Rules.Credentials;

/// <summary>
/// An access key ID: four letters that say what it is, and sixteen of <c>A-Z2-7</c>
/// (IAM User Guide, "IAM identifiers", unique ID prefixes). It is not secret itself.
/// </summary>
internal readonly record struct AccessKeyId
{
    /// <summary>The number of its characters.</summary>
    public const int Length = 20;

    private const int PrefixLength = 4;
    private const long AccountLimit = 1_000_000_000_000;

    private AccessKeyId(string text)
    {
        Text = text;
    }

    /// <summary>
    /// <c>AKIA</c> (long-lived), <c>ASIA</c> (temporary), <c>ABIA</c> (service bearer token) or <c>ACCA</c> (context-specific credential).
    /// </summary>
    public string Prefix => Text.Substring(0, PrefixLength);

    /// <summary>The last four characters, by which the console lets one recognize a key.</summary>
    public string LastFour => Text.Substring(Length - 4);

    /// <summary>
    /// The account that the key belongs to, twelve digits; null when the ID does not tell. The sixteen characters are Base32, 80 bits. In IDs of
    /// the newer generation the first bit is set and the account number is in the next 40.
    /// </summary>
    public string? Account
    {
        get
        {
            long bits = 0;
            for (int i = PrefixLength; i < PrefixLength + 9; i++)
            {
                bits = (bits << 5) | (uint)Base32Digit((byte)Text[i]);
            }

            // 45 bits: the mark, the account's 40, and four of what follows.
            const int Unused = 4, AccountBits = 40;
            bool newer = bits >> (AccountBits + Unused) == 1;
            long account = (bits >> Unused) & ((1L << AccountBits) - 1);
            return newer && account < AccountLimit ? account.ToString("D12", CultureInfo.InvariantCulture) : null;
        }
    }

    /// <summary>What the STS API Reference shows under GetAccessKeyInfo, with the account it belongs to.</summary>
    private const string DocumentedRest = "Y34FZKBOKMUTVV7A";

    /// <summary>True for an ID that stands for others in documentation: one of AWS's (<c>…EXAMPLE</c>), or letters that nobody drew at random.</summary>
    public bool IsPlaceholder
    {
        get
        {
            if (Text.IndexOf("EXAMPLE", StringComparison.Ordinal) >= 0 || Text.EndsWith(DocumentedRest, StringComparison.Ordinal))
            {
                return true;
            }

            // One ID in a thousand million million has so few different characters by chance, or this many in alphabetical order.
            int steps = 0;
            uint seen = 0;
            for (int i = PrefixLength; i < Length; i++)
            {
                seen |= 1u << Base32Digit((byte)Text[i]);
                steps += i > PrefixLength && Text[i] == Text[i - 1] + 1 ? 1 : 0;
            }

            int different = 0;
            for (; seen != 0; seen &= seen - 1)
            {
                different++;
            }

            return different < 5 || steps >= 9;
        }
    }

    /// <summary>The whole ID, for a fingerprint; messages show <see cref="ToString"/>.</summary>
    internal string Text { get; }

    /// <summary>Reads an ID.</summary>
    /// <param name="text">All of it and nothing else, in ASCII.</param>
    /// <param name="id">The ID.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out AccessKeyId id)
    {
        id = default;
        if (text.Length != Length || !HasPrefix(text))
        {
            return false;
        }

        for (int i = PrefixLength; i < Length; i++)
        {
            if (Base32Digit(text[i]) < 0)
            {
                return false;
            }
        }

        id = new AccessKeyId(Ascii.Text(text));
        return true;
    }

    /// <summary>What may be shown of it: prefix, last four characters, account.</summary>
    public override string ToString() => $"{Prefix}…{LastFour}, {(Account is { } account ? "account " + account : "account unknown")}";

    internal static bool HasPrefix(ReadOnlySpan<byte> text) =>
        text.Length >= PrefixLength && text[0] == (byte)'A' && text[3] == (byte)'A' && text[1] switch
        {
            (byte)'K' or (byte)'S' or (byte)'B' => text[2] == (byte)'I',
            (byte)'C' => text[2] == (byte)'C',
            _ => false,
        };

    private static int Base32Digit(byte value) => value switch
    {
        >= (byte)'A' and <= (byte)'Z' => value - 'A',
        >= (byte)'2' and <= (byte)'7' => value - '2' + 26,
        _ => -1,
    };
}
