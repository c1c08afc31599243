using System.Collections.Immutable;
using System.Text;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Access;

/// <summary>
/// A pattern as a list of symbols, to see whether one takes all that another takes, or what both take. This only proposes how an answer is
/// written; the prover decides whether it is true, so a clumsy proposal costs a proof and never a verdict.
/// </summary>
internal sealed class PatternSymbols
{
    /// <summary>What a symbol takes; of two wildcards the later one takes all that the earlier one does.</summary>
    private enum Kind
    {
        Character,
        Variable,
        One,
        StarInField,
        Star,
    }

    private readonly record struct Symbol(Kind Kind, string Text);

    private const int MostMeets = 12;

    private readonly ImmutableArray<Symbol> symbols;

    private PatternSymbols(ImmutableArray<Symbol> symbols)
    {
        this.symbols = symbols;
        var prefix = new StringBuilder();
        int length = 0;
        for (; length < symbols.Length && symbols[length].Kind == Kind.Character; length++)
        {
            prefix.Append(symbols[length].Text);
        }

        Prefix = prefix.ToString();
        IsPlain = length == symbols.Length;
    }

    /// <summary>The characters that it begins with, before any wildcard or variable.</summary>
    public string Prefix { get; }

    /// <summary>Whether it has neither wildcards nor variables, so that its prefix is all of it.</summary>
    public bool IsPlain { get; }

    /// <summary>An action, compared in any case.</summary>
    public static PatternSymbols OfAction(PolicyPattern pattern) => Of(pattern, true, false);

    /// <summary>A text with wildcards that take anything.</summary>
    public static PatternSymbols OfText(string text) => Of(PolicyPattern.Plain(text), false, false);

    /// <summary>A resource: a star inside a segment does not reach over its colon.</summary>
    public static PatternSymbols OfResource(PolicyPattern pattern) => Of(pattern, false, true);

    private static PatternSymbols Of(PolicyPattern pattern, bool foldCase, bool resource)
    {
        var symbols = ImmutableArray.CreateBuilder<Symbol>();
        foreach (PatternPart part in pattern.Parts)
        {
            if (part.Kind == PatternPartKind.Variable)
            {
                symbols.Add(new Symbol(Kind.Variable, "${" + part.Text.ToLowerInvariant() + "," + part.Default + "}"));
                continue;
            }

            for (int i = 0; i < part.Text.Length; i++)
            {
                char c = part.Text[i];
                bool wild = part.Kind == PatternPartKind.Text;
                bool last = i + 1 == part.Text.Length ? part.Equals(pattern.Parts[pattern.Parts.Length - 1]) : part.Text[i + 1] == ':';
                symbols.Add((wild, c) switch
                {
                    (true, '*') => new Symbol(!resource || last ? Kind.Star : Kind.StarInField, "*"),
                    (true, '?') => new Symbol(Kind.One, "?"),
                    _ => new Symbol(Kind.Character, foldCase ? char.ToLowerInvariant(c).ToString() : c.ToString()),
                });
            }
        }

        return new PatternSymbols(symbols.ToImmutable());
    }

    /// <summary>The pattern where it has no wildcards, so that it takes all of another only if both are the same; else null.</summary>
    public string? Literal => IsPlain ? Prefix : symbols.All(s => s.Kind is Kind.Character or Kind.Variable)
        ? string.Concat(symbols.Select(s => s.Kind == Kind.Variable ? "\0" + s.Text : s.Text)) : null;

    /// <summary>Whether this pattern takes all that the other takes.</summary>
    public bool Covers(PatternSymbols other)
    {
        // Characters take themselves only, which decides nearly all pairs of a long list.
        if (IsPlain)
        {
            return other.IsPlain && Prefix == other.Prefix;
        }

        return other.Prefix.StartsWith(Prefix, StringComparison.Ordinal) && Walk(other);
    }

    private static bool Takes(Symbol mine, Symbol theirs) => mine.Kind switch
    {
        Kind.Character or Kind.Variable => mine == theirs,
        Kind.One => theirs.Kind is Kind.Character or Kind.One && theirs.Text != ":",
        Kind.StarInField => theirs.Kind is Kind.Character or Kind.One or Kind.StarInField && theirs.Text != ":",
        _ => true,
    };

    /// <summary>Matches the other's symbols one by one as if they were characters.</summary>
    private bool Walk(PatternSymbols other)
    {
        bool[] row = new bool[symbols.Length + 1], next = new bool[row.Length];
        row[0] = true;
        Skip(row);
        foreach (Symbol theirs in other.symbols)
        {
            Array.Clear(next, 0, next.Length);
            for (int i = 0; i < symbols.Length; i++)
            {
                if (row[i] && Takes(symbols[i], theirs))
                {
                    next[IsStar(symbols[i]) ? i : i + 1] = true;
                }
            }

            Skip(next);
            (row, next) = (next, row);
        }

        return row[symbols.Length];
    }

    private void Skip(bool[] row)
    {
        for (int i = 0; i < symbols.Length; i++)
        {
            row[i + 1] |= row[i] && IsStar(symbols[i]);
        }
    }

    /// <summary>Whether some text is taken by both; a variable may stand for anything.</summary>
    public bool MayMeet(PatternSymbols other)
    {
        if (IsPlain && other.IsPlain)
        {
            return Prefix == other.Prefix;
        }

        int shared = Math.Min(Prefix.Length, other.Prefix.Length);
        if (string.CompareOrdinal(Prefix, 0, other.Prefix, 0, shared) != 0)
        {
            return false;
        }

        var seen = new HashSet<(int, int)>();
        return Meets(0, 0);

        bool Meets(int i, int j)
        {
            if (!seen.Add((i, j)))
            {
                return false;
            }

            bool mine = i < symbols.Length, theirs = j < other.symbols.Length;
            if (!mine && !theirs)
            {
                return true;
            }

            bool free = mine && IsFree(symbols[i]), otherFree = theirs && IsFree(other.symbols[j]);
            return (free && Meets(i + 1, j)) || (otherFree && Meets(i, j + 1))
                || (free && theirs && Meets(i, j + 1)) || (otherFree && mine && Meets(i + 1, j))
                || (mine && theirs && !free && !otherFree && (symbols[i].Kind == Kind.One || other.symbols[j].Kind == Kind.One
                    || symbols[i] == other.symbols[j]) && Meets(i + 1, j + 1));
        }
    }

    /// <summary>The patterns that together take what both of two patterns without variables take; null when there are too many.</summary>
    public IReadOnlyList<string>? Meet(PatternSymbols other)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        int steps = 0;
        if (!Collect(0, 0, ""))
        {
            return null;
        }

        List<string> all = [.. found.OrderBy(f => f.Length).ThenBy(f => f, StringComparer.Ordinal)];
        var kept = new List<string>();
        foreach (string one in all)
        {
            PatternSymbols candidate = OfAction(PolicyPattern.Plain(one));
            if (!kept.Exists(k => OfAction(PolicyPattern.Plain(k)).Covers(candidate)))
            {
                kept.Add(one);
            }
        }

        return kept.Count > MostMeets ? null : kept;

        bool Collect(int i, int j, string sofar)
        {
            if (++steps > 20_000)
            {
                return false;
            }

            if (i == symbols.Length && j == other.symbols.Length)
            {
                found.Add(sofar);
                return true;
            }

            Symbol? mine = i < symbols.Length ? symbols[i] : null, theirs = j < other.symbols.Length ? other.symbols[j] : null;
            bool star = mine is { } a && IsStar(a), otherStar = theirs is { } b && IsStar(b);
            if (star && otherStar)
            {
                string both = sofar.EndsWith("*", StringComparison.Ordinal) ? sofar : sofar + "*";
                return Collect(i + 1, j, both) && Collect(i, j + 1, both);
            }

            if (star)
            {
                return Collect(i + 1, j, sofar) && (theirs is null || Collect(i, j + 1, sofar + theirs.Value.Text));
            }

            if (otherStar)
            {
                return Collect(i, j + 1, sofar) && (mine is null || Collect(i + 1, j, sofar + mine.Value.Text));
            }

            if (mine is not { } one || theirs is not { } two)
            {
                return true;
            }

            if (one.Kind == Kind.One || two.Kind == Kind.One || one == two)
            {
                return Collect(i + 1, j + 1, sofar + (one.Kind == Kind.One ? two.Text : one.Text));
            }

            return true;
        }
    }

    /// <summary>The pattern as text; an action in lower case.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (Symbol symbol in symbols)
        {
            text.Append(symbol.Text);
        }

        return text.ToString();
    }

    private static bool IsStar(Symbol symbol) => symbol.Kind >= Kind.StarInField;

    private static bool IsFree(Symbol symbol) => IsStar(symbol) || symbol.Kind == Kind.Variable;
}
