namespace ProvableSec.Reasoning.Values;

/// <summary>Characters that patterns name; nearly all of them are ASCII.</summary>
internal sealed class CharacterSet
{
    private ulong low, high;
    private HashSet<char>? others;

    public void Add(char c)
    {
        if (c < 64)
        {
            low |= 1UL << c;
        }
        else if (c < 128)
        {
            high |= 1UL << (c - 64);
        }
        else
        {
            (others ??= []).Add(c);
        }
    }

    /// <summary>Adds what a pattern names, in either case where it folds.</summary>
    public void Add(CharPattern pattern)
    {
        for (int p = 0; p < pattern.Length; p++)
        {
            switch (pattern.KindAt(p))
            {
                case PlaceKind.Exact:
                    Add(pattern.CharAt(p));
                    break;
                case PlaceKind.Folded:
                    foreach (char c in FoldedCharacters.Of(pattern.CharAt(p)))
                    {
                        Add(c);
                    }

                    break;
            }
        }
    }

    public bool Contains(char c) => c < 64 ? (low >> c & 1) != 0
        : c < 128 ? (high >> (c - 64) & 1) != 0
        : others is not null && others.Contains(c);
}
