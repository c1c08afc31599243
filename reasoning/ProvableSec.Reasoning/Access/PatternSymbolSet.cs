using System.Collections.Immutable;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Access;

/// <summary>
/// The patterns of one list, read once: names are found by their text, so that two lists of thousands of names are compared in the time of reading them.
/// </summary>
internal sealed class PatternSymbolSet
{
    // Those without wildcards and variables, found by their text, and in order for whoever looks for those that begin alike.
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly List<PatternSymbols> others = [];
    private (string Text, PatternSymbols Symbols)[]? inOrder;

    private PatternSymbolSet(ImmutableArray<PolicyPattern> patterns, Func<PolicyPattern, PatternSymbols> read)
    {
        Patterns = patterns;
        All = [.. patterns.Select(read)];
        foreach (PatternSymbols symbols in All)
        {
            if (symbols.IsPlain)
            {
                names.Add(symbols.Prefix);
            }
            else
            {
                others.Add(symbols);
            }
        }
    }

    /// <summary>Actions.</summary>
    public static PatternSymbolSet OfActions(ImmutableArray<PolicyPattern> patterns) => new(patterns, PatternSymbols.OfAction);

    /// <summary>Resources.</summary>
    public static PatternSymbolSet OfResources(ImmutableArray<PolicyPattern> patterns) => new(patterns, PatternSymbols.OfResource);

    /// <summary>The patterns that were read.</summary>
    public ImmutableArray<PolicyPattern> Patterns { get; }

    /// <summary>As which they were read, in the same order.</summary>
    public PatternSymbols[] All { get; }

    /// <summary>Whether one of the patterns takes all that a pattern takes.</summary>
    public bool Covers(PatternSymbols one) => (one.IsPlain && names.Contains(one.Prefix)) || others.Exists(other => other.Covers(one));

    /// <summary>Whether each pattern of another list is taken by one of these.</summary>
    public bool CoversAll(PatternSymbolSet list) => Array.TrueForAll(list.All, Covers);

    /// <summary>Whether one of the patterns may take something that a pattern takes.</summary>
    public bool MayMeet(PatternSymbols one) => (one.IsPlain ? names.Contains(one.Prefix) : MayMeetName(one)) || others.Exists(other => other.MayMeet(one));

    /// <summary>Whether one of the patterns may take something that one of another list takes.</summary>
    public bool MayMeetAny(PatternSymbolSet list) => Array.Exists(list.All, MayMeet);

    private bool MayMeetName(PatternSymbols one)
    {
        inOrder ??= [.. All.Where(s => s.IsPlain).Select(s => (s.Prefix, s)).OrderBy(s => s.Prefix, StringComparer.Ordinal)];
        int low = 0, high = inOrder.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (string.CompareOrdinal(inOrder[middle].Text, one.Prefix) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        for (; low < inOrder.Length && inOrder[low].Text.StartsWith(one.Prefix, StringComparison.Ordinal); low++)
        {
            if (inOrder[low].Symbols.MayMeet(one))
            {
                return true;
            }
        }

        return false;
    }
}
