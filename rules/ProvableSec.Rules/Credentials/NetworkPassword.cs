namespace ProvableSec.Rules.Credentials;

/// <summary>The password that code hands to a directory or a network: <c>new NetworkCredential(user, "…")</c>, <c>new DirectoryEntry(path, user, "…")</c> of
/// .NET.</summary>
internal static class NetworkPassword
{
    private const int Shortest = 4, Reach = 600;

    /// <summary>Classes and which of their arguments is the password.</summary>
    private static readonly (byte[] Name, int Argument)[] Classes = [("NetworkCredential("u8.ToArray(), 1), ("DirectoryEntry("u8.ToArray(), 2)];

    /// <summary>What the construction of an object begins with.</summary>
    public static ReadOnlySpan<byte> Anchor => "new "u8;

    /// <summary>Whether a password is hard-coded.</summary>
    /// <param name="text">The text.</param>
    /// <param name="anchor">Where <see cref="Anchor"/> was found.</param>
    /// <param name="at">Where the password begins.</param>
    public static bool HasValue(ReadOnlySpan<byte> text, int anchor, out int at)
    {
        at = anchor + Anchor.Length;
        // The name may have its namespace before it.
        int name = at;
        while (at < text.Length && (TokenCharacters.IsWord(text[at]) || text[at] == (byte)'.'))
        {
            name = text[at] == (byte)'.' ? at + 1 : name;
            at++;
        }

        foreach ((byte[] known, int argument) in Classes)
        {
            if (text.Slice(name).StartsWith(known))
            {
                at = name + known.Length;
                return HasLiteral(text.Slice(0, Math.Min(text.Length, at + Reach)), argument, ref at);
            }
        }

        return false;
    }

    /// <summary>Whether an argument is a string and nothing else.</summary>
    private static bool HasLiteral(ReadOnlySpan<byte> text, int argument, ref int at)
    {
        int depth = 0, start = at;
        for (int i = at; i < text.Length; i++)
        {
            if (text[i] == (byte)'"')
            {
                int open = i + 1;
                bool isAlone = argument == 0 && depth == 0 && IsBlankOrVerbatim(text.Slice(start, i - start));
                for (i = open; i < text.Length && text[i] != (byte)'"'; i++)
                {
                    i += text[i] == (byte)'\\' ? 1 : 0;
                }

                if (isAlone)
                {
                    ReadOnlySpan<byte> value = i < text.Length ? text.Slice(open, i - open) : default;
                    at = open;
                    return value.Length >= Shortest && value.IndexOf((byte)' ') < 0 && PasswordValue.IsWritten(value) && EndsArgument(text, i + 1);
                }
            }
            else if (text[i] is (byte)'(' or (byte)'[' or (byte)'{')
            {
                depth++;
            }
            else if (text[i] is (byte)')' or (byte)']' or (byte)'}' && depth-- == 0)
            {
                return false;
            }
            else if (text[i] == (byte)',' && depth == 0)
            {
                argument--;
                start = i + 1;
            }
        }

        return false;
    }

    private static bool EndsArgument(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && (TokenCharacters.IsSpace(text[at]) || TokenCharacters.IsLineEnd(text[at])))
        {
            at++;
        }

        return at < text.Length && text[at] is (byte)',' or (byte)')';
    }

    private static bool IsBlankOrVerbatim(ReadOnlySpan<byte> text)
    {
        foreach (byte value in text)
        {
            if (!TokenCharacters.IsSpace(value) && !TokenCharacters.IsLineEnd(value) && value != (byte)'@')
            {
                return false;
            }
        }

        return true;
    }
}
