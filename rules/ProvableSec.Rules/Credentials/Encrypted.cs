namespace ProvableSec.Rules.Credentials;

/// <summary>Tells values that are encrypted: SOPS, Spring Cloud, transit keys of Vault, AWS KMS, sealed secrets.</summary>
internal static class Encrypted
{
    private const int Reach = 4096;

    /// <summary>Whether a value stands within what one of those writes.</summary>
    public static bool Is(ReadOnlySpan<byte> text, int start)
    {
        int from = start;
        while (from > 0 && start - from < Reach && !TokenCharacters.IsLineEnd(text[from - 1]) && text[from - 1] is not ((byte)'"' or (byte)'\'' or (byte)']'))
        {
            from--;
        }

        ReadOnlySpan<byte> before = text.Slice(from, start - from), value = text.Slice(start);
        return before.IndexOf("ENC["u8) >= 0 || before.EndsWith("{cipher}"u8) || before.EndsWith("vault:v1:"u8)
            // What KMS gives back begins with its format, and so does what the controller of sealed secrets opens.
            || value.StartsWith("AQICAH"u8)
            || (value.StartsWith("Ag"u8) && text.Slice(Math.Max(0, start - Reach), start - Math.Max(0, start - Reach)).IndexOf("SealedSecret"u8) >= 0);
    }
}
