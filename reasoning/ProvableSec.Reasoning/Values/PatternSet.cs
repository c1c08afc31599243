using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>A union of patterns: the values of a condition, the actions of a statement. Literals are found by hash. Immutable.</summary>
internal sealed class PatternSet
{
    // Most patterns are told from a text by their beginning.
    private const int WorkOfPattern = 4;

    private readonly HashSet<string> literals = new(StringComparer.Ordinal);
    private readonly HashSet<string> wildIdentities = new(StringComparer.Ordinal);
    private readonly List<CharPattern> wild = [];

    public PatternSet(IEnumerable<CharPattern> patterns)
    {
        foreach (CharPattern pattern in patterns)
        {
            if (pattern.Literal is { } literal)
            {
                literals.Add(literal);
            }
            else if (wildIdentities.Add(pattern.Identity))
            {
                wild.Add(pattern);
                IsEverything |= pattern.IsEverything;
            }
        }

        string[] sorted = [.. literals];
        Array.Sort(sorted, StringComparer.Ordinal);
        Literals = sorted;
        wild.Sort((a, b) => string.CompareOrdinal(a.Identity, b.Identity));
    }

    /// <summary>The strings it names outright, sorted.</summary>
    public IReadOnlyList<string> Literals { get; }

    /// <summary>The patterns with wildcards, sorted.</summary>
    public IReadOnlyList<CharPattern> Wild => wild;

    /// <summary>True when one of its patterns takes every string.</summary>
    public bool IsEverything { get; }

    /// <summary>Number of patterns.</summary>
    public int Count => Literals.Count + wild.Count;

    public bool HasLiteral(string text) => literals.Contains(text);

    public bool HasWild(CharPattern pattern) => wildIdentities.Contains(pattern.Identity);

    /// <summary>Whether one of the patterns takes a string.</summary>
    /// <param name="text">The string.</param>
    /// <param name="budget">Pays for the work, where somebody counts it.</param>
    public bool Contains(string text, Budget? budget = null)
    {
        if (IsEverything || literals.Contains(text))
        {
            return true;
        }

        budget?.SpendWork(WorkOfPattern * wild.Count);
        foreach (CharPattern pattern in wild)
        {
            if (pattern.Matches(text, budget))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A text that is equal for equal sets.</summary>
    public string Identity
    {
        get
        {
            var text = new System.Text.StringBuilder();
            foreach (string literal in Literals)
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
    }
}
