using ProvableSec.Policy;
using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>What a <see cref="ValueSearch"/> found.</summary>
internal enum ValueOutcome
{
    /// <summary>A value.</summary>
    Found,

    /// <summary>There is none; proved.</summary>
    None,

    /// <summary>None was found, but kinds of comparison are mixed in a way that is not searched exhaustively.</summary>
    Unknown,
}

/// <summary>Looks for one value in some sets and outside others, whatever kinds they are of.</summary>
internal static class ValueSearch
{
    /// <summary>Runs the search.</summary>
    /// <param name="inside">Sets the value must be in.</param>
    /// <param name="outside">Sets it must not be in.</param>
    /// <param name="readings">The reading of each disputed point.</param>
    /// <param name="budget">Pays for the work.</param>
    /// <param name="value">The value found.</param>
    /// <param name="blamed">When there is none: the indices of sets in <paramref name="outside"/> that, with those inside, suffice to exclude all.</param>
    public static ValueOutcome Find(
        IReadOnlyList<ValueSet> inside,
        IReadOnlyList<ValueSet> outside,
        Reading readings,
        Budget budget,
        out string? value,
        out HashSet<int> blamed)
    {
        blamed = [];
        bool text = true, typed = true;
        ValueKind? kind = null;
        foreach (ValueSet set in inside.Concat(outside))
        {
            text &= set.Kind == ValueKind.Text;
            typed &= set.Kind != ValueKind.Text && (kind is null || kind == set.Kind);
            if (set.Kind != ValueKind.Text)
            {
                kind ??= set.Kind;
            }
        }

        if (text)
        {
            value = PatternSearch.Find(Patterns(inside, readings), Patterns(outside, readings), blamed, budget);
            return value is null ? ValueOutcome.None : ValueOutcome.Found;
        }

        foreach (ValueSet set in inside)
        {
            // Strings named one by one, as a partial request names them, are tried one by one: that is exhaustive whatever they are compared with.
            if (set is TextSet named && named.Patterns(readings) is { Wild.Length: 0, Literals: { } literals })
            {
                value = null;
                foreach (string literal in literals)
                {
                    budget.Spend(inside.Count + outside.Count);
                    if (Fits(literal, inside, outside, readings, blamed, budget))
                    {
                        value = literal;
                        return ValueOutcome.Found;
                    }
                }

                return ValueOutcome.None;
            }
        }

        foreach (string candidate in Candidates(inside, outside, readings, budget))
        {
            budget.Spend(inside.Count + outside.Count);
            if (Fits(candidate, inside, outside, readings, blamed, budget))
            {
                value = candidate;
                return ValueOutcome.Found;
            }
        }

        value = null;

        // A set that names its members outright bounds the search whatever else is asked of them: each was a candidate.
        bool bounded = inside.Any(s => s is TextSet named && named.Patterns(readings).Wild.Length == 0);
        return typed || bounded ? ValueOutcome.None : ValueOutcome.Unknown;
    }

    private static List<PatternSet> Patterns(IReadOnlyList<ValueSet> sets, Reading readings)
    {
        var patterns = new List<PatternSet>(sets.Count);
        foreach (ValueSet set in sets)
        {
            patterns.Add(((TextSet)set).Patterns(readings));
        }

        return patterns;
    }

    private static bool Fits(string candidate, IReadOnlyList<ValueSet> inside, IReadOnlyList<ValueSet> outside, Reading readings, HashSet<int> blamed,
        Budget budget)
    {
        foreach (ValueSet set in inside)
        {
            if (!set.Contains(candidate, readings, budget))
            {
                return false;
            }
        }

        foreach (int i in blamed)
        {
            if (outside[i].Contains(candidate, readings, budget))
            {
                return false;
            }
        }

        for (int i = 0; i < outside.Count; i++)
        {
            if (!blamed.Contains(i) && outside[i].Contains(candidate, readings, budget))
            {
                blamed.Add(i);
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> Candidates(IReadOnlyList<ValueSet> inside, IReadOnlyList<ValueSet> outside, Reading readings, Budget budget)
    {
        foreach (ValueSet set in inside.Concat(outside))
        {
            foreach (string candidate in set.Candidates(readings))
            {
                yield return candidate;
            }
        }

        foreach (ValueKind kind in inside.Concat(outside).Select(s => s.Kind).Distinct())
        {
            foreach (string candidate in UnparsableSet.Parsable(kind))
            {
                yield return candidate;
            }
        }

        foreach (ValueKind kind in (ValueKind[])[ValueKind.Number, ValueKind.Date])
        {
            foreach (string candidate in OrderedSet.Between(inside.Concat(outside).Select(s => s is OrUnparsableSet wider ? wider.Parsable : s)
                .OfType<OrderedSet>().Where(s => s.Kind == kind), kind))
            {
                yield return candidate;
            }
        }

        // A byte string longer than every one named.
        int longest = 0;
        foreach (ValueSet set in inside.Concat(outside))
        {
            if (set is BytesSet)
            {
                longest = Math.Max(longest, set.Candidates(readings).Max(c => c.Length));
            }
        }

        if (longest > 0)
        {
            yield return new string('A', longest + 4);
        }

        yield return UnparsableSet.Example;

        // Mixed kinds: what the text sets name outright may satisfy the typed ones as well.
        var texts = new List<TextSet>();
        foreach (ValueSet set in inside.Concat(outside))
        {
            if (set is TextSet named)
            {
                foreach (string literal in named.Patterns(readings).Literals)
                {
                    yield return literal;
                }

                if (inside.Contains(set))
                {
                    texts.Add(named);
                }
            }
        }

        if (texts.Count > 0
            && PatternSearch.Find([.. texts.Select(t => t.Patterns(readings))], [.. outside.OfType<TextSet>().Select(t => t.Patterns(readings))],
                new HashSet<int>(), budget) is { } found)
        {
            yield return found;
        }
    }
}
