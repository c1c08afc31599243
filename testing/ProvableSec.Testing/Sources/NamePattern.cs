using ProvableSec.Policy.Text;

namespace ProvableSec.Testing.Sources;

/// <summary>Names as tests write them: with wildcards, and misspelled.</summary>
internal static class NamePattern
{
    private const int MostListed = 10;

    /// <summary>Whether a name matches a pattern with <c>*</c> and <c>?</c>, in any case.</summary>
    public static bool Matches(string pattern, string name)
    {
        int p = 0, n = 0, star = -1, from = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                from = n;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || char.ToUpperInvariant(pattern[p]) == char.ToUpperInvariant(name[n])))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++from;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    /// <summary>What has a name, or the name and the eight digits that the CDK puts behind it.</summary>
    /// <exception cref="PolicySourceException">Nothing has it.</exception>
    public static T Find<T>(string name, IEnumerable<(string Name, T Value)> all, string where)
    {
        List<(string Name, T Value)> known = [.. all];
        List<(string Name, T Value)> found = known.FindAll(one => one.Name == name);
        if (found.Count == 0)
        {
            found = known.FindAll(one => one.Name.Length == name.Length + 8 && one.Name.StartsWith(name, StringComparison.Ordinal)
                && one.Name.Skip(name.Length).All(c => c is (>= '0' and <= '9') or (>= 'A' and <= 'F')));
        }

        if (found.Count == 1)
        {
            return found[0].Value;
        }

        string[] names = [.. known.Select(one => one.Name).Distinct()];
        string? meant = found.Count > 1 ? null : Spelling.Nearest(name, names)
            ?? names.FirstOrDefault(n => n.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0
                || (n.Length > 2 && name.IndexOf(n, StringComparison.OrdinalIgnoreCase) >= 0));
        string listed = string.Join(", ", names.Take(MostListed)) + (names.Length > MostListed ? $" and {names.Length - MostListed} more" : "");
        throw new PolicySourceException(found.Count > 1 ? $"{where}: there are several \"{name}\": {string.Join(", ", found.Select(f => f.Name))}"
            : $"{where}: there is no \"{name}\"; {(meant is not null ? $"did you mean \"{meant}\"? " : "")}"
                + $"{(names.Length == 0 ? "there are none at all" : $"there are {listed}")}");
    }
}
