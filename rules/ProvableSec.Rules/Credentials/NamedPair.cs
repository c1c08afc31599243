namespace ProvableSec.Rules.Credentials;

/// <summary>
/// A name and its value as members of one object, element or list entry, in any order: <c>{"name": "X", "value": "…"}</c> of ECS, Kubernetes and Terraform,
/// <c>ParameterKey</c> and <c>ParameterValue</c> of CloudFormation, <c>&lt;add key="X" value="…"/&gt;</c> of .NET.
/// </summary>
internal static class NamedPair
{
    private const int ReachBefore = 400, ReachBehind = 300, MostLines = 6;

    /// <summary>How members that hold the value are called, in lower case.</summary>
    private static readonly string[] ValueNames = ["value", "parametervalue", "paramvalue", "optionvalue", "default", "stringvalue", "string"];

    private static readonly string[] NameNames = ["name", "key", "parameterkey", "parametername", "paramname", "optionname", "variable", "env", "id"];

    /// <summary>Whether a value has a name that says only that it is one.</summary>
    public static bool IsValue(ReadOnlySpan<byte> text, int start)
    {
        (int from, int to) = NameBefore(text, start);
        return to > from && IsOneOf(text.Slice(from, to - from), ValueNames);
    }

    /// <summary>What belongs together around a place: up to braces, an empty line, the beginning of a list entry, or the end of an element.</summary>
    public static (int Start, int End) Around(ReadOnlySpan<byte> text, int start, int end)
    {
        int from = start, lines = 0;
        for (; from > 0 && start - from < ReachBefore; from--)
        {
            byte value = text[from - 1];
            if (value is (byte)'{' or (byte)'}' || (value == (byte)'\n' && (++lines > MostLines || IsEntry(text, from) || IsEmptyLine(text, from)))
                || EndsElement(text, from - 1))
            {
                break;
            }
        }

        int to = end;
        for (lines = 0; to < text.Length && to - end < ReachBehind; to++)
        {
            byte value = text[to];
            if (value is (byte)'{' or (byte)'}' || (value == (byte)'\n' && (++lines > MostLines || IsEntry(text, to + 1) || IsEmptyLine(text, to + 1)))
                || (to > end && EndsElement(text, to)))
            {
                break;
            }
        }

        return (from, to);
    }

    /// <summary>Finds the value that belongs to a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The name's first character.</param>
    /// <param name="end">The place behind its last.</param>
    /// <param name="at">Where the value begins.</param>
    /// <param name="length">How long it is.</param>
    public static bool HasValue(ReadOnlySpan<byte> text, int start, int end, out int at, out int length)
    {
        at = length = 0;
        (int from, int to) = NameBefore(text, start);
        if (!IsOneOf(text.Slice(from, to - from), NameNames))
        {
            return false;
        }

        (from, to) = Around(text, start, end);
        for (int i = from; i < to; i++)
        {
            if (i > 0 && TokenCharacters.IsWord(text[i - 1]))
            {
                continue;
            }

            int name = i;
            while (name < to && TokenCharacters.IsWord(text[name]))
            {
                name++;
            }

            if (name > i && IsOneOf(text.Slice(i, name - i), ValueNames) && SettingValue.TryRead(text, i, name, isOfPair: true, out at, out length))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The word before a value, which is its name unless something else stands between.</summary>
    public static (int Start, int End) NameBefore(ReadOnlySpan<byte> text, int start)
    {
        int end = start;
        while (end > 0 && start - end < 40 && !TokenCharacters.IsWord(text[end - 1]) && text[end - 1] is not ((byte)'{' or (byte)'}' or (byte)','))
        {
            end--;
        }

        int from = end;
        while (from > 0 && end - from < 40 && TokenCharacters.IsWord(text[from - 1]))
        {
            from--;
        }

        return (from, end);
    }

    private static bool IsOneOf(ReadOnlySpan<byte> name, string[] names)
    {
        foreach (string known in names)
        {
            if (known.Length == name.Length && IsSame(name, known))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSame(ReadOnlySpan<byte> name, string lower)
    {
        for (int i = 0; i < lower.Length; i++)
        {
            if (TokenCharacters.Lowered(name[i]) != lower[i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsEntry(ReadOnlySpan<byte> text, int line)
    {
        while (line < text.Length && TokenCharacters.IsSpace(text[line]))
        {
            line++;
        }

        return line + 1 < text.Length && text[line] == (byte)'-' && TokenCharacters.IsSpace(text[line + 1]);
    }

    private static bool IsEmptyLine(ReadOnlySpan<byte> text, int line)
    {
        while (line < text.Length && (TokenCharacters.IsSpace(text[line]) || text[line] == (byte)'\r'))
        {
            line++;
        }

        return line < text.Length && text[line] == (byte)'\n';
    }

    /// <summary><c>/&gt;</c>, or the closing tag of anything but a name.</summary>
    private static bool EndsElement(ReadOnlySpan<byte> text, int at) =>
        (text[at] == (byte)'>' && at > 0 && text[at - 1] == (byte)'/')
            || (text[at] == (byte)'<' && at + 2 < text.Length && text[at + 1] == (byte)'/' && !Ascii.StartsWithIgnoringCase(text.Slice(at + 2), "key"u8)
                && !Ascii.StartsWithIgnoringCase(text.Slice(at + 2), "name"u8)
            && !Ascii.StartsWithIgnoringCase(text.Slice(at + 2), "value"u8));
}
