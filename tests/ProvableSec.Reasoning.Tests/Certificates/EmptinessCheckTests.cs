using CsCheck;
using ProvableSec.CertificateChecker.Derivation;
using ProvableSec.CertificateChecker.Proofs;
using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Tests.Certificates;

/// <summary>The checker's comparisons of values against trying values one by one.</summary>
public sealed class EmptinessCheckTests
{
    private const ulong FixedSeed = 20260101;
    private const int Longest = 4;

    private static readonly string[] ShortTexts = [.. Texts(Longest)];

    private static readonly Gen<string> Patterns = Gen.OneOf("a", "b", ":", "*", "?", "*", "A").Array[0, 5].Select(string.Concat);

    private static readonly Gen<(TextComparison Comparison, string[] Patterns, bool Inside)> Demands =
        from comparison in Gen.OneOf(TextComparison.Like, TextComparison.Equals, TextComparison.EqualsIgnoreCase, TextComparison.Action)
        from patterns in Patterns.Array[1, 3]
        from inside in Gen.Bool
        select (comparison, patterns, inside);

    [Fact]
    public void Texts_are_found_wherever_there_are_any()
    {
        Gen<(TextComparison Comparison, string[] Patterns, bool Inside)[]> several = Demands.Array[1, 4];
        for (uint i = 0; i < 3_000; i++)
        {
            (TextComparison Comparison, string[] Patterns, bool Inside)[] drawn = several.Generate(new PCG(i, FixedSeed), null, out _);
            string shown = string.Join("; ", drawn.Select(d => $"{(d.Inside ? "in" : "out")} {d.Comparison}({string.Join(" ", d.Patterns)})"));
            Demand[] demands = [.. drawn.Select(d => new Demand(PolicyText.Set(d.Comparison, d.Patterns.Select(p => PolicyPattern.Plain(p))), d.Inside))];
            Emptiness found = EmptinessCheck.Run(demands, Reading.None, new HashSet<int>());
            bool some = ShortTexts.Any(t => drawn.All(d => d.Patterns.Any(p => Matches(d.Comparison, p, t)) == d.Inside));
            Assert.True(found == Emptiness.Inhabited || !some, $"a text was overlooked: {shown}");
            Assert.True(found == Emptiness.Empty || some || drawn.Sum(d => d.Patterns.Max(p => p.Length)) > Longest, $"there is no such text: {shown}");
        }
    }

    [Theory]
    [InlineData("arn:aws:s3:::b*c", "arn:aws:s3:::b:c", true, false)]
    [InlineData("arn:aws:s3:*:1:k", "arn:aws:s3:x:y:1:k", true, true)]
    [InlineData("arn:aws:s?:::b", "arn:aws:s3:::b", true, false)]
    [InlineData("arn:aws:s3*", "arn:aws:s3:::b", true, false)]
    [InlineData("arn:aws:s3:::b?c", "arn:aws:s3:::b:c", false, false)]
    [InlineData("*", "x", true, true)]
    public void Disputed_points_of_a_resource_count_where_they_change_it(string pattern, string resource, bool usually, bool otherwise)
    {
        TextSet set = PolicyText.Set(TextComparison.Resource, [PolicyPattern.Plain(pattern)]);
        Assert.Equal((usually, otherwise), (set.Contains(resource, Reading.None), set.Contains(resource, set.Readings)));
        Assert.Equal(usually == otherwise, set.Readings == Reading.None || set.Contains(resource, set.Readings) == usually);
    }

    /// <summary>The same moments, numbers, addresses and bytes as the evaluator reads.</summary>
    [Theory]
    [InlineData("Date", "2024-02-29", true)]
    [InlineData("Date", "2023-02-29", false)]
    [InlineData("Date", "1900-02-29", false)]
    [InlineData("Date", "0000-02-29", true)]
    [InlineData("Date", "2024-01-01T24:00Z", false)]
    [InlineData("Date", "2024-01-01T00:00:00.Z", false)]
    [InlineData("Date", "123456789012345678", false)]
    [InlineData("Number", "+.5", true)]
    [InlineData("Number", "1.2.3", false)]
    [InlineData("Number", "-", false)]
    [InlineData("Address", "1::", true)]
    [InlineData("Address", "1:2:3:4:5:6:7:8::", false)]
    [InlineData("Address", ":::", false)]
    [InlineData("Address", "::1.2.3.4", true)]
    [InlineData("Address", "1.2.3.04", false)]
    [InlineData("Bytes", "QQ==", true)]
    [InlineData("Bytes", "Q===", false)]
    public void What_can_be_read(string kind, string text, bool can) => Assert.Equal(can, ParsedValues.Read(text, Enum.Parse<ParsedKind>(kind)) is not null);

    [Theory]
    [InlineData("1970-01-01T00:00:01Z", "1")]
    [InlineData("2024-03-01T00:30+01:00", "1709249400")]
    [InlineData("1969-12-31T23:59:59Z", "-1")]
    [InlineData("0000-01-01", "-62167219200")]
    [InlineData("9999-12-31T23:59:59Z", "253402300799")]
    public void Moments_are_counted_from_1970(string text, string seconds) => Assert.Equal(ParsedValues.Read(seconds, ParsedKind.Date), ParsedValues.Read(text, ParsedKind.Date));

    [Fact]
    public void Months_are_as_long_as_the_platform_says()
    {
        for (var day = new DateTime(1, 1, 1, 0, 0, 0, DateTimeKind.Utc); day.Year < 9999; day = day.AddDays(97))
        {
            string epoch = ((day.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond).ToString(System.Globalization.CultureInfo.InvariantCulture);
            string text = day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(ParsedValues.Read(epoch, ParsedKind.Date), ParsedValues.Read(text, ParsedKind.Date));
        }
    }

    /// <summary>Lemmas about a key that may have several values, or none: every set of up to two values is tried.</summary>
    [Fact]
    public void A_lemma_holds_exactly_for_what_no_values_contradict()
    {
        Gen<(bool Several, int[] Which, bool[] Signs)> any = Gen.Select(Gen.Bool, Gen.Int[0, 5].Array[1, 4], Gen.Bool.Array[4]);
        for (uint i = 0; i < 3_000; i++)
        {
            (bool several, int[] which, bool[] signs) = any.Generate(new PCG(i, FixedSeed), null, out _);
            var atoms = new Atoms(new HashSet<string>(several ? ["a:k"] : []));
            Variable key = atoms.Key("a:k");
            TextSet a = ArnSets.Texts("a"), ab = ArnSets.Texts("a", "b"), all = ArnSets.Beginning("");
            Formula[] formulas = [atoms.Present(key), atoms.In(key, a), atoms.In(key, ab), atoms.In(key, all), several ? atoms.Outside(key, a) : atoms.In(key, a), several ? atoms.Outside(key, ab) : atoms.In(key, ab)];
            int[] literals = [.. new SortedSet<int>(which.Select((w, at) => signs[at] ? formulas[w].AtomNumber : -formulas[w].AtomNumber))];
            string[][] values = [[], ["a"], ["b"], ["c"], .. several ? (string[][])[["a", "b"], ["a", "c"], ["b", "c"], ["a", "b", "c"]] : []];
            bool holds = values.All(v => literals.Any(l => Says(atoms[Math.Abs(l)], v) == l > 0));
            Assert.Equal(holds, LemmaCheck.Holds(atoms, literals, new HashSet<int>(), out _));
        }
    }

    private static bool Says(Atom atom, string[] values) => atom.Kind switch
    {
        AtomKind.Present => values.Length > 0,
        AtomKind.In => values.Any(v => atom.Set!.Contains(v, Reading.None)),
        _ => values.Any(v => !atom.Set!.Contains(v, Reading.None)),
    };

    private static bool Matches(TextComparison comparison, string pattern, string text) => comparison switch
    {
        TextComparison.Equals => pattern == text,
        TextComparison.EqualsIgnoreCase => string.Equals(pattern, text, StringComparison.OrdinalIgnoreCase),
        TextComparison.Action => Like(pattern.ToLowerInvariant(), text),
        _ => Like(pattern, text),
    };

    private static bool Like(string pattern, string text) => pattern.Length == 0 ? text.Length == 0
        : pattern[0] == '*' ? Like(pattern[1..], text) || (text.Length > 0 && Like(pattern, text[1..]))
        : text.Length > 0 && (pattern[0] == '?' || pattern[0] == text[0]) && Like(pattern[1..], text[1..]);

    /// <summary>All texts over a few characters, up to a length.</summary>
    private static IEnumerable<string> Texts(int length)
    {
        string[] last = [""];
        yield return "";
        for (int i = 0; i < length; i++)
        {
            last = [.. last.SelectMany(t => "abAB:*?x".Select(c => t + c))];
            foreach (string text in last)
            {
                yield return text;
            }
        }
    }
}
