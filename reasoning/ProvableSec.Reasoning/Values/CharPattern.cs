using System.Text;
using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>What one place of a <see cref="CharPattern"/> takes.</summary>
internal enum PlaceKind
{
    /// <summary>This character.</summary>
    Exact,

    /// <summary>Every character whose lower case is this one.</summary>
    Folded,

    /// <summary>Any one character.</summary>
    One,

    /// <summary>Any one character but a colon.</summary>
    OneInField,

    /// <summary>One digit.</summary>
    OneDigit,

    /// <summary>Any number of any characters.</summary>
    Star,

    /// <summary>Any number of characters but colons.</summary>
    StarInField,
}

/// <summary>
/// A set of strings as a sequence of places. Every wildcard of the policy language (glob, ARN field, resource segment) comes down to this one form,
/// so that one search handles them together. Immutable.
/// </summary>
internal sealed class CharPattern : IEquatable<CharPattern>, IComparable<CharPattern>
{
    // So much work is paid for at once.
    private const int MostOnStack = 256, Portion = 1 << 16;

    private readonly int[] places;
    private readonly int hash;
    private string? identity;

    private CharPattern(int[] places)
    {
        this.places = places;
        IsLiteral = true;
        OnlyPlainStars = true;
        IsOpenOrExact = true;
        int length = 0;
        foreach (int place in places)
        {
            hash = unchecked((hash * 31) + place);
            PlaceKind kind = (PlaceKind)(place >> 16);
            IsLiteral &= kind == PlaceKind.Exact;
            OnlyPlainStars &= kind is PlaceKind.Exact or PlaceKind.Star;
            IsOpenOrExact &= kind is not (PlaceKind.Folded or PlaceKind.OneDigit);
            length += kind is PlaceKind.Star or PlaceKind.StarInField ? 0 : 1;
        }

        MinLength = length;
        if (IsLiteral)
        {
            Literal = new string(Array.ConvertAll(places, static p => (char)p));
        }
    }

    /// <summary>Number of places.</summary>
    public int Length => places.Length;

    /// <summary>The shortest string it takes has this many characters.</summary>
    public int MinLength { get; }

    /// <summary>True when it takes one string only.</summary>
    public bool IsLiteral { get; }

    /// <summary>That string.</summary>
    public string? Literal { get; }

    /// <summary>True when it holds exact characters and unrestricted stars only.</summary>
    public bool OnlyPlainStars { get; }

    /// <summary>True when every place takes one character, or all, or all but a colon: none takes some few, such as digits.</summary>
    public bool IsOpenOrExact { get; }

    /// <summary>True when every text it takes has a colon.</summary>
    public bool HasColon => Array.IndexOf(places, ((int)PlaceKind.Exact << 16) | ':') >= 0;

    /// <summary>What <see cref="PatternInstance"/> keeps of it; made when first asked for. Two threads may make the same thing twice.</summary>
    internal string[]? Instances { get; set; }

    /// <summary>Adds the pattern to another one's end, its wildcards bound to one field.</summary>
    public Builder AppendInField(Builder builder)
    {
        for (int i = 0; i < places.Length; i++)
        {
            PlaceKind kind = KindAt(i);
            builder.Add(kind switch { PlaceKind.Star => PlaceKind.StarInField, PlaceKind.One => PlaceKind.OneInField, _ => kind }, CharAt(i));
        }

        return builder;
    }

    /// <summary>A text that is equal for equal patterns.</summary>
    public string Identity => identity ??= new string([.. places.SelectMany(static place => (char[])[(char)('0' + (place >> 16)), (char)place])]);

    /// <inheritdoc/>
    public bool Equals(CharPattern? other) =>
        ReferenceEquals(this, other) || (other is not null && hash == other.hash && places.AsSpan().SequenceEqual(other.places));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CharPattern);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;

    /// <summary>An order of patterns, by their places; equal ones only are neither before nor behind each other.</summary>
    public int CompareTo(CharPattern? other) => other is null ? 1 : places.AsSpan().SequenceCompareTo(other.places);

    /// <summary>True when it takes every string.</summary>
    public bool IsEverything => places.Length == 1 && KindAt(0) == PlaceKind.Star;

    public PlaceKind KindAt(int index) => (PlaceKind)(places[index] >> 16);

    public char CharAt(int index) => (char)places[index];

    /// <summary>Whether the place takes one character; for a star, whether the star does.</summary>
    public bool Takes(int index, char c)
    {
        int place = places[index];
        return (PlaceKind)(place >> 16) switch
        {
            PlaceKind.Exact => (char)place == c,
            PlaceKind.Folded => (char)place == char.ToLowerInvariant(c),
            PlaceKind.OneInField or PlaceKind.StarInField => c != ':',
            PlaceKind.OneDigit => c is >= '0' and <= '9',
            _ => true,
        };
    }

    public bool IsStar(int index) => places[index] >> 16 >= (int)PlaceKind.Star;

    /// <summary>Whether the pattern takes the string: a walk over the set of places reached, since stars of two kinds rule out simple backtracking.</summary>
    /// <param name="text">The string.</param>
    /// <param name="budget">Pays for the work, where somebody counts it.</param>
    public bool Matches(string text, Budget? budget = null)
    {
        if (Literal is { } literal)
        {
            return literal == text;
        }

        if (text.Length < MinLength)
        {
            return false;
        }

        // Most mismatches show in the characters before the first wildcard.
        int fixedPrefix = 0;
        while (fixedPrefix < places.Length && !IsStar(fixedPrefix))
        {
            if (!Takes(fixedPrefix, text[fixedPrefix]))
            {
                return false;
            }

            fixedPrefix++;
        }

        if (fixedPrefix == places.Length)
        {
            return text.Length == places.Length;
        }

        return OnlyPlainStars ? MatchesPlain(text, fixedPrefix, budget) : MatchesByPlaces(text, fixedPrefix, budget);
    }

    private bool MatchesPlain(string text, int from, Budget? budget)
    {
        int p = from, t = from, star = -1, mark = 0, work = 0;
        while (t < text.Length)
        {
            if (++work == Portion)
            {
                budget?.SpendWork(work);
                work = 0;
            }

            if (p < places.Length && IsStar(p))
            {
                star = p++;
                mark = t;
            }
            else if (p < places.Length && (char)places[p] == text[t])
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        budget?.SpendWork(work);
        while (p < places.Length && IsStar(p))
        {
            p++;
        }

        return p == places.Length;
    }

    /// <summary>The places reached are few and in order; each is written once.</summary>
    private bool MatchesByPlaces(string text, int from, Budget? budget)
    {
        Span<int> now = places.Length < MostOnStack ? stackalloc int[places.Length + 1] : new int[places.Length + 1];
        Span<int> next = places.Length < MostOnStack ? stackalloc int[places.Length + 1] : new int[places.Length + 1];
        int count = Reach(from, now, 0);
        for (int t = from; t < text.Length; t++)
        {
            int more = 0;
            budget?.SpendWork(count);
            for (int i = 0; i < count; i++)
            {
                int p = now[i];
                if (p < places.Length && Takes(p, text[t]))
                {
                    more = Reach(IsStar(p) ? p : p + 1, next, more);
                }
            }

            if (more == 0)
            {
                return false;
            }

            Span<int> last = now;
            now = next;
            next = last;
            count = more;
        }

        return now[count - 1] == places.Length;
    }

    /// <summary>Adds a place, and the one behind it if it is a star, which may take nothing. What an earlier place has led to is among the last two.</summary>
    private int Reach(int place, Span<int> reached, int count)
    {
        for (int last = place < places.Length && IsStar(place) ? place + 1 : place; place <= last; place++)
        {
            if (!(count > 0 && reached[count - 1] == place) && !(count > 1 && reached[count - 2] == place))
            {
                reached[count++] = place;
            }
        }

        return count;
    }

    /// <summary>Collects the places of a pattern.</summary>
    public sealed class Builder
    {
        private readonly List<int> places = [];

        public Builder Add(PlaceKind kind, char c = '\0')
        {
            int place = ((int)kind << 16) | c;
            if (places.Count > 0 && kind is PlaceKind.Star or PlaceKind.StarInField)
            {
                // ** is *, and *[^:]* is *: fewer places, and equal sets become equal patterns more often.
                PlaceKind last = (PlaceKind)(places[places.Count - 1] >> 16);
                if (last == kind || last == PlaceKind.Star)
                {
                    return this;
                }

                if (last == PlaceKind.StarInField)
                {
                    places[places.Count - 1] = place;
                    return this;
                }
            }
            else if (places.Count > 0 && kind == PlaceKind.One && (PlaceKind)(places[places.Count - 1] >> 16) == PlaceKind.Star)
            {
                // *? is ?*
                places.Insert(places.Count - 1, place);
                return this;
            }

            places.Add(place);
            return this;
        }

        public Builder Exact(string text)
        {
            foreach (char c in text)
            {
                Add(PlaceKind.Exact, c);
            }

            return this;
        }

        public CharPattern Build() => new([.. places]);
    }

    /// <summary>The pattern that takes this string only.</summary>
    public static CharPattern Of(string literal) => new Builder().Exact(literal).Build();

    /// <summary>The pattern that takes every string.</summary>
    public static CharPattern Everything { get; } = new Builder().Add(PlaceKind.Star).Build();

    /// <inheritdoc/>
    public override string ToString()
    {
        var shown = new StringBuilder();
        for (int i = 0; i < places.Length; i++)
        {
            shown.Append(KindAt(i) switch
            {
                PlaceKind.Exact or PlaceKind.Folded => CharAt(i).ToString(),
                PlaceKind.One or PlaceKind.OneInField => "?",
                PlaceKind.OneDigit => "#",
                _ => "*",
            });
        }

        return shown.ToString();
    }
}
