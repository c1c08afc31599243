namespace ProvableSec.Reasoning.Values;

/// <summary>Characters that nothing in a question names; letters first, since people read the witnesses.</summary>
internal static class FreshCharacter
{
    public static char Unlike(CharacterSet used)
    {
        foreach (char c in "xyzwvkjqhgunmtsrpolifedcba_-XYZWVKJQHGUNMTSRPOLIFEDCBA0123456789@+=,.~^!")
        {
            if (!used.Contains(c) && !used.Contains(char.ToUpperInvariant(c)) && !used.Contains(char.ToLowerInvariant(c)))
            {
                return c;
            }
        }

        // Characters without case, so that folding cannot bring them back to a named one.
        char fresh = '\u0E01';
        while (used.Contains(fresh))
        {
            fresh++;
        }

        return fresh;
    }

    /// <summary>A digit that nothing names, or NUL when all ten are named.</summary>
    public static char DigitUnlike(CharacterSet used)
    {
        foreach (char c in "1234567890")
        {
            if (!used.Contains(c))
            {
                return c;
            }
        }

        return '\0';
    }
}
