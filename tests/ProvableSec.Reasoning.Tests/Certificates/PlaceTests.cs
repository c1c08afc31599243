using CsCheck;
using ProvableSec.CertificateChecker.Derivation;
using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Tests.Certificates;

/// <summary>Patterns of every kind of place against trying texts one by one, and searches at and beyond their limits.</summary>
public sealed class PlaceTests
{
    private static readonly Place[] AllPlaces =
    [
        new(PlaceKind.Exact, 'a'), new(PlaceKind.Exact, ':'), new(PlaceKind.Exact, 'A'), new(PlaceKind.Folded, 'a'), new(PlaceKind.Any),
            new(PlaceKind.AnyButColon), new(PlaceKind.Digit), new(PlaceKind.Star),
        new(PlaceKind.StarButColon), new(PlaceKind.Star), new(PlaceKind.StarButColon),
    ];

    private static readonly string[] Texts = [.. TextsUpTo(4)];

    [Fact]
    public void An_automaton_takes_what_one_of_its_patterns_takes()
    {
        Gen<Place[][]> several = Gen.OneOf(AllPlaces).Array[0, 5].Array[1, 3];
        foreach (ulong seed in RandomRun.Of(2_000).Seeds)
        {
            Place[][] patterns = several.At(seed);
            var set = new TextSet("any", patterns);
            foreach (string text in Texts)
            {
                bool taken = patterns.Any(p => Takes(p, 0, text, 0));
                Assert.True(taken == set.Contains(text, Reading.None), $"PROVABLESEC_SEED={seed}: {Shown(patterns)} and \"{text}\"");
            }
        }
    }

    [Fact]
    public void Nothing_meets_two_demands_exactly_where_no_text_does()
    {
        Gen<(Place[][] In, Place[][] Out)> any = Gen.Select(Gen.OneOf(AllPlaces).Array[0, 2].Array[1, 2], Gen.OneOf(AllPlaces).Array[0, 2].Array[1, 2]);
        foreach (ulong seed in RandomRun.Of(2_000).Seeds)
        {
            (Place[][] inside, Place[][] outside) = any.At(seed);
            bool some = Texts.Any(t => inside.Any(p => Takes(p, 0, t, 0)) && !outside.Any(p => Takes(p, 0, t, 0)));
            Emptiness found = EmptinessCheck.Run([new Demand(new TextSet("in", inside), true), new Demand(new TextSet("out", outside), false)], Reading.None,
                new HashSet<int>(), new LemmaEffort());
            Assert.True((found == Emptiness.Inhabited) == some, $"PROVABLESEC_SEED={seed}: in {Shown(inside)}, outside {Shown(outside)}: {found}");
        }
    }

    /// <summary>"a" and "b" both stand this many places before the end: there is none, and every choice of the characters between is a state.</summary>
    [Theory]
    [InlineData(7, false)]
    [InlineData(20, true)]
    public void Too_many_states_prove_nothing(int between, bool tooMany)
    {
        Assert.Equal(tooMany ? Emptiness.Unknown : Emptiness.Empty, Run(EndsIn("a", between), EndsIn("b", between)));

        // One place further off there are such texts.
        Assert.Equal(Emptiness.Inhabited, Run(EndsIn("a", 7), EndsIn("b", 8)));
    }

    [Fact]
    public void Too_many_moves_prove_nothing()
    {
        // One text of nearly all characters there are, asked for so often that the first character is too much.
        var set = new TextSet("one", Place.Text(new string([.. Enumerable.Range(1, 60_000).Select(c => (char)c)])));
        Assert.Equal(Emptiness.Unknown, EmptinessCheck.Run([.. Enumerable.Repeat(new Demand(set, true), 1_700)], Reading.None, new HashSet<int>(),
            new LemmaEffort()));
    }

    /// <summary>What the lemmas of a certificate cost together: each search alone is far below its own limit.</summary>
    [Theory]
    [InlineData(LemmaEffort.MostMoves - 200, 0)]
    [InlineData(0, LemmaEffort.MostPlaces - 20)]
    public void Too_much_for_all_lemmas_together_proves_nothing(long moves, long places)
    {
        var effort = new LemmaEffort();
        Demand[] demands = [new(EndsIn("a", 2), true), new(EndsIn("b", 2), true)];
        Assert.True(effort.Count(moves, places));
        Assert.Equal(Emptiness.Unknown, EmptinessCheck.Run(demands, Reading.None, new HashSet<int>(), effort));
        Assert.Equal(Emptiness.Empty, EmptinessCheck.Run(demands, Reading.None, new HashSet<int>(), new LemmaEffort()));
    }

    [Fact]
    public void States_are_told_apart_beyond_sixteen_bits()
    {
        // Each character of the text is a state of its own.
        Assert.Equal(Emptiness.Inhabited, Run(new TextSet("long", Place.Text(new string('a', 70_000)))));
    }

    /// <summary>Demands of which two kinds exclude nothing together: nothing is known.</summary>
    [Fact]
    public void Mixed_kinds_prove_nothing_unless_one_alone_is_empty()
    {
        Demand number = Parsed(ConditionComparison.NumericEquals, true, "1"), other = Parsed(ConditionComparison.NumericEquals, true, "2"), day =
            Parsed(ConditionComparison.DateEquals, true, "2024-01-01");
        var text = new Demand(PolicyText.Set(TextComparison.Like, [PolicyPattern.Plain("a*")]), true);
        var noText = new Demand(PolicyText.Set(TextComparison.Like, [PolicyPattern.Plain("*")]), false);
        Assert.Equal(Emptiness.Inhabited, EmptinessCheck.Run([number], Reading.None, new HashSet<int>(), new LemmaEffort()));
        Assert.Equal(Emptiness.Empty, EmptinessCheck.Run([number, other], Reading.None, new HashSet<int>(), new LemmaEffort()));
        Assert.Equal(Emptiness.Unknown, EmptinessCheck.Run([number, day], Reading.None, new HashSet<int>(), new LemmaEffort()));
        Assert.Equal(Emptiness.Unknown, EmptinessCheck.Run([number, text], Reading.None, new HashSet<int>(), new LemmaEffort()));
        Assert.Equal(Emptiness.Empty, EmptinessCheck.Run([number, day, other], Reading.None, new HashSet<int>(), new LemmaEffort()));
        Assert.Equal(Emptiness.Empty, EmptinessCheck.Run([number, noText], Reading.None, new HashSet<int>(), new LemmaEffort()));
        Assert.Equal(Emptiness.Empty, EmptinessCheck.Run([text, number, other], Reading.None, new HashSet<int>(), new LemmaEffort()));
        Assert.Equal(Emptiness.Unknown, EmptinessCheck.Run([Parsed(ConditionComparison.NumericEquals, false, "1"), text], Reading.None, new HashSet<int>(),
            new LemmaEffort()));
    }

    /// <summary>What is blamed is empty by itself; nothing else is of weight to a proof.</summary>
    [Fact]
    public void What_is_blamed_suffices()
    {
        Demand[] demands =
        [
            Parsed(ConditionComparison.NumericGreaterThan, true, "1"), new(PolicyText.Set(TextComparison.Like, [PolicyPattern.Plain("*5*")]), true),
            Parsed(ConditionComparison.NumericLessThan, true, "3"), Parsed(ConditionComparison.NumericNotEquals, false, "2"),
                Parsed(ConditionComparison.NumericLessThanEquals, true, "1"),
        ];
        var blamed = new HashSet<int>();
        Assert.Equal(Emptiness.Empty, EmptinessCheck.Run(demands, Reading.None, blamed, new LemmaEffort()));
        Assert.DoesNotContain(1, blamed);
        Assert.Equal(Emptiness.Empty, EmptinessCheck.Run([.. blamed.Select(i => demands[i])], Reading.None, new HashSet<int>(), new LemmaEffort()));
    }

    private static Demand Parsed(ConditionComparison comparison, bool inside, params string[] values) =>
        new(ConditionDerivation.SetOf(comparison, [.. values.Select(v => PolicyPattern.Plain(v))]), inside);

    private static TextSet EndsIn(string text, int behind) =>
        new(text + behind, [new Place(PlaceKind.Star), .. Place.Text(text), .. Enumerable.Repeat(new Place(PlaceKind.Any), behind)]);

    private static Emptiness Run(params TextSet[] sets) => EmptinessCheck.Run([.. sets.Select(s => new Demand(s, true))], Reading.None, new HashSet<int>(),
        new LemmaEffort());

    private static bool Takes(Place[] pattern, int at, string text, int from) => at == pattern.Length ? from == text.Length : pattern[at].Kind switch
    {
        PlaceKind.Star => Takes(pattern, at + 1, text, from) || (from < text.Length && Takes(pattern, at, text, from + 1)),
        PlaceKind.StarButColon => Takes(pattern, at + 1, text, from) || (from < text.Length && text[from] != ':' && Takes(pattern, at, text, from + 1)),
        _ => from < text.Length && TakesOne(pattern[at], text[from]) && Takes(pattern, at + 1, text, from + 1),
    };

    private static bool TakesOne(Place place, char c) => place.Kind switch
    {
        PlaceKind.Exact => place.Character == c,
        PlaceKind.Folded => string.Equals(place.Character.ToString(), c.ToString(), StringComparison.OrdinalIgnoreCase),
        PlaceKind.AnyButColon => c != ':',
        PlaceKind.Digit => char.IsAsciiDigit(c),
        _ => true,
    };

    private static string Shown(Place[][] patterns) => string.Join(" | ",
        patterns.Select(p => string.Join(" ", p.Select(x => x.Kind + (x.Character == '\0' ? "" : "'" + x.Character)))));

    private static IEnumerable<string> TextsUpTo(int length)
    {
        string[] last = [""];
        yield return "";
        for (int i = 0; i < length; i++)
        {
            last = [.. last.SelectMany(t => "aAb:0/".Select(c => t + c))];
            foreach (string text in last)
            {
                yield return text;
            }
        }
    }
}
