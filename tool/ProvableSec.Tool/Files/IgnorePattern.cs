namespace ProvableSec.Tool.Files;

/// <summary>One line of a <c>.gitignore</c> (gitignore(5)).</summary>
internal sealed class IgnorePattern
{
    private readonly string[] steps;
    private readonly bool anywhere;

    private IgnorePattern(string[] steps, bool anywhere, bool negated, bool folders)
    {
        this.steps = steps;
        this.anywhere = anywhere;
        IsNegated = negated;
        FoldersOnly = folders;
    }

    /// <summary><c>!pattern</c>: not ignored after all.</summary>
    public bool IsNegated { get; }

    /// <summary><c>pattern/</c>.</summary>
    public bool FoldersOnly { get; }

    /// <summary>Reads a line; null for a comment or nothing.</summary>
    public static IgnorePattern? Read(string line)
    {
        line = line.TrimEnd('\r');
        string pattern = line.EndsWith("\\ ", StringComparison.Ordinal) ? line : line.TrimEnd(' ');
        if (pattern.Length == 0 || pattern[0] == '#')
        {
            return null;
        }

        bool negated = pattern[0] == '!';
        pattern = negated ? pattern[1..] : pattern;
        bool folders = pattern.EndsWith('/');
        pattern = folders ? pattern[..^1] : pattern;
        bool anywhere = !pattern.Contains('/');
        string[] steps = pattern.TrimStart('/').Split('/');
        return pattern.Length == 0 ? null : new IgnorePattern(steps, anywhere, negated, folders);
    }

    /// <summary>Whether a path, relative to the folder of the file that has the pattern, matches.</summary>
    public bool Matches(ReadOnlySpan<char> path, bool isFolder)
    {
        if (FoldersOnly && !isFolder)
        {
            return false;
        }

        return anywhere ? MatchesName(steps[0], path[(path.LastIndexOf('/') + 1)..]) : MatchesPath(steps, path);
    }

    /// <summary>Name by name; which steps a beginning of the path has used up is kept, so that the cost is the product of both numbers of names at
    /// most.</summary>
    private static bool MatchesPath(string[] steps, ReadOnlySpan<char> path)
    {
        Span<bool> used = steps.Length < 128 ? stackalloc bool[steps.Length + 1] : new bool[steps.Length + 1];
        used.Clear();
        used[0] = true;
        Skip(steps, used);
        while (true)
        {
            int slash = path.IndexOf('/');
            ReadOnlySpan<char> name = slash < 0 ? path : path[..slash];
            used[steps.Length] = false;
            for (int i = steps.Length - 1; i >= 0; i--)
            {
                // "**" takes this name and may take more; any other step takes this name and is done.
                used[i + 1] |= used[i] && (steps[i] == "**" || MatchesName(steps[i], name));
                used[i] &= steps[i] == "**";
            }

            if (slash < 0)
            {
                return used[steps.Length];
            }

            Skip(steps, used);
            path = path[(slash + 1)..];
        }
    }

    /// <summary>"**" stands for no name as well, but at the end, where it stands for what is below a folder.</summary>
    private static void Skip(string[] steps, Span<bool> used)
    {
        for (int i = 0; i + 1 < steps.Length; i++)
        {
            used[i + 1] |= used[i] && steps[i] == "**";
        }
    }

    /// <summary>Wildcards within a name; a star that fails is tried one further, so that the cost is the product of the lengths at most.</summary>
    private static bool MatchesName(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0, star = -1, resume = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = n;
            }
            else if (p < pattern.Length && MatchesCharacter(pattern, p, name[n], out int next))
            {
                p = next;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++resume;
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

    private static bool MatchesCharacter(ReadOnlySpan<char> pattern, int at, char value, out int next)
    {
        next = at + 1;
        switch (pattern[at])
        {
            case '?':
                return true;
            case '\\' when at + 1 < pattern.Length:
                next = at + 2;
                return pattern[at + 1] == value;
            case '[' when pattern[(at + 2 > pattern.Length ? at : at + 2)..].IndexOf(']') is >= 0 and var close:
                next = at + 2 + close + 1;
                return MatchesSet(pattern[(at + 1)..(next - 1)], value);
            default:
                return pattern[at] == value;
        }
    }

    private static bool MatchesSet(ReadOnlySpan<char> set, char value)
    {
        bool negated = set[0] is '!' or '^';
        bool found = false;
        for (int i = negated ? 1 : 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                found |= value >= set[i] && value <= set[i + 2];
                i += 2;
            }
            else
            {
                found |= set[i] == value;
            }
        }

        return found != negated;
    }
}
