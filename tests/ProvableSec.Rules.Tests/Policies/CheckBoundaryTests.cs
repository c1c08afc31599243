using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Rules.Tests.Policies;

/// <summary>Where checks begin and end: each word of a condition has a policy that is quiet because of it.</summary>
public sealed class CheckBoundaryTests
{
    [Fact]
    public void A_message_names_the_statement_that_had_the_Sid_first()
    {
        PolicyFinding found = Assert.Single(Check("""
            {"Version":"2012-10-17","Statement":[
              {"Sid":"A","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a/*"},
              {"Sid":"B","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"},
              {"Sid":"B","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::c/*"}]}
            """, PolicyType.Identity), finding => finding.Pointer == "/Statement/2/Sid");
        Assert.Contains("statement 1 has the Sid \"B\" too", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("StringEquals", true)]
    [InlineData("StringEqualsIfExists", false)]
    [InlineData("StringNotEquals", false)]
    public void A_condition_that_holds_without_its_key_needs_no_action_that_carries_it(string op, bool reported) =>
        Assert.Equal(reported, IsReported("MISSING_ACTION_FOR_CONDITION_KEY", $$$"""
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"lambda:CreateFunction","Resource":"*","Condition":{"{{{op}}}":{"iam:PassedToService":"lambda.amazonaws.com"} } } }
        """));

    [Theory]
    [InlineData(""" "Sid":"A","Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{} """, PolicyType.Identity)]
    [InlineData(""" "Effect":"Deny","NotAction":"s3:GetObject","NotResource":"*" """, PolicyType.Identity)]
    [InlineData(""" "Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::a/*" """, PolicyType.Resource)]
    [InlineData(""" "Effect":"Deny","NotPrincipal":{"AWS":"111122223333"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::a/*" """, PolicyType.Resource)]
    public void Every_element_of_a_statement_is_known(string statement, PolicyType type) =>
        Assert.DoesNotContain(Check($$"""{"Version":"2012-10-17","Id":"a","Statement":[{{{statement}}}]}""", type), finding =>
            finding.Rule.AccessAnalyzer == "INVALID_POLICY_ELEMENT");

    [Theory]
    [InlineData("secretsmanager:GetSecretValue", true)]
    [InlineData("secretsmanager:Get*", true)]
    [InlineData("*", false)]
    [InlineData("secretsmanager:PutSecretValue", false)]
    public void A_star_for_all_actions_is_not_said_to_read_the_secrets_beside(string action, bool reported) =>
        Assert.Equal(reported, IsReported("PSEC2012", $$"""
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"{{action}}","Resource":"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db*"} }
        """));

    [Theory]
    [InlineData("arn:aws:s3:::site/*", false, "arn:aws:s3:::site/*")]
    [InlineData("arn:aws:s3:::site/*", false, "arn:aws:s3:::other/*", "arn:aws:s3:::site/*")]
    [InlineData("arn:aws:s3:::site/*", true, "arn:aws:s3:::other/*")]
    [InlineData("arn:aws:s3:::site/*", true, "arn:aws:s3:::site/a*")]
    public void What_one_of_several_patterns_says_is_meant_to_be_public_is(string resource, bool reported, params string[] meant)
    {
        string policy = $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"{{resource}}"} }""";
        IReadOnlyList<PolicyFinding> found = PolicyChecks.Check(
            new DocumentText(policy, "policy.json"), new PolicyContext(PolicyType.Resource, "AWS::S3::Bucket") { PublicResources = meant },
                TestContext.Current.CancellationToken);
        Assert.Equal(reported, found.Any(finding => finding.Rule.Id == "PSEC2001"));
    }

    [Theory]
    [InlineData("us-gov-east-1", true)]
    [InlineData("eu-isoe-west-1", true)]
    [InlineData("eusc-de-east-1", true)]
    [InlineData("eu-west-9", true)]
    [InlineData("eu-west-0", false)]
    [InlineData("eu-west-10", false)]
    [InlineData("eu-west", false)]
    [InlineData("west-1", false)]
    [InlineData("xx-west-1", false)]
    [InlineData("eu-middle-1", false)]
    public void A_Region_is_told_by_its_form(string region, bool may) => Assert.Equal(may, Regions.MayExist(region));

    [Theory]
    [InlineData("198.51.100.7", "198.51.100.7/32")]
    [InlineData("198.51.100.7/24", "198.51.100.0/24")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("255.255.255.255/32", "255.255.255.255/32")]
    [InlineData("2001:DB8::1/33", "2001:db8::/33")]
    [InlineData("::ffff:198.51.100.7/128", "::ffff:198.51.100.7/128")]
    [InlineData("::/128", "::/128")]
    [InlineData("198.51.100.7/33", null)]
    [InlineData("::1/129", null)]
    [InlineData("198.51.100.7/", null)]
    [InlineData("198.51.100.7/-1", null)]
    [InlineData("198.51.100.7/+1", null)]
    [InlineData("198.51.100.7/8/8", null)]
    [InlineData("/8", null)]
    [InlineData("1", null)]
    [InlineData("1.2", null)]
    [InlineData("1.2.3", null)]
    [InlineData("1.2.3.4.5", null)]
    [InlineData("0x1.2.3.4", null)]
    [InlineData("1.2.3.0xa", null)]
    [InlineData("1.2.3.256", null)]
    [InlineData("::1%1", null)]
    [InlineData("[::1]", null)]
    [InlineData("::g", null)]
    [InlineData("", null)]
    public void An_address_is_read_as_it_is_written(string text, string? range) => Assert.Equal(range, AddressRange.TryParse(text)?.ToString());

    [Theory]
    [InlineData("aws:ResourceTag", true)]
    [InlineData("aws:RequestTag", true)]
    [InlineData("aws:PrincipalTag", true)]
    [InlineData("ec2:resourcetag", true)]
    [InlineData("aws:RequestTag/", true)]
    [InlineData("aws:RequestTag/a", false)]
    [InlineData("aws:RequestTag/a/", false)]
    [InlineData("aws:TagKeys", false)]
    [InlineData("RequestTag", false)]
    [InlineData(":RequestTag", false)]
    public void The_key_of_a_tag_has_its_name(string key, bool lacks) => Assert.Equal(lacks, TagKeys.LackTag(key));

    [Fact]
    public void A_provider_is_named_by_letters_digits_and_signs_of_an_address()
    {
        for (char c = '\0'; c < 128; c++)
        {
            Assert.True((char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '/' or '_') == FederatedProviders.IsWellFormed($"login.{c}example.com"),
                $"0x{(int)c:x2}");
        }

        Assert.False(FederatedProviders.IsWellFormed("localhost"));
        Assert.False(FederatedProviders.IsWellFormed(".example"));
    }

    private static bool IsReported(string code, string policy) => Check(policy, PolicyType.Identity).Any(finding => PolicyCase.NameOf(finding.Rule) == code);

    private static IReadOnlyList<PolicyFinding> Check(string policy, PolicyType type) =>
        PolicyChecks.Check(new DocumentText(policy, "policy.json"), new PolicyContext(type), TestContext.Current.CancellationToken);
}
