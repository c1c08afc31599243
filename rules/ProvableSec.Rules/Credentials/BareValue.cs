namespace ProvableSec.Rules.Credentials;

/// <summary>A value without quotes in a file of settings (YAML, <c>.env</c>, <c>.ini</c>); in code that would be a name or a call.</summary>
internal static class BareValue
{
    private const int LongestName = 200;

    /// <summary>Whether a value is text and no name of a variable.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">Where the name of the setting begins.</param>
    /// <param name="at">Where the value begins.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="isOfPair">Whether the name only says that a value follows, so that any word may.</param>
    public static bool IsText(ReadOnlySpan<byte> text, int name, int at, int length, bool isOfPair)
    {
        if (!IsVariableOfCommand(text, name, at) && !(BeginsLine(text, name) && EndsLine(text, at + length)))
        {
            return false;
        }

        ReadOnlySpan<byte> value = text.Slice(at, length);
        bool isSpaced = at > 1 && TokenCharacters.IsSpace(text[at - 1]) && text[at - 2] == (byte)'=';
        int classes = 0;
        bool hasSign = false, isPath = TokenCharacters.ClassOf(value[0]) is 1 or 2;
        foreach (byte character in value)
        {
            int kind = TokenCharacters.ClassOf(character);
            classes |= kind is 1 or 2 or 3 ? 1 << kind : 0;
            hasSign |= !TokenCharacters.IsWord(character) && character != (byte)'.';
            isPath &= TokenCharacters.IsWord(character) || character == (byte)'.';
        }

        if (isPath && value.IndexOf((byte)'.') >= 0)
        {
            return false;
        }

        const int Digit = 1 << 3, All = 0b1110;
        return hasSign || (isSpaced ? classes == All : isOfPair || (classes & Digit) != 0);
    }

    /// <summary><c>PGPASSWORD=… psql -h …</c>: a variable that a shell gives to one command.</summary>
    private static bool IsVariableOfCommand(ReadOnlySpan<byte> text, int name, int at)
    {
        if (text[at - 1] != (byte)'=')
        {
            return false;
        }

        foreach (byte value in text.Slice(name, at - 1 - name))
        {
            if (!TokenCharacters.IsWord(value) || TokenCharacters.ClassOf(value) == 2)
            {
                return false;
            }
        }

        return name == 0 || TokenCharacters.IsSpace(text[name - 1]) || TokenCharacters.IsLineEnd(text[name - 1])
            || text[name - 1] is (byte)'"' or (byte)'\'' or (byte)'(' or (byte)'`';
    }

    private static bool BeginsLine(ReadOnlySpan<byte> text, int name)
    {
        int start = name;
        // "spring.datasource.password": the name of a property has several words.
        while (start > 1 && name - start < LongestName && text[start - 1] == (byte)'.' && TokenCharacters.IsWord(text[start - 2]))
        {
            start--;
            while (start > 0 && name - start < LongestName && (TokenCharacters.IsWord(text[start - 1]) || text[start - 1] == (byte)'-'))
            {
                start--;
            }
        }

        while (start > 0 && (TokenCharacters.IsSpace(text[start - 1]) || text[start - 1] == (byte)'-'))
        {
            start--;
        }

        return start == 0 || TokenCharacters.IsLineEnd(text[start - 1]) || text.Slice(0, start).EndsWith("export"u8) || text.Slice(0, start).EndsWith("ENV"u8);
    }

    private static bool EndsLine(ReadOnlySpan<byte> text, int at)
    {
        // The last line of a string that began lines before, as YAML and verbatim strings have them.
        for (bool isClosed = false; at < text.Length && (isClosed ? text[at] is (byte)';' or (byte)',' or (byte)')'
            : text[at] is (byte)'"' or (byte)'\''); isClosed = true)
        {
            at++;
        }

        while (at < text.Length && (TokenCharacters.IsSpace(text[at]) || text[at] == (byte)'\r'))
        {
            at++;
        }

        return at == text.Length || text[at] is (byte)'\n' or (byte)'#';
    }
}
