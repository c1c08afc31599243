using ProvableSec.Policy;
using ProvableSec.Reasoning.Questions;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>Each kind of condition in a proof, and each disputed point that turns a verdict.</summary>
public sealed class ConditionVerdictTests
{
    /// <summary>Whether every request that meets the first condition meets the second.</summary>
    [Theory]
    [InlineData("""{"StringEquals":{"a:k":"ab"}}""", """{"StringLike":{"a:k":"a*"}}""", Verdict.Holds)]
    [InlineData("""{"StringLike":{"a:k":"a*"}}""", """{"StringEquals":{"a:k":"ab"}}""", Verdict.Violated)]
    [InlineData("""{"StringLike":{"a:k":"*a*b*"}}""", """{"StringLike":{"a:k":["*ab*","*a?*b*"]}}""", Verdict.Holds)]
    [InlineData("""{"StringEquals":{"a:k":"A"}}""", """{"StringEqualsIgnoreCase":{"a:k":"a"}}""", Verdict.Holds)]
    [InlineData("""{"StringEqualsIgnoreCase":{"a:k":"a"}}""", """{"StringEquals":{"a:k":["A","a"]}}""", Verdict.Holds)]
    [InlineData("""{"StringNotEquals":{"a:k":["a","b"]}}""", """{"StringNotEquals":{"a:k":"a"}}""", Verdict.Holds)]
    [InlineData("""{"StringNotEquals":{"a:k":"a"}}""", """{"Null":{"a:k":"false"}}""", Verdict.Violated)]
    [InlineData("""{"StringEquals":{"a:k":"a"}}""", """{"StringEqualsIfExists":{"a:k":"a"}}""", Verdict.Holds)]
    [InlineData("""{"StringEqualsIfExists":{"a:k":"a"}}""", """{"StringEquals":{"a:k":"a"}}""", Verdict.Violated)]
    [InlineData("""{"StringEqualsIfExists":{"a:k":"a"},"Null":{"a:k":"false"}}""", """{"StringEquals":{"a:k":"a"}}""", Verdict.Holds)]
    [InlineData("""{"ArnLike":{"a:k":"arn:aws:iam::1*:role/x"}}""", """{"ArnLike":{"a:k":"arn:*:iam::*:role/*"}}""", Verdict.Holds)]
    [InlineData("""{"StringLike":{"a:k":"arn:aws:iam::*:role/x"}}""", """{"ArnLike":{"a:k":"arn:aws:iam::*:role/x"}}""", Verdict.Violated)]
    [InlineData("""{"ArnEquals":{"a:k":"arn:aws:iam::*:role/x"}}""", """{"StringLike":{"a:k":"arn:aws:iam::*:role/x"}}""", Verdict.Holds)]
    [InlineData("""{"Bool":{"a:k":"true"}}""", """{"Bool":{"a:k":["TRUE","false"]}}""", Verdict.Holds)]
    [InlineData("""{"Null":{"aws:SecureTransport":"false"}}""", """{"Bool":{"aws:SecureTransport":["true","false"]}}""", Verdict.Holds)]
    [InlineData("""{"Null":{"a:k":["true","false"]}}""", "{}", Verdict.Holds)]
    [InlineData("{}", """{"Null":{"a:k":["true","false"]}}""", Verdict.Holds)]
    [InlineData("""{"NumericGreaterThan":{"a:k":"2"}}""", """{"NumericGreaterThanEquals":{"a:k":"2"}}""", Verdict.Holds)]
    [InlineData("""{"NumericGreaterThanEquals":{"a:k":"2"}}""", """{"NumericGreaterThan":{"a:k":"2"},"NumericLessThan":{"a:k":"1"}}""", Verdict.Violated)]
    [InlineData("""{"NumericGreaterThan":{"a:k":"1"},"NumericLessThan":{"a:k":"1"}}""", """{"StringEquals":{"a:l":"x"}}""", Verdict.Holds)]
    [InlineData("""{"NumericEquals":{"a:k":"1"}}""", """{"NumericEquals":{"a:k":"1.00"}}""", Verdict.Holds)]
    [InlineData("""{"DateLessThan":{"aws:CurrentTime":"2034-01-01"}}""", """{"DateLessThan":{"aws:CurrentTime":"2034-06-01T00:00:00Z"}}""", Verdict.Holds)]
    [InlineData("""{"DateLessThan":{"aws:CurrentTime":"2034-01-01"}}""", """{"DateLessThan":{"aws:CurrentTime":"2033-06-01"}}""", Verdict.Violated)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}""", """{"IpAddress":{"aws:SourceIp":["10.0.0.0/9","10.128.0.0/9"]}}""", Verdict.Holds)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}""", """{"IpAddress":{"aws:SourceIp":["10.0.0.0/9"]}}""", Verdict.Violated)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"2001:db8::/33"}}""", """{"IpAddress":{"aws:SourceIp":"2001:db8::/32"}}""", Verdict.Holds)]
    [InlineData("""{"BinaryEquals":{"a:k":"QQ=="}}""", """{"BinaryEquals":{"a:k":["QQ==","QUI="]}}""", Verdict.Holds)]
    [InlineData("""{"ForAllValues:StringEquals":{"aws:TagKeys":["a"]},"Null":{"aws:TagKeys":"false"}}""",
        """{"ForAnyValue:StringEquals":{"aws:TagKeys":["a","b"]}}""", Verdict.Holds)]
    [InlineData("""{"ForAllValues:StringEquals":{"aws:TagKeys":["a"]}}""", """{"ForAnyValue:StringEquals":{"aws:TagKeys":["a"]}}""", Verdict.Violated)]
    [InlineData("""{"ForAnyValue:StringEquals":{"aws:TagKeys":["a"]}}""", """{"ForAllValues:StringEquals":{"aws:TagKeys":["a"]}}""", Verdict.Violated)]
    [InlineData("""{"ForAllValues:StringLike":{"aws:TagKeys":["a*"]}}""", """{"ForAllValues:StringLike":{"aws:TagKeys":["a*","b"]}}""", Verdict.Holds)]
    [InlineData("""{"StringEquals":{"a:k":"${aws:username}"}}""", """{"StringLike":{"a:k":"*"}}""", Verdict.Holds)]
    [InlineData("""{"StringEquals":{"a:k":"x-${aws:username}"}}""", """{"StringLike":{"a:k":"x-*"}}""", Verdict.Holds)]
    [InlineData("""{"StringLike":{"a:k":"x-*"}}""", """{"StringEquals":{"a:k":"x-${aws:username}"}}""", Verdict.Violated)]
    [InlineData("""{"StringLike":{"a:k":"a${*}"}}""", """{"StringEquals":{"a:k":"a*"}}""", Verdict.Holds)]
    [InlineData("""{"StringLike":{"a:k":"a*"}}""", """{"StringLike":{"a:k":"a${*}"}}""", Verdict.Violated)]
    public void A_condition_lies_in_another(string condition, string wider, Verdict verdict) =>
        Assert.Equal(verdict, NoNewAccess(Document(Allow(condition)), Document(Allow(wider))).Verdict);

    [Theory]
    [InlineData("arn:aws:s3:::a*c", "arn:aws:s3:::ab:c", Reading.None, Reading.InnerStarStopsAtColon)]
    [InlineData("arn:aws:*:::b", "arn:aws:s3:::b", Reading.None, Reading.NoWildcardInServiceField)]
    [InlineData("arn:aws:s3", "arn:aws:s3:e:111122223333:b", Reading.None, Reading.ShortArnMatchesNothing)]
    public void A_reading_that_a_resource_needs_is_named(string pattern, string resource, Reading allowed, Reading denied)
    {
        string policy = Document(Allow(resource: pattern)), exactly = Document(Allow(resource: resource, action: "a:b"));
        Answer granted = NotGranted(policy, exactly), refused = Granted(policy, exactly);
        Assert.Equal($"{Verdict.Violated} {allowed}", $"{granted.Verdict} {granted.Witness?.Readings}");
        Assert.Equal($"{Verdict.Violated} {denied}", $"{refused.Verdict} {refused.Witness?.Readings.ToString() ?? refused.Reason}");
        Assert.Equal(Verdict.Holds, Granted(policy, exactly, ""","readings":"default" """).Verdict);
    }

    [Theory]
    [InlineData("""{"StringEquals":{"a:k":[]}}""", "{}", Reading.EmptyValuesFlip)]
    [InlineData("""{"StringIs":{"a:k":"a"}}""", "{}", Reading.UnknownOperatorMatches)]
    [InlineData("""{"StringEquals":{"aws:TagKeys":"a"}}""", """{"ForAllValues:StringEquals":{"aws:TagKeys":"b"},"Null":{"aws:TagKeys":"false"}}""", null)]
    [InlineData("""{"IpAddress":{"a:k":"2001:db8::1"}}""", """{"IpAddress":{"a:k":"2001:db8::2/128"}}""", Reading.BareIpv6Is32)]
    public void A_request_that_only_another_reading_allows_names_it(string condition, string asked, Reading? reading)
    {
        string policy = Document(Allow(condition)), property = Document(Allow(asked, action: "a:b"));
        Assert.Equal(reading, NotGranted(policy, property).Witness?.Readings);
        Assert.Equal(Verdict.Holds, NotGranted(policy, property, ""","readings":"default" """).Verdict);
    }

    [Theory]
    [InlineData("""{"ForAllValues:StringNotEquals":{"aws:TagKeys":"a"}}""", """{"Null":{"aws:TagKeys":"true"}}""", Reading.ForAllValuesNegatedNeedsKey)]
    [InlineData("""{"ForAnyValue:StringEqualsIfExists":{"aws:TagKeys":"a"}}""", """{"Null":{"aws:TagKeys":"true"}}""", Reading.ForAnyValueIfExistsNeedsKey)]
    [InlineData("""{"StringEquals":{"aws:TagKeys":"a"}}""", """{"ForAnyValue:StringEquals":{"aws:TagKeys":"a"}}""", Reading.PlainOperatorNeedsEveryValue)]
    [InlineData("""{"NumericNotEquals":{"a:k":"1"}}""", """{"StringEquals":{"a:k":"x"}}""", Reading.UnparsableIsFalse)]
    [InlineData("""{"Bool":{"a:t":"${a:k}"}}""", """{"StringEquals":{"a:t":"true","a:k":"true"}}""", Reading.NoVariablesInBool)]
    public void A_request_that_another_reading_refuses_names_it(string condition, string asked, Reading reading)
    {
        string policy = Document(Allow(condition)), property = Document(Allow(asked, action: "a:b"));
        Assert.Equal(reading, Granted(policy, property).Witness?.Readings);
    }

    [Fact]
    public void A_deny_that_is_void_only_in_another_reading_names_it() => Assert.Equal(
        Reading.UnresolvedVariableVoidsDeny,
        NotGranted(Document(AllowAll, Deny(If("StringNotEquals", "a:k", "${aws:username}"))),
            Document(Allow("""{"Null":{"a:k":"true","aws:username":"true"}}""", action: "a:b"))).Witness?.Readings);
}
