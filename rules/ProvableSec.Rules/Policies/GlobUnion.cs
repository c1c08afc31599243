using System.Text;

namespace ProvableSec.Rules.Policies;

/// <summary>Whether patterns together take every text that another pattern takes: decided exactly, over the states that they can be in together.</summary>
internal sealed class GlobUnion
{
    /// <summary>Stands for all characters that no pattern names.</summary>
    private const char Other = '\u0001';

    private readonly string format;
    private readonly string[] patterns;
    private readonly char[] alphabet;
    private readonly CheckBudget budget;
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Stack<KeyValuePair<int, bool[][]>> open = new();

    private GlobUnion(string format, string[] patterns, CheckBudget budget)
    {
        this.format = format;
        this.patterns = patterns;
        this.budget = budget;
        alphabet = [.. patterns.Append(format).SelectMany(text => text).Where(c => c is not ('*' or '?')).Append(Other).Distinct()];
    }

    /// <summary>True when each text of the format is one of some pattern. Case matters; what is not known of a pattern matches nothing.</summary>
    /// <param name="format">With <c>*</c> and <c>?</c>.</param>
    /// <param name="patterns">With the same.</param>
    /// <param name="budget">Pays for the search.</param>
    public static bool Covers(string format, IEnumerable<string> patterns, CheckBudget budget)
    {
        // Texts of characters that no pattern names are the hardest ones; only who covers these is worth the search.
        string generic = format.Replace('*', Other).Replace('?', Other);
        if (!patterns.Any(pattern => GlobText.Covers(pattern, generic, foldCase: false)))
        {
            return false;
        }

        string[] near = [.. patterns.Where(pattern => GlobText.Overlap(pattern, format))];
        if (!near.Any(pattern => GlobText.Covers(pattern, generic, foldCase: false, budget)))
        {
            return false;
        }

        return near.Any(pattern => GlobText.Covers(pattern, format, foldCase: false, budget)) || new GlobUnion(format, near, budget).Holds();
    }

    private bool Holds()
    {
        Visit(0, [.. patterns.Select(pattern => Spread(pattern, First(pattern)))]);
        while (open.Count > 0)
        {
            KeyValuePair<int, bool[][]> state = open.Pop();
            int at = state.Key;
            if (at == format.Length)
            {
                if (!state.Value.Any(places => places[places.Length - 1]))
                {
                    return false;
                }

                continue;
            }

            if (format[at] == '*')
            {
                Visit(at + 1, state.Value);
            }

            foreach (char next in format[at] is '*' or '?' ? alphabet : [format[at]])
            {
                Visit(format[at] == '*' ? at : at + 1, [.. state.Value.Select((places, i) => Step(patterns[i], places, next))]);
            }
        }

        return true;
    }

    private void Visit(int at, bool[][] places)
    {
        var key = new StringBuilder().Append(at);
        foreach (bool[] row in places)
        {
            key.Append('|');
            foreach (bool isThere in row)
            {
                key.Append(isThere ? '1' : '0');
            }
        }

        budget.Spend(key.Length);
        if (seen.Add(key.ToString()))
        {
            open.Push(new KeyValuePair<int, bool[][]>(at, places));
        }
    }

    private static bool[] First(string pattern)
    {
        var row = new bool[pattern.Length + 1];
        row[0] = true;
        return row;
    }

    private static bool[] Step(string pattern, bool[] places, char next)
    {
        var row = new bool[places.Length];
        for (int i = 0; i < pattern.Length; i++)
        {
            if (places[i] && pattern[i] == '*')
            {
                row[i] = true;
            }
            else if (places[i] && (pattern[i] == '?' || pattern[i] == next))
            {
                row[i + 1] = true;
            }
        }

        return Spread(pattern, row);
    }

    /// <summary>A star may stand for nothing.</summary>
    private static bool[] Spread(string pattern, bool[] row)
    {
        for (int i = 0; i < pattern.Length; i++)
        {
            row[i + 1] |= row[i] && pattern[i] == '*';
        }

        return row;
    }
}
