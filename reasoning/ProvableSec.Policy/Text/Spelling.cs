namespace ProvableSec.Policy.Text;

/// <summary>Finds the word someone most likely meant.</summary>
internal static class Spelling
{
    /// <summary>
    /// The known word nearest to a misspelled one: case aside, at most two letters added, dropped or replaced
    /// (one where the known word has fewer than five letters, or nearly every short word would do). Null when none is near.
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        string? nearest = null;
        int least = int.MaxValue;
        foreach (string candidate in known)
        {
            int allowed = Math.Min(candidate.Length < 5 ? 1 : 2, least - 1);
            int distance = Distance(word, candidate, allowed);
            if (distance <= allowed)
            {
                nearest = candidate;
                least = distance;
            }
        }

        return nearest;
    }

    /// <summary>A known word that is one edit away, case aside: a letter added, dropped or replaced, or two neighbors swapped. Null when there is
    /// none.</summary>
    public static string? OneEditAway(string word, IEnumerable<string> known) => known.FirstOrDefault(candidate => IsOneEdit(word, candidate));

    private static bool IsOneEdit(string a, string b)
    {
        int least = Math.Min(a.Length, b.Length), before = 0, after = 0;
        while (before < least && Same(a[before], b[before]))
        {
            before++;
        }

        while (after < least - before && Same(a[a.Length - 1 - after], b[b.Length - 1 - after]))
        {
            after++;
        }

        return (a.Length - before - after, b.Length - before - after) switch
        {
            (0, 1) or (1, 0) or (1, 1) => true,
            (2, 2) => Same(a[before], b[before + 1]) && Same(a[before + 1], b[before]),
            _ => false,
        };
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);

    /// <summary>
    /// Levenshtein distance without regard to case, as far as it is at most <paramref name="most"/>, which is 2 or less; else some greater number. Nothing is
    /// kept of it:
    /// the words of a policy may be as many as the known ones.
    /// </summary>
    private static int Distance(string a, string b, int most)
    {
        if (most < 0 || Math.Abs(a.Length - b.Length) > most)
        {
            return most + 1;
        }

        return Edits(a, 0, b, 0, most);
    }

    /// <summary>The edits that what is left of two words needs: where they differ, a letter is replaced, dropped or added.</summary>
    private static int Edits(string a, int i, string b, int j, int most)
    {
        while (i < a.Length && j < b.Length && Same(a[i], b[j]))
        {
            i++;
            j++;
        }

        int rest = Math.Max(a.Length - i, b.Length - j);
        if (rest == 0 || most <= 0)
        {
            return rest == 0 ? 0 : most + 1;
        }

        int least = i < a.Length && j < b.Length ? Edits(a, i + 1, b, j + 1, most - 1) : most;
        least = i < a.Length ? Math.Min(least, Edits(a, i + 1, b, j, Math.Min(most, least) - 1)) : least;
        least = j < b.Length ? Math.Min(least, Edits(a, i, b, j + 1, Math.Min(most, least) - 1)) : least;
        return least + 1;
    }
}
