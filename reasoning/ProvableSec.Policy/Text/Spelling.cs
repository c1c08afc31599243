namespace ProvableSec.Policy.Text;

/// <summary>Finds the word someone most likely meant.</summary>
public static class Spelling
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
            int allowed = candidate.Length < 5 ? 1 : 2;
            int distance = Distance(word, candidate, allowed);
            if (distance <= allowed && distance < least)
            {
                nearest = candidate;
                least = distance;
            }
        }

        return nearest;
    }

    /// <summary>A known word that is one edit away, case aside: a letter added, dropped or replaced, or two neighbors swapped. Null when there is none.</summary>
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

    /// <summary>Levenshtein distance without regard to case; more than <paramref name="most"/> when the lengths alone exclude less.</summary>
    private static int Distance(string a, string b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most)
        {
            return most + 1;
        }

        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (Same(a[i - 1], b[j - 1]) ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
