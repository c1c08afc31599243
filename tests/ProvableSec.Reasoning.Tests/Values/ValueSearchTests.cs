using CsCheck;
using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Tests.Values;

/// <summary>Numbers, moments, addresses, truth values and bytes: what is said to be empty holds no value of a dense sample.</summary>
public sealed class ValueSearchTests
{
    private static readonly string[] Numbers = ["-1", "-0.5", "0", "0.25", "0.5", "1", "1.00000000000000000000000000000000000001", "1.5", "2", "3",
        "1000000000000000000000000000000000000000", "x", ""];
    private static readonly string[] Moments =
    [
        "0000-01-01", "0000-01-01T00:00:00.5Z", "0000-01-01T00:00:01Z", "1969-12-31T23:59:59.5Z", "-1", "0", "2024", "2024-01-01T00:00:00.000000000000000001Z",
            "2024-01-01T00:00:00.5Z", "1704067201",
        "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.5Z", "253402300800", "9999-12-31T23:59:59.5-00:01", "99999999999999998", "99999999999999999",
            "-99999999999999999", "0000-01-01T00:00:00.5+00:01", "x",
    ];

    private static readonly string[] Addresses = ["0.0.0.0", "9.255.255.255", "10.0.0.0", "10.0.0.1", "10.0.0.2", "10.127.255.255", "10.128.0.0", "11.0.0.0",
        "255.255.255.255", "::", "::1", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8::", "2001:db8::1", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db9::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "x"];
    private static readonly string[] Ranges = ["0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9", "10.0.0.1", "10.0.0.0/31", "255.255.255.255/32", "::/0",
        "2001:db8::/32", "2001:db8::1", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "ffff::/16", "::/1", "8000::/1", "x"];
    private static readonly string[] Truths = ["true", "false", "True", "FALSE", "x"];
    private static readonly string[] Bytes = ["", "QUI=", "QUJ=", "QUJD", "QQ==", "AAAA", "x"];
    private static readonly string[] Texts = ["1", "true", "True", "10.0.0.1", "2024", "QUI=", "a", "", "0"];

    [Fact]
    public void Numbers_agree_with_a_dense_sample() => Check(Ordered(ConditionComparison.NumericEquals, Numbers), ValueKind.Number, Numbers, 3_000);

    [Fact]
    public void Moments_agree_with_a_dense_sample() => Check(Ordered(ConditionComparison.DateEquals, Moments), ValueKind.Date, Moments, 3_000);

    [Fact]
    public void Addresses_agree_with_a_dense_sample() => Check(Gen.OneOf(Ranges).Array[0, 3].Select(v => (ValueSet)new AddressSet(v)), ValueKind.Address,
        Addresses, 3_000);

    [Fact]
    public void Truth_values_agree_with_a_dense_sample() => Check(Gen.OneOf(Truths).Array[0, 2].Select(v => (ValueSet)new TruthSet(v)), ValueKind.Truth, Truths,
        1_000);

    [Fact]
    public void Bytes_agree_with_a_dense_sample() => Check(Gen.OneOf(Bytes).Array[0, 3].Select(v => (ValueSet)new BytesSet(v)), ValueKind.Bytes, Bytes, 1_000);

    [Fact]
    public void Kinds_that_are_mixed_are_never_said_to_be_empty_wrongly() => Check(
        Gen.Frequency(
            (3, Gen.OneOf("1", "t*", "*", "true", "?", "10.*", "20??", "a", "").Array[0, 2]
                .Select(v => (ValueSet)PatternCompiler.Compile([.. v.Select(t => PolicyPattern.Plain(t))], MatchMode.Like))),
            (1, Ordered(ConditionComparison.NumericEquals, Texts)),
            (1, Gen.OneOf(Texts).Array[0, 2].Select(v => (ValueSet)new TruthSet(v))),
            (1, Gen.OneOf(Texts).Array[0, 2].Select(v => (ValueSet)new AddressSet(v)))),
        ValueKind.Truth,
        Texts,
        3_000);

    [Theory]
    [InlineData("2024-01-01T00:00:00Z", "1704067200")]
    [InlineData("2024-01-01T23:00:00+23:00", "1704067200")]
    [InlineData("2023-12-31T23:30-00:30", "1704067200")]
    [InlineData("0000-01-01", "-62167219200")]
    [InlineData("0000-12-31T23:59:59Z", "-62135596801")]
    [InlineData("1970", "0")]
    [InlineData("1969-12-31T23:59:59.25Z", "-0.75")]
    [InlineData("2024-02", "1706745600")]
    public void A_moment_is_its_seconds(string text, string seconds)
    {
        Assert.True(MomentText.TryParse(text, out ExactNumber moment));
        Assert.Equal(seconds, moment.ToString());
        Assert.True(MomentText.TryParse(MomentText.Render(moment)!, out ExactNumber again));
        Assert.Equal(0, moment.CompareTo(again));
    }

    [Theory]
    [InlineData("2024-01-01T00:00:00")]
    [InlineData("2023-02-29")]
    [InlineData("2024-1-1")]
    [InlineData("2024-01-01T24:00Z")]
    [InlineData("2024-01-01T00:00:00.Z")]
    [InlineData("2024-01-01\n")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("123456789012345678")]
    public void Other_texts_are_no_moments(string text) => Assert.False(MomentText.TryParse(text, out _));

    private static Gen<ValueSet> Ordered(ConditionComparison first, string[] values) =>
        from order in Gen.OneOf(0, 2, 3, 4, 5)
        from chosen in Gen.OneOf(values).Array[0, 2]
        select (ValueSet)new OrderedSet(first + order, chosen);

    private static void Check(Gen<ValueSet> set, ValueKind kind, string[] sample, int count)
    {
        Gen<ValueSet> any = Gen.Frequency((8, set), (1, Gen.Const((ValueSet)new UnparsableSet(kind))),
            (1, set.Select(s => s.Kind == kind ? (ValueSet)new OrUnparsableSet(s) : s)));
        Gen.Select(any.Array[0, 3], any.Array[0, 3], Gen.Bool).Each(count, drawn =>
        {
            (var inside, var outside, var wide) = drawn;
            Reading readings = wide ? Reading.BareIpv6Is32 : Reading.None;
            ValueOutcome outcome = ValueSearch.Find(inside, outside, readings, new Budget(long.MaxValue), out string? value, out HashSet<int> blamed);
            if (outcome == ValueOutcome.Found)
            {
                Assert.True(inside.All(s => s.Contains(value!, readings)) && !outside.Any(s => s.Contains(value!, readings)), value);
            }
            else if (outcome == ValueOutcome.None)
            {
                foreach (string text in sample.Where(t => inside.All(s => s.Contains(t, readings))))
                {
                    Assert.True(blamed.Any(i => outside[i].Contains(text, readings)), $"\"{text}\" fits");
                }
            }
        });
    }
}
