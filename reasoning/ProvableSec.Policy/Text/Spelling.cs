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
                bool same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
