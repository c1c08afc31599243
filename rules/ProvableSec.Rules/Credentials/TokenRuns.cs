namespace ProvableSec.Rules.Credentials;

/// <summary>
/// Finds the maximal stretches of at least <see cref="Shortest"/> token characters. Every credential with a format of its own lies in one, so
/// the rest of a text is never looked at twice: a window whose last character is no token character is skipped whole, as Boyer and Moore do.
/// </summary>
internal ref struct TokenRuns(ReadOnlySpan<byte> text)
{
    /// <summary>The length of an access key ID.</summary>
    public const int Shortest = 20;

    private readonly ReadOnlySpan<byte> text = text;
    private int from;

    /// <summary>The first character of the current run.</summary>
    public int Start { get; private set; }

    /// <summary>The place behind the current run.</summary>
    public int End { get; private set; }

    /// <summary>Goes to the next run.</summary>
    public bool Next()
    {
        // Invariant: no run of the right length starts before "start", and everything in start..known is a token character.
        int start = from, known = from - 1, last = start + Shortest - 1;
        while (last < text.Length)
        {
            int at = last;
            while (at > known && TokenCharacters.IsToken(text[at]))
            {
                at--;
            }

            if (at > known)
            {
                known = last;
                start = at + 1;
                last = at + Shortest;
                continue;
            }

            int end = last + 1;
            while (end < text.Length && TokenCharacters.IsToken(text[end]))
            {
                end++;
            }

            Start = start;
            End = end;
            from = end + 1;
            return true;
        }

        return false;
    }
}
