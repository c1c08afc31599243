namespace ProvableSec.Reasoning.Values;

/// <summary>A string that a pattern takes, made by filling each star in the same way: of most patterns one tells what is true of all their strings.</summary>
internal static class PatternInstance
{
    /// <summary>The pattern with each star replaced by some fillings, by one character that it does not name first.</summary>
    public static string[] All(CharPattern pattern) => pattern.Instances ??= All(pattern, Fresh(pattern));

    /// <summary>The same, of a character that is given.</summary>
    public static string[] All(CharPattern pattern, char fresh) =>
        [Of(pattern, fresh.ToString(), fresh), Of(pattern, "", fresh), Of(pattern, new string(fresh, 3), fresh), Of(pattern, fresh + ":" + fresh, fresh)];

    /// <summary>The pattern with each star replaced by one filling, which is the fresh character where the star does not take it.</summary>
    public static string Of(CharPattern pattern, string filling, char fresh)
    {
        var text = new System.Text.StringBuilder(pattern.Length + filling.Length);
        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern.KindAt(i))
            {
                case PlaceKind.Exact or PlaceKind.Folded:
                    text.Append(pattern.CharAt(i));
                    break;
                case PlaceKind.One or PlaceKind.OneInField:
                    text.Append(fresh);
                    break;
                case PlaceKind.OneDigit:
                    text.Append('1');
                    break;
                case PlaceKind.StarInField when filling.IndexOf(':') >= 0:
                    text.Append(fresh);
                    break;
                default:
                    text.Append(filling);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>Unlike the patterns' own characters, which is enough for a good guess; the product search does not guess.</summary>
    public static char Fresh(params IReadOnlyList<CharPattern> patterns)
    {
        var used = new CharacterSet();
        foreach (CharPattern pattern in patterns)
        {
            used.Add(pattern);
        }

        return FreshCharacter.Unlike(used);
    }
}
