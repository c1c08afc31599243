using CsCheck;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Tests.Values;

/// <summary>The string engine against all strings of up to five characters over an alphabet in which every kind of place differs.</summary>
public sealed class PatternSearchTests
{
    private const string Alphabet = "aAb:1~";
    private const int Longest = 5;

    private static readonly string[] Strings = [.. AllStrings()];

    private static readonly Gen<(PlaceKind Kind, char Character)> Place = Gen.Frequency(
        (6, Gen.OneOf("aAb:1").Select(c => (PlaceKind.Exact, c[0]))),
        (2, Gen.OneOf("a", "b").Select(c => (PlaceKind.Folded, c[0]))),
        (2, Gen.Const((PlaceKind.One, '\0'))),
        (1, Gen.Const((PlaceKind.OneInField, '\0'))),
        (1, Gen.Const((PlaceKind.OneDigit, '\0'))),
        (4, Gen.Const((PlaceKind.Star, '\0'))),
        (2, Gen.Const((PlaceKind.StarInField, '\0'))));

    private static readonly Gen<(PlaceKind Kind, char Character)[]> Places = Place.Array[0, 4];

    private static readonly Gen<(PlaceKind Kind, char Character)[][][]> Sets = Places.Array[0, 3].Array[0, 3];

    [Fact]
    public void A_pattern_takes_the_strings_that_its_places_take_one_after_the_other() => Places.Each(1_500, places =>
    {
        CharPattern pattern = Pattern(places);
        foreach (string text in Strings)
        {
            Assert.Equal(Takes(places, text), pattern.Matches(text));
        }
    });

    [Fact]
    public void A_string_found_fits_and_none_fits_where_none_was_found_and_the_blamed_sets_suffice() => Gen.Select(Sets, Sets).Each(6_000, drawn =>
    {
        (var inside, var outside) = drawn;
        List<PatternSet> positive = [.. inside.Select(Set)], negative = [.. outside.Select(Set)];
        var blamed = new HashSet<int>();
        string? found = PatternSearch.Find(positive, negative, blamed, new Budget(long.MaxValue));
        if (found is not null)
        {
            Assert.True(inside.All(s => Takes(s, found)) && !outside.Any(s => Takes(s, found)), found);
            return;
        }

        foreach (string text in Strings.Where(t => inside.All(s => Takes(s, t))))
        {
            Assert.True(blamed.Any(i => Takes(outside[i], text)), $"\"{text}\" fits");
        }
    });

    [Fact]
    public void Inclusion_is_exact() => Gen.Select(Places, Places).Each(6_000, drawn =>
    {
        (var outer, var inner) = drawn;
        bool includes = ProductSearch.Find([Pattern(inner)], [Pattern(outer)], new HashSet<int>(), new Budget(long.MaxValue)) is null;
        var blamed = new HashSet<int>();
        Assert.Equal(includes, PatternSearch.Find([new PatternSet([Pattern(inner)])], [new PatternSet([Pattern(outer)])], blamed,
            new Budget(long.MaxValue)) is null);
        if (includes)
        {
            Assert.DoesNotContain(Strings, t => Takes(inner, t) && !Takes(outer, t));
        }
    });

    [Fact]
    public void What_two_patterns_have_in_common_is_what_both_take() => Gen.Select(Places, Places).Each(3_000, drawn =>
    {
        (var one, var other) = drawn;
        if (PatternMeet.TryMeet(Pattern(one), Pattern(other), out CharPattern? both))
        {
            foreach (string text in Strings.Where(t => t.Length < Longest))
            {
                Assert.Equal(Takes(one, text) && Takes(other, text), both is not null && both.Matches(text));
            }
        }
    });

    [Theory]
    [InlineData("arn:[:iam:[:############:role/?*", "arn:[:[:[:111122223333:*", "arn:[:iam:[:111122223333:role/?*")]
    [InlineData("][:][", "s3:get*", "s3:get[")]
    [InlineData("arn:aws:s3:::a*", "arn:[:sqs:*", null)]
    [InlineData("arn:aws:s3:::a", "*", "arn:aws:s3:::a")]
    public void Actions_and_ARNs_meet_in_one_pattern(string one, string other, string? expected)
    {
        Assert.True(PatternMeet.TryMeet(Written(one), Written(other), out CharPattern? both));
        Assert.Equal(expected is null ? null : Written(expected).Identity, both?.Identity);
        Assert.True(PatternMeet.TryMeet(Written(other), Written(one), out CharPattern? same));
        Assert.Equal(both?.Identity, same?.Identity);
    }

    [Fact]
    public void A_long_beginning_that_all_share_changes_nothing() => Gen.Select(Places.Array[1, 3], Places.Array[0, 3], Gen.Int[55, 135]).Each(1_500, drawn =>
    {
        (var inside, var outside, int length) = drawn;
        (PlaceKind Kind, char Character)[] beginning = [.. Enumerable.Repeat((PlaceKind.Exact, 'b'), length)];
        string? found = ProductSearch.Find([.. inside.Select(Pattern)], [.. outside.Select(Pattern)], new HashSet<int>(), new Budget(long.MaxValue));
        string? behind = ProductSearch.Find([.. inside.Select(p => Pattern([.. beginning, .. p]))], [.. outside.Select(p => Pattern([.. beginning, .. p]))],
            new HashSet<int>(), new Budget(long.MaxValue));
        Assert.Equal(found is null, behind is null);
        Assert.True(behind is null || (behind.StartsWith(new string('b', length), StringComparison.Ordinal)
            && inside.All(p => Takes(p.AsSpan(), behind.AsSpan(length))) && !outside.Any(p => Takes(p.AsSpan(), behind.AsSpan(length)))), behind);
    });

    private static PatternSet Set((PlaceKind Kind, char Character)[][] patterns) => new(patterns.Select(Pattern));

    private static CharPattern Pattern((PlaceKind Kind, char Character)[] places)
    {
        var builder = new CharPattern.Builder();
        foreach ((PlaceKind kind, char c) in places)
        {
            builder.Add(kind, c);
        }

        return builder.Build();
    }

    /// <summary>A pattern as people write it; [ for a star in a field, ] for one character of a field, # for a digit.</summary>
    private static CharPattern Written(string text)
    {
        var builder = new CharPattern.Builder();
        foreach (char c in text)
        {
            builder.Add(c switch
            {
                '*' => PlaceKind.Star,
                '?' => PlaceKind.One,
                '[' => PlaceKind.StarInField,
                ']' => PlaceKind.OneInField,
                '#' => PlaceKind.OneDigit,
                _ => PlaceKind.Exact
            }, "*?[]#".Contains(c) ? '\0' : c);
        }

        return builder.Build();
    }

    private static bool Takes((PlaceKind Kind, char Character)[][] set, string text) => set.Any(p => Takes(p, text));

    /// <summary>Read off the definitions of the places, with no thought for speed.</summary>
    private static bool Takes(ReadOnlySpan<(PlaceKind Kind, char Character)> places, ReadOnlySpan<char> text)
    {
        if (places.IsEmpty)
        {
            return text.IsEmpty;
        }

        (PlaceKind kind, char wanted) = places[0];
        if (kind is PlaceKind.Star or PlaceKind.StarInField && Takes(places[1..], text))
        {
            return true;
        }

        if (text.IsEmpty)
        {
            return false;
        }

        char c = text[0];
        bool takes = kind switch
        {
            PlaceKind.Exact => c == wanted,
            PlaceKind.Folded => char.ToLowerInvariant(c) == wanted,
            PlaceKind.OneDigit => c is >= '0' and <= '9',
            PlaceKind.OneInField or PlaceKind.StarInField => c != ':',
            _ => true,
        };
        return takes && Takes(kind is PlaceKind.Star or PlaceKind.StarInField ? places : places[1..], text[1..]);
    }

    private static IEnumerable<string> AllStrings()
    {
        List<string> last = [""];
        yield return "";
        for (int length = 1; length <= Longest; length++)
        {
            last = [.. last.SelectMany(t => Alphabet.Select(c => t + c))];
            foreach (string text in last)
            {
                yield return text;
            }
        }
    }
}
