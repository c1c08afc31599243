using System.Security.Cryptography;
using System.Text;
using ProvableSec.Logs.Records;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Redacting;

/// <summary>Makes the redacted form of one value.</summary>
internal sealed class ValueRedactor(byte[] hmacKey)
{
    private byte[] decoded = new byte[256];

    /// <summary>What AWS WAF writes in the place of a redacted field.</summary>
    public static ReadOnlySpan<byte> Masked => "REDACTED"u8;

    /// <summary>Writes what stands in the place of a value.</summary>
    /// <param name="redaction">How.</param>
    /// <param name="raw">The inside of a string, escaped.</param>
    /// <param name="output">Receives the inside of a string, escaped.</param>
    public void Write(Redaction redaction, ReadOnlySpan<byte> raw, ByteBuffer output)
    {
        switch (redaction.Method)
        {
            case RedactionMethod.Remove:
                break;
            case RedactionMethod.Truncate:
                output.Write(raw[..LengthOf(raw, redaction.Length)]);
                break;
            case RedactionMethod.Hmac:
                Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
                HMACSHA256.HashData(hmacKey, JsonText.Decode(raw, ref decoded), hash);
                Convert.TryToHexStringLower(hash, output.GetSpan(hash.Length * 2), out int written);
                output.Advance(written);
                break;
            case RedactionMethod.Prefix:
                Prefix(redaction, JsonText.Decode(raw, ref decoded), output);
                break;
            default:
                output.Write(Masked);
                break;
        }
    }

    /// <summary>How many bytes the first characters have. An escape is not cut, nor is a pair of them that is one character.</summary>
    private static int LengthOf(ReadOnlySpan<byte> raw, int characters)
    {
        int at = 0;
        for (; characters > 0 && at < raw.Length; characters--)
        {
            if (raw[at] == '\\')
            {
                int length = JsonText.EscapeLength(raw[at..]);
                at += length == 6 && char.IsHighSurrogate((char)JsonText.Unit(raw[at..])) && JsonText.EscapeLength(raw[(at + 6)..]) == 6
                    && char.IsLowSurrogate((char)JsonText.Unit(raw[(at + 6)..])) ? 12 : length;
            }
            else
            {
                Rune.DecodeFromUtf8(raw[at..], out _, out int length);
                at += length;
            }
        }

        return at;
    }

    /// <summary>An address, or a list of them as in X-Forwarded-For.</summary>
    private static void Prefix(Redaction redaction, ReadOnlySpan<byte> text, ByteBuffer output)
    {
        if (TryWritePrefix(redaction, text.Trim((byte)' '), output))
        {
            return;
        }

        int before = output.Length;
        bool first = true;
        foreach (Range part in text.Split((byte)','))
        {
            output.Write(first ? default : ", "u8);
            first = false;
            if (!TryWritePrefix(redaction, text[part].Trim((byte)' '), output))
            {
                // Something that is not an address may be anything, so that none of it is kept.
                output.Truncate(before);
                output.Write(Masked);
                return;
            }
        }
    }

    private static bool TryWritePrefix(Redaction redaction, ReadOnlySpan<byte> text, ByteBuffer output)
    {
        if (!AddressText.TryParse(text, out bool v6, out UInt128 address))
        {
            return false;
        }

        output.Advance(AddressText.Format(v6, address & AddressRange.Mask(v6, v6 ? redaction.LengthV6 : redaction.Length), output.GetSpan(64)));
        return true;
    }
}
