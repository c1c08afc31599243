namespace ProvableSec.Reasoning.Values;

/// <summary>The characters that are one where case is ignored: all that have the same lower case. Mostly two; the Kelvin sign is a third k.</summary>
internal static class FoldedCharacters
{
    private static readonly Lazy<Dictionary<char, char[]>> ByLower = new(Group);

    /// <summary>All characters with this lower case.</summary>
    public static char[] Of(char lower) => ByLower.Value.TryGetValue(lower, out char[]? all) ? all : [lower];

    private static Dictionary<char, char[]> Group()
    {
        var groups = new Dictionary<char, List<char>>();
        for (int c = 0; c <= char.MaxValue; c++)
        {
            char lower = char.ToLowerInvariant((char)c);
            if (lower != c)
            {
                if (!groups.TryGetValue(lower, out List<char>? group))
                {
                    groups.Add(lower, group = [lower]);
                }

                group.Add((char)c);
            }
        }

        return groups.ToDictionary(g => g.Key, g => g.Value.ToArray());
    }
}
