using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>A union of patterns: the values of a condition, the actions of a statement. Immutable.</summary>
internal sealed class PatternSet : IEquatable<PatternSet>
{
    // Most patterns are told from a text by their beginning.
    private const int WorkOfPattern = 4;

    /// <summary>So many members are compared one by one in the time in which a table finds one.</summary>
    private const int MostCompared = 6;

    private readonly string[] literals;
    private readonly CharPattern[] wild;
    private readonly HashSet<string>? literalTable;
    private readonly HashSet<CharPattern>? wildTable;
    private int hash;
    private string? identity;

    public PatternSet(IEnumerable<CharPattern> patterns)
    {
        var named = new List<string>();
        var open = new List<CharPattern>();
        foreach (CharPattern pattern in patterns)
        {
            if (pattern.Literal is { } literal)
            {
                named.Add(literal);
            }
            else
            {
                open.Add(pattern);
                IsEverything |= pattern.IsEverything;
            }
        }

        named.Sort(StringComparer.Ordinal);
        open.Sort();
        literals = Distinct(named);
        wild = Distinct(open);
        literalTable = literals.Length > MostCompared ? new HashSet<string>(literals, StringComparer.Ordinal) : null;
        wildTable = wild.Length > MostCompared ? [.. wild] : null;
    }

    /// <summary>The set of one pattern.</summary>
    public PatternSet(CharPattern pattern)
    {
        literals = pattern.Literal is { } literal ? [literal] : [];
        wild = pattern.Literal is null ? [pattern] : [];
        IsEverything = pattern.IsEverything;
    }

    /// <summary>The set of one string.</summary>
    public PatternSet(string literal)
    {
        literals = [literal];
        wild = [];
    }

    /// <summary>The strings it names outright, sorted.</summary>
    public IReadOnlyList<string> Literals => literals;

    /// <summary>The patterns with wildcards, sorted.</summary>
    public IReadOnlyList<CharPattern> Wild => wild;

    /// <summary>True when one of its patterns takes every string.</summary>
    public bool IsEverything { get; }

    /// <summary>Number of patterns.</summary>
    public int Count => literals.Length + wild.Length;

    /// <summary>Whether it names a string outright.</summary>
    public bool HasLiteral(string text)
    {
        if (literalTable is not null)
        {
            return literalTable.Contains(text);
        }

        foreach (string literal in literals)
        {
            if (literal == text)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a pattern with wildcards is one of its own.</summary>
    public bool HasWild(CharPattern pattern)
    {
        if (wildTable is not null)
        {
            return wildTable.Contains(pattern);
        }

        foreach (CharPattern one in wild)
        {
            if (one.Equals(pattern))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one of the patterns takes a string.</summary>
    /// <param name="text">The string.</param>
    /// <param name="budget">Pays for the work, where somebody counts it.</param>
    public bool Contains(string text, Budget? budget = null)
    {
        if (IsEverything || HasLiteral(text))
        {
            return true;
        }

        budget?.SpendWork(WorkOfPattern * wild.Length);
        foreach (CharPattern pattern in wild)
        {
            if (pattern.Matches(text, budget))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public bool Equals(PatternSet? other) => ReferenceEquals(this, other)
        || (other is not null && GetHashCode() == other.GetHashCode() && literals.AsSpan().SequenceEqual(other.literals)
            && wild.AsSpan().SequenceEqual(other.wild));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PatternSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (hash == 0)
        {
            int made = literals.Length;
            foreach (string literal in literals)
            {
                made = unchecked((made * 31) + StringComparer.Ordinal.GetHashCode(literal));
            }

            foreach (CharPattern pattern in wild)
            {
                made = unchecked((made * 31) + pattern.GetHashCode());
            }

            hash = made == 0 ? 1 : made;
        }

        return hash;
    }

    /// <summary>A text that is equal for equal sets.</summary>
    public string Identity => identity ??= MakeIdentity();

    private string MakeIdentity()
    {
        var text = new System.Text.StringBuilder();
        foreach (string literal in literals)
        {
            text.Append(literal.Length).Append(':').Append(literal);
        }

        text.Append('|');
        foreach (CharPattern pattern in wild)
        {
            text.Append(pattern.Identity.Length).Append(':').Append(pattern.Identity);
        }

        return text.ToString();
    }

    /// <summary>What is sorted, once each.</summary>
    private static T[] Distinct<T>(List<T> sorted)
        where T : IEquatable<T>
    {
        int kept = 0;
        for (int i = 0; i < sorted.Count; i++)
        {
            if (kept == 0 || !sorted[i].Equals(sorted[kept - 1]))
            {
                sorted[kept++] = sorted[i];
            }
        }

        sorted.RemoveRange(kept, sorted.Count - kept);
        return [.. sorted];
    }
}
