using System.Collections.Immutable;
using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>A union of patterns: the values of a condition, the actions of a statement. Immutable.</summary>
internal sealed class PatternSet : IEquatable<PatternSet>
{
    // Most patterns are told from a text by their beginning.
    private const int WorkOfPattern = 4;

    /// <summary>So many members are compared one by one in the time in which a table finds one.</summary>
    private const int MostCompared = 6;

    private readonly ImmutableArray<string> literals;
    private readonly ImmutableArray<CharPattern> wild;

    // Made when first asked for: most sets are compared with few others. Two threads may make the same thing twice.
    private HashSet<string>? literalTable;
    private HashSet<CharPattern>? wildTable;
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

        literals = Distinct(named, StringComparer.Ordinal);
        wild = Distinct(open, Comparer<CharPattern>.Default);
    }

    /// <summary>The set of some strings and some patterns, each of which takes more than one string; both lists are reordered.</summary>
    public PatternSet(List<string> named, List<CharPattern> open)
    {
        literals = Distinct(named, StringComparer.Ordinal);
        wild = Distinct(open, Comparer<CharPattern>.Default);
        foreach (CharPattern pattern in wild)
        {
            IsEverything |= pattern.IsEverything;
        }
    }

    /// <summary>The set of one pattern.</summary>
    public PatternSet(CharPattern pattern)
    {
        literals = pattern.Literal is { } literal ? ImmutableArray.Create(literal) : ImmutableArray<string>.Empty;
        wild = pattern.Literal is null ? ImmutableArray.Create(pattern) : ImmutableArray<CharPattern>.Empty;
        IsEverything = pattern.IsEverything;
    }

    /// <summary>The set of one string.</summary>
    public PatternSet(string literal)
    {
        literals = ImmutableArray.Create(literal);
        wild = ImmutableArray<CharPattern>.Empty;
    }

    /// <summary>The strings it names outright, sorted.</summary>
    public ImmutableArray<string> Literals => literals;

    /// <summary>The patterns with wildcards, sorted.</summary>
    public ImmutableArray<CharPattern> Wild => wild;

    /// <summary>True when one of its patterns takes every string.</summary>
    public bool IsEverything { get; }

    /// <summary>Number of patterns.</summary>
    public int Count => literals.Length + wild.Length;

    /// <summary>Whether it names a string outright.</summary>
    public bool HasLiteral(string text)
    {
        if (literals.Length > MostCompared)
        {
            return (literalTable ??= new HashSet<string>(literals, StringComparer.Ordinal)).Contains(text);
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
        if (wild.Length > MostCompared)
        {
            return (wildTable ??= [.. wild]).Contains(pattern);
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
        || (other is not null && GetHashCode() == other.GetHashCode() && literals.AsSpan().SequenceEqual(other.literals.AsSpan())
            && wild.AsSpan().SequenceEqual(other.wild.AsSpan()));

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

    /// <summary>What is in a list, sorted, once each.</summary>
    private static ImmutableArray<T> Distinct<T>(List<T> sorted, IComparer<T> order)
        where T : IEquatable<T>
    {
        sorted.Sort(order);
        int kept = 0;
        for (int i = 0; i < sorted.Count; i++)
        {
            if (kept == 0 || !sorted[i].Equals(sorted[kept - 1]))
            {
                sorted[kept++] = sorted[i];
            }
        }

        sorted.RemoveRange(kept, sorted.Count - kept);
        return sorted.ToImmutableArray();
    }
}
