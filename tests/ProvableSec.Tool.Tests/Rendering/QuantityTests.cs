using ProvableSec.Tool.Rendering;

namespace ProvableSec.Tool.Tests.Rendering;

/// <summary>Summaries count in English: one case, two cases.</summary>
public class QuantityTests
{
    [Theory]
    [InlineData(0, "case", "0 cases")]
    [InlineData(1, "case", "1 case")]
    [InlineData(2, "case", "2 cases")]
    [InlineData(1, "lemma", "1 lemma")]
    [InlineData(1234567, "value", "1,234,567 values")]
    [InlineData(1, "policy", "1 policy")]
    [InlineData(3, "policy", "3 policies")]
    [InlineData(2, "account summary", "2 account summaries")]
    [InlineData(2, "key", "2 keys")]
    public void A_noun_is_in_the_plural_but_for_one(long count, string noun, string expected) => Assert.Equal(expected, Quantity.Of(count, noun));

    [Fact]
    public void Another_plural_can_be_given() => Assert.Equal(("1 finding is", "2 findings are"),
        (Quantity.Of(1, "finding is", "findings are"), Quantity.Of(2, "finding is", "findings are")));
}
