using ProvableSec.Reasoning.Questions;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>
/// Who is an outsider, and what keeps outsiders out (Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", the meaning of "public").
/// </summary>
public sealed class PublicAccessTests
{
    private const string Zone = """ "trustedAccounts":["111122223333"],"trustedOrganizations":["o-ours"] """;

    [Theory]
    [InlineData("{}", "Violated")]
    [InlineData("""{"StringEquals":{"aws:PrincipalOrgID":"o-ours"}}""", "Holds")]
    [InlineData("""{"StringLike":{"aws:PrincipalOrgID":"o-*"}}""", "Violated")]
    [InlineData("""{"StringEquals":{"aws:SourceVpce":"vpce-1"}}""", "Holds")]
    [InlineData("""{"StringLike":{"aws:SourceVpce":"vpce-*"}}""", "Violated")]
    [InlineData("""{"StringEquals":{"aws:SourceAccount":"111122223333"}}""", "Holds")]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:cloudfront::*:distribution/*"}}""", "Violated")]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:cloudfront::111122223333:distribution/*"}}""", "Holds")]
    [InlineData("""{"StringEquals":{"aws:PrincipalAccount":"111122223333"}}""", "Holds")]
    [InlineData("""{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}}""", "Holds")]
    [InlineData("""{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/Admin"}}""", "Violated")]
    [InlineData("""{"StringEquals":{"aws:PrincipalTag/team":"blue"}}""", "Violated")]
    [InlineData("""{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-ours/r-a/*"}}""", "Holds")]
    [InlineData("""{"ForAllValues:StringLike":{"aws:PrincipalOrgPaths":"o-ours/r-a/*"}}""", "Violated")]
    [InlineData("""{"StringEquals":{"aws:userid":"AIDAEXAMPLE"}}""", "Holds")]
    [InlineData("""{"StringLike":{"aws:userid":"AROAEXAMPLE:*"}}""", "Violated")]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}""", "Holds")]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"11.0.0.0/8"}}""", "Holds")]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"12.0.0.0/7"}}""", "Violated")]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"2001:db8::/32"}}""", "Holds")]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"2001::/16"}}""", "Violated")]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}""", "Holds")]
    [InlineData("""{"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}}""", "Violated")]
    [InlineData("""{"StringEquals":{"aws:Referer":"https://example.com/"}}""", "Violated")]
    [InlineData("""{"Null":{"aws:PrincipalOrgID":"false"}}""", "Violated")]
    [InlineData("""{"StringEqualsIgnoreCase":{"aws:PrincipalOrgID":"o-ours"}}""", "Holds")]
    [InlineData("""{"StringEquals":{"aws:PrincipalOrgID":["o-ours","${aws:ResourceOrgID}"]}}""", "Violated")]
    public void A_condition_keeps_untrusted_callers_out_if_it_fixes_who_or_where_they_are(string condition, string verdict) =>
        Assert.Equal(verdict, Public(Everyone(condition)).Verdict.ToString());

    [Theory]
    [InlineData("\"*\"", "Violated")]
    [InlineData("""{"AWS":"*"}""", "Violated")]
    [InlineData("""{"AWS":"444455556666"}""", "Holds")]
    [InlineData("""{"AWS":["arn:aws:iam::111122223333:root","arn:aws:iam::444455556666:role/x"]}""", "Holds")]
    [InlineData("""{"Service":"cloudtrail.amazonaws.com"}""", "Holds")]
    [InlineData("""{"Federated":"accounts.google.com"}""", "Unknown")]
    public void A_named_principal_is_trusted_where_no_zone_is_given(string principal, string verdict) =>
        Assert.Equal(verdict, Public(Document(Grant(principal))).Verdict.ToString());

    [Theory]
    [InlineData("""{"AWS":"444455556666"}""", "{}", "Violated")]
    [InlineData("""{"AWS":"111122223333"}""", "{}", "Holds")]
    [InlineData("\"*\"", """{"StringEquals":{"aws:PrincipalOrgID":"o-ours"}}""", "Holds")]
    [InlineData("\"*\"", """{"StringEquals":{"aws:PrincipalOrgID":"o-theirs"}}""", "Violated")]
    [InlineData("\"*\"", """{"StringEquals":{"aws:PrincipalAccount":"444455556666"}}""", "Violated")]
    public void Principals_outside_the_zone_are_untrusted(string principal, string condition, string verdict) =>
        Assert.Equal(verdict, Public(Document(Grant(principal, condition)), Zone).Verdict.ToString());

    [Fact]
    public void The_witness_is_of_an_untrusted_caller()
    {
        Answer answer = Public(Document(Grant("""{"AWS":"444455556666"}""")), """ "trustedAccounts":["111122223333"] """);
        Assert.Equal("444455556666", answer.Witness!.Request.Principal.Account);
        Assert.Equal("s3:GetObject", answer.Witness.Request.Action);
    }

    [Fact]
    public void Services_are_untrusted_when_asked_for_and_a_source_account_keeps_them_out()
    {
        string open = Document(Grant("""{"Service":"cloudtrail.amazonaws.com"}"""));
        string tied = Document(Grant("""{"Service":"cloudtrail.amazonaws.com"}""", If("StringEquals", "aws:SourceAccount", "111122223333")));
        Assert.Equal(Verdict.Holds, Public(open).Verdict);
        Assert.Equal("cloudtrail.amazonaws.com", Public(open, """ "confusedDeputy":true """).Witness!.Request.Principal.Name);
        Assert.Equal(Verdict.Holds, Public(tied, """ "confusedDeputy":true """).Verdict);
        Assert.Equal(Verdict.Holds, Public(open, """ "confusedDeputy":true,"trustedServices":["cloudtrail.amazonaws.com"] """).Verdict);
    }

    [Fact]
    public void Strictly_any_value_counts_that_somebody_may_have()
    {
        string policy = Everyone(If("StringEquals", "aws:SourceVpce", "vpce-1"));
        Assert.Equal(Verdict.Holds, Public(policy).Verdict);
        Assert.Equal(Verdict.Violated, Public(policy, """ "strict":true """).Verdict);
    }

    [Fact]
    public void Anonymous_callers_are_untrusted_also_where_a_condition_asks_for_them()
    {
        Assert.Equal(Verdict.Violated, Public(Everyone(If("StringEquals", "aws:userid", "anonymous"))).Verdict);
        Assert.Equal(Verdict.Violated, Public(Everyone(If("StringEquals", "aws:PrincipalAccount", "anonymous"))).Verdict);
    }

    [Fact]
    public void A_provider_is_not_named_by_the_account_that_it_is_registered_in()
    {
        string policy = Document("""{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/idp.example.com"},"Action":"sts:AssumeRoleWithWebIdentity","Resource":"*"}""");
        Assert.Equal("arn:aws:iam::111122223333:oidc-provider/idp.example.com", Public(policy, """ "world":"free" """).Witness!.Request.Principal.Name);
    }

    [Theory]
    [InlineData("repo:octo-org/octo-repo:ref:refs/heads/main", "StringEquals", "Holds")]
    [InlineData("repo:octo-org/*", "StringLike", "Holds")]
    [InlineData("repo:*", "StringLike", "Violated")]
    [InlineData("*", "StringLike", "Violated")]
    public void An_identity_provider_is_untrusted_unless_a_condition_fixes_its_subject(string subject, string op, string verdict)
    {
        string trust = Document($$"""
            {"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity",
             "Condition":{"{{op}}":{"token.actions.githubusercontent.com:sub":"{{subject}}"},"StringEqualsIgnoreCase":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"} } }
            """);
        Assert.Equal(verdict, Public(trust).Verdict.ToString());
    }

    [Fact]
    public void A_deny_of_untrusted_callers_keeps_them_out()
    {
        Assert.Equal(Verdict.Holds, Public(Document(Grant("\"*\""), Deny("""{"StringNotEquals":{"aws:PrincipalOrgID":"o-ours"}}"""))).Verdict);
        Assert.Equal(Verdict.Violated, Public(Document(Grant("\"*\""), Deny("""{"StringEquals":{"aws:PrincipalOrgID":"o-theirs"}}"""))).Verdict);
        Assert.Equal(Verdict.Violated, Public(Document(Grant("\"*\""), Deny("""{"Bool":{"aws:SecureTransport":"false"}}"""))).Verdict);
        Assert.Equal(Verdict.Holds, Public(Document(Grant("\"*\""), Deny(If("StringNotEquals", "aws:PrincipalAccount", "111122223333")))).Verdict);
    }

    private static Answer Public(string policy, string more = "") =>
        Prover.Answer(Read($$"""{"question":"no-public-access","policy":{{policy}}{{(more.Length > 0 ? "," + more : "")}}}"""));

    private static string Everyone(string condition) => Document(Grant("\"*\"", condition));

    private static string Grant(string principal, string condition = "{}") =>
        $$"""{"Effect":"Allow","Principal":{{principal}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{{condition}}}""";

    private static string Deny(string condition) => $$"""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{{condition}}}""";
}
