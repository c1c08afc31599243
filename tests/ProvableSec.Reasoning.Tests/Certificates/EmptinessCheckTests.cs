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
        foreach (ulong seed in RandomRun.Of(3_000).Seeds)
        {
            (TextComparison Comparison, string[] Patterns, bool Inside)[] drawn = several.At(seed);
            string shown = string.Join("; ", drawn.Select(d => $"{(d.Inside ? "in" : "out")} {d.Comparison}({string.Join(" ", d.Patterns)})"));
            Demand[] demands = [.. drawn.Select(d => new Demand(PolicyText.Set(d.Comparison, d.Patterns.Select(p => PolicyPattern.Plain(p))), d.Inside))];
            Emptiness found = EmptinessCheck.Run(demands, Reading.None, new HashSet<int>(), new LemmaEffort());
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
    [InlineData("**", "x", true, true)]
    [InlineData("", "x", false, false)]
    [InlineData("", "arn:aws:s3:::b", false, false)]
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
    [InlineData("Date", "2024", true)]
    [InlineData("Date", "2024-01", true)]
    [InlineData("Date", "2024-00", false)]
    [InlineData("Date", "2024-13", false)]
    [InlineData("Date", "2024-12", true)]
    [InlineData("Date", "2024-01-00", false)]
    [InlineData("Date", "2024-01-31", true)]
    [InlineData("Date", "2024-01-32", false)]
    [InlineData("Date", "2024-04-30", true)]
    [InlineData("Date", "2024-04-31", false)]
    [InlineData("Date", "2000-02-29", true)]
    [InlineData("Date", "2100-02-29", false)]
    [InlineData("Date", "2024-1-01", false)]
    [InlineData("Date", "2024-01-1", false)]
    [InlineData("Date", "2024-01-01T", false)]
    [InlineData("Date", "2024-01-01T23:59Z", true)]
    [InlineData("Date", "2024-01-01T23:60Z", false)]
    [InlineData("Date", "2024-01-01T23:59", false)]
    [InlineData("Date", "2024-01-01T23:59:59Z", true)]
    [InlineData("Date", "2024-01-01T23:59:60Z", false)]
    [InlineData("Date", "2024-01-01T00:00:00.5Z", true)]
    [InlineData("Date", "2024-01-01T00:00:00.5", false)]
    [InlineData("Date", "2024-01-01T00:00:00+23:59", true)]
    [InlineData("Date", "2024-01-01T00:00:00+24:00", false)]
    [InlineData("Date", "2024-01-01T00:00:00-23:60", false)]
    [InlineData("Date", "2024-01-01T00:00:00+1:00", false)]
    [InlineData("Date", "2024-01-01T00:00:00Z ", false)]
    [InlineData("Date", "2024-01-01T00:00:00+01:00x", false)]
    [InlineData("Date", "2024-01-01 00:00:00Z", false)]
    [InlineData("Date", "12345678901234567", true)]
    [InlineData("Date", "-12345678901234567", true)]
    [InlineData("Date", "-", false)]
    [InlineData("Date", "", false)]
    [InlineData("Date", "12345", true)]
    [InlineData("Date", "-1", true)]
    [InlineData("Date", "--1", false)]
    [InlineData("Date", "1a", false)]
    [InlineData("Number", "1", true)]
    [InlineData("Number", "1.", true)]
    [InlineData("Number", ".", false)]
    [InlineData("Number", "", false)]
    [InlineData("Number", "+-1", false)]
    [InlineData("Number", "1e3", false)]
    [InlineData("Number", "-1.50", true)]
    [InlineData("Number", "0x1", false)]
    [InlineData("Number", "1 ", false)]
    [InlineData("Number", "/", false)]
    [InlineData("Number", ":", false)]
    [InlineData("Address", "0.0.0.0", true)]
    [InlineData("Address", "255.255.255.255", true)]
    [InlineData("Address", "256.0.0.0", false)]
    [InlineData("Address", "1.2.3", false)]
    [InlineData("Address", "1.2.3.4.5", false)]
    [InlineData("Address", "1.2.3.", false)]
    [InlineData("Address", "1.2.3.0", true)]
    [InlineData("Address", "1.2.3.00", false)]
    [InlineData("Address", "1.2.3.0001", false)]
    [InlineData("Address", "1.2.3.a", false)]
    [InlineData("Address", "1.2.3.1a", false)]
    [InlineData("Address", "a1.2.3.1", false)]
    [InlineData("Address", "::", true)]
    [InlineData("Address", "::1", true)]
    [InlineData("Address", "1:2:3:4:5:6:7:8", true)]
    [InlineData("Address", "1:2:3:4:5:6:7", false)]
    [InlineData("Address", "1:2:3:4:5:6:7:8:9", false)]
    [InlineData("Address", "1:2:3:4:5:6:7::", true)]
    [InlineData("Address", "::2:3:4:5:6:7:8", true)]
    [InlineData("Address", "1::3::5", false)]
    [InlineData("Address", "1:::5", false)]
    [InlineData("Address", ":1::5", false)]
    [InlineData("Address", "12345::", false)]
    [InlineData("Address", "abcd:EF01::", true)]
    [InlineData("Address", "g::", false)]
    [InlineData("Address", "1:2:3:4:5:6:1.2.3.4", true)]
    [InlineData("Address", "1:2:3:4:5:1.2.3.4", false)]
    [InlineData("Address", "1.2.3.4::", false)]
    [InlineData("Address", "::1.2.3.256", false)]
    [InlineData("Address", "::1.2.3", false)]
    [InlineData("Bytes", "", true)]
    [InlineData("Bytes", "QUJD", true)]
    [InlineData("Bytes", "QUI=", true)]
    [InlineData("Bytes", "QUI", false)]
    [InlineData("Bytes", "QQ=", false)]
    [InlineData("Bytes", "Q!==", false)]
    [InlineData("Bytes", "+/+/", true)]
    [InlineData("Truth", "true", true)]
    [InlineData("Truth", "FALSE", true)]
    [InlineData("Truth", "1", false)]
    [InlineData("Truth", "", false)]
    [InlineData("Truth", "truee", false)]
    [InlineData("Bytes", "Q===", false)]
    public void What_can_be_read(string kind, string text, bool can) => Assert.Equal(can, ParsedValues.Read(text, Enum.Parse<ParsedKind>(kind)) is not null);

    [Theory]
    [InlineData("1970-01-01T00:00:01Z", "1")]
    [InlineData("2024-03-01T00:30+01:00", "1709249400")]
    [InlineData("1969-12-31T23:59:59Z", "-1")]
    [InlineData("0000-01-01", "-62167219200")]
    [InlineData("9999-12-31T23:59:59Z", "253402300799")]
    [InlineData("2024", "1704067200")]
    [InlineData("2024-03", "1709251200")]
    [InlineData("2024-02-29T12:34:56-01:30", "1709215496")]
    [InlineData("1900-03-01", "-2203891200")]
    [InlineData("2000-12-31", "978220800")]
    [InlineData("2001-01-01T00:00:00.000Z", "978307200")]
    public void Moments_are_counted_from_1970(string text, string seconds) =>
        Assert.Equal(ParsedValues.Read(seconds, ParsedKind.Date), ParsedValues.Read(text, ParsedKind.Date));

    [Theory]
    [InlineData("2024-01-01T00:00:00.000000000000000001Z", "2024-01-01", 1)]
    [InlineData("2024-01-01T00:00:00.0000000000000000019Z", "2024-01-01T00:00:00.000000000000000001Z", 0)]
    [InlineData("2024-01-01T00:00:00.1Z", "2024-01-01T00:00:00.10Z", 0)]
    [InlineData("2024-01-01T00:00:00.1Z", "2024-01-01T00:00:00.09Z", 1)]
    [InlineData("-1", "0", -1)]
    public void Moments_are_told_apart_by_fractions(string one, string other, int order) =>
        Assert.Equal(order, ((System.Numerics.BigInteger)ParsedValues.Read(one, ParsedKind.Date)!)
            .CompareTo((System.Numerics.BigInteger)ParsedValues.Read(other, ParsedKind.Date)!));

    /// <summary>Between two bounds there is a value where some text names one, and none where none does.</summary>
    [Theory]
    [InlineData("NumericGreaterThan 1, NumericLessThan 2", false)]
    [InlineData("NumericGreaterThan 1, NumericLessThanEquals 1", true)]
    [InlineData("NumericGreaterThanEquals 1, NumericLessThanEquals 1", false)]
    [InlineData("NumericGreaterThan 1.1, NumericLessThan 1.11", false)]
    [InlineData("NumericLessThan -5, NumericGreaterThan -6", false)]
    [InlineData("NumericLessThan 0", false)]
    [InlineData("NumericGreaterThan 0", false)]
    [InlineData("NumericNotEquals 1, NumericGreaterThanEquals 1, NumericLessThanEquals 1.0", true)]
    [InlineData("DateGreaterThan 2024-01-01T00:00:00Z, DateLessThan 2024-01-01T00:00:01Z", false)]
    [InlineData("DateGreaterThan 2024-01-01T00:00:00Z, DateLessThan 2024-01-01T00:00:00.000000000000000001Z", true)]
    [InlineData("DateGreaterThan 2024-01-01T00:00:00Z, DateLessThan 2024-01-01T00:00:00.000000000000000002Z", false)]
    [InlineData("DateGreaterThan 300000000000, DateLessThan 300000000001", true)]
    [InlineData("DateGreaterThan 300000000000, DateLessThan 300000000002", false)]
    [InlineData("DateGreaterThan -99999999999, DateLessThan -99999999998", true)]
    [InlineData("DateGreaterThan -99999999999, DateLessThan -99999999997", false)]
    [InlineData("DateGreaterThan 99999999999999999", true)]
    [InlineData("DateGreaterThan 99999999999999998", false)]
    [InlineData("DateLessThan -99999999999999999", true)]
    [InlineData("DateLessThan -99999999999999998", false)]
    [InlineData("IpAddress 10.0.0.0/8, NotIpAddress 10.0.0.0/9, NotIpAddress 10.128.0.0/9", true)]
    [InlineData("IpAddress 10.0.0.0/8, NotIpAddress 10.0.0.0/9, NotIpAddress 10.128.0.0/10", false)]
    [InlineData("IpAddress 0.0.0.0/0, NotIpAddress 0.0.0.0/1, NotIpAddress 128.0.0.0/1", true)]
    [InlineData("IpAddress 255.255.255.255/32, NotIpAddress 255.255.255.254/31", true)]
    [InlineData("IpAddress ::/0, NotIpAddress ::/1, NotIpAddress 8000::/1", true)]
    [InlineData("IpAddress ::/0, IpAddress 0.0.0.0/0", true)]
    [InlineData("Bool true, Bool false", true)]
    [InlineData("BinaryEquals QQ==, BinaryEquals QUI=", true)]
    public void Bounds_leave_a_value_between_them_or_none(string demands, bool isEmpty)
    {
        Demand[] all = [.. demands.Split(", ").Select(d => d.Split(' ')).Select(d => new Demand(
            ConditionDerivation.SetOf(Enum.Parse<ConditionComparison>(d[0]), [PolicyPattern.Plain(d[1])]),
                d[0] is not ("NumericNotEquals" or "NotIpAddress")))];
        Assert.Equal(isEmpty ? Emptiness.Empty : Emptiness.Inhabited, EmptinessCheck.Run(all, Reading.None, new HashSet<int>(), new LemmaEffort()));
    }

    [Theory]
    [InlineData("10.0.0.0/32", true)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("::/128", true)]
    [InlineData("::/129", false)]
    [InlineData("10.0.0.0/", false)]
    [InlineData("10.0.0.0/a", false)]
    [InlineData("10.0.0.0/0008", false)]
    [InlineData("10.0.0.0/8/8", false)]
    [InlineData("10.0.0/8", false)]
    public void A_range_has_as_many_bits_as_its_version(string text, bool can) => Assert.Equal(can, PlainAddress.ReadRange(text) is not null);

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
        foreach (ulong seed in RandomRun.Of(3_000).Seeds)
        {
            (bool several, int[] which, bool[] signs) = any.At(seed);
            var atoms = new Atoms(new HashSet<string>(several ? ["a:k"] : []));
            Variable key = atoms.Key("a:k");
            TextSet a = ArnSets.Texts("a"), ab = ArnSets.Texts("a", "b"), all = ArnSets.Beginning("");
            Formula[] formulas = [atoms.Present(key), atoms.In(key, a), atoms.In(key, ab), atoms.In(key, all), several ? atoms.Outside(key, a)
                : atoms.In(key, a), several ? atoms.Outside(key, ab) : atoms.In(key, ab)];
            int[] literals = [.. new SortedSet<int>(which.Select((w, at) => signs[at] ? formulas[w].AtomNumber : -formulas[w].AtomNumber))];
            string[][] values = [[], ["a"], ["b"], ["c"], .. several ? (string[][])[["a", "b"], ["a", "c"], ["b", "c"], ["a", "b", "c"]] : []];
            bool holds = values.All(v => literals.Any(l => Says(atoms[Math.Abs(l)], v) == l > 0));
            Assert.Equal(holds, LemmaCheck.Holds(atoms, literals, new HashSet<int>(), new LemmaEffort(), out _));
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
