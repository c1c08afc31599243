namespace ProvableSec.Rules.Credentials;

/// <summary>
/// The password of a replication group of ElastiCache: <c>auth_token</c> of Terraform, <c>AuthToken</c> of CloudFormation and the SDKs, <c>--auth-token</c> of
/// the CLI,
/// in a text that speaks of ElastiCache. AWS takes 16 to 128 characters (ElastiCache User Guide, "Authenticating with the AUTH command").
/// </summary>
internal static class AuthToken
{
    private const int Shortest = 16, Longest = 128;

    /// <summary>What both spellings of the service have in common.</summary>
    public static ReadOnlySpan<byte> Anchor => "lasti"u8;

    /// <summary>Whether the service is named at an anchor.</summary>
    public static bool IsNamed(ReadOnlySpan<byte> text, int anchor) => Ascii.StartsWithIgnoringCase(text.Slice(anchor), "lasticache"u8);

    /// <summary>Finds the next token.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to look from.</param>
    /// <param name="at">Where the token begins.</param>
    /// <param name="end">The place to go on from.</param>
    public static bool Next(ReadOnlySpan<byte> text, int from, out int at, out int end)
    {
        at = 0;
        end = text.Length;
        for (int i = from; i < text.Length && text.Slice(i).IndexOf("oken"u8) is >= 0 and var next; i++)
        {
            i += next;
            end = i + 4;
            int name = i - 5 >= 0 && Ascii.StartsWithIgnoringCase(text.Slice(i - 5), "autht"u8) ? i - 5
                : i - 6 >= 0 && text[i - 2] is (byte)'_' or (byte)'-' && Ascii.StartsWithIgnoringCase(text.Slice(i - 6), "auth"u8) ? i - 6 : -1;
            if (name < 0 || (end < text.Length && TokenCharacters.IsWord(text[end])))
            {
                continue;
            }

            int length;
            bool isOption = name >= 2 && text.Slice(name - 2, 2).SequenceEqual("--"u8);
            bool isWritten = isOption ? CommandLineValue(text, end, out at, out length)
                : DatabaseSettings.HasWrittenValue(text, name, end - name, out at, out length);
            if (isWritten && length is >= Shortest and <= Longest)
            {
                end = at + length;
                return true;
            }
        }

        return false;
    }

    private static bool CommandLineValue(ReadOnlySpan<byte> text, int option, out int at, out int length) =>
        LiteralPassword.HasOption(text, option, out at, out length) && text.Slice(at, length).IndexOf((byte)' ') < 0
            && PasswordValue.IsWritten(text.Slice(at, length));
}
