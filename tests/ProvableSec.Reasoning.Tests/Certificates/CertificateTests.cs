using System.Text.Json;
using ProvableSec.CertificateChecker;
using ProvableSec.Certificates;
using static ProvableSec.Reasoning.Tests.Certificates.Certified;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Certificates;

/// <summary>What certificates cover: each construct once, in a claim that rests on it.</summary>
public sealed class CertificateTests
{
    /// <summary>Conditions of which the first is at least as strict as the second, for a reason of its own.</summary>
    public static TheoryData<string, string> Stricter() => new()
    {
        // Texts.
        { If("StringEquals", "a:k", "a"), If("StringEquals", "a:k", "a", "b") },
        { If("StringLike", "a:k", "a*b*"), If("StringLike", "a:k", "a*") },
        { If("StringEqualsIgnoreCase", "a:k", "ab"), If("StringLike", "a:k", "?b", "?B") },
        { If("StringNotLike", "a:k", "a*"), If("StringNotEquals", "a:k", "ab") },
        { If("ArnLike", "a:arn", "arn:aws:s3:::b"), If("StringLike", "a:arn", "arn:*:s3:*") },
        { If("ArnNotLike", "a:arn", "arn:aws:s3:*:*:b/*"), If("ArnNotEquals", "a:arn", "arn:aws:s3:::b/c") },
        { If("StringEquals", "a:k", "*"), If("StringLike", "a:k", "?") },

        // Numbers, moments, addresses, truth, bytes.
        { If("NumericLessThan", "a:n", "1.50"), If("NumericLessThanEquals", "a:n", "1.5") },
        { If("NumericNotEquals", "a:n", "2", "3"), If("NumericNotEquals", "a:n", "2.0") },
        { If("DateGreaterThan", "a:d", "2024-01-01T00:00:00Z"), If("DateGreaterThanEquals", "a:d", "1704067200") },
        { If("IpAddress", "a:ip", "10.0.0.0/9", "10.128.0.0/9"), If("IpAddress", "a:ip", "10.0.0.0/8") },
        { If("IpAddress", "a:ip", "10.0.0.0/8"), If("IpAddress", "a:ip", "10.0.0.0/9", "10.128.0.0/9") },
        { If("NotIpAddress", "a:ip", "2001:db8::/32"), If("NotIpAddress", "a:ip", "2001:db8::1/128") },
        { If("Null", "a:t", "false"), If("Null", "a:t", "false") },
        { If("Bool", "a:t", "TRUE"), If("Bool", "a:t", "true") },
        { If("BinaryEquals", "a:b", "QUI="), If("BinaryEquals", "a:b", "QUJ=", "QUI=") },

        // Presence and absence.
        { If("StringEquals", "a:k", "a"), If("Null", "a:k", "false") },
        { If("StringEquals", "a:k", "a"), If("StringEqualsIfExists", "a:k", "a") },
        { If("Null", "a:k", "true"), If("StringNotEquals", "a:k", "a") },

        // Keys with several values.
        { If("ForAllValues:StringEquals", "a:s", "a"), If("ForAllValues:StringLike", "a:s", "a*") },
        { If("ForAnyValue:StringEquals", "a:s", "a"), If("ForAnyValue:StringLike", "a:s", "?") },
        { If("ForAllValues:StringNotEquals", "a:s", "a", "b"), If("ForAllValues:StringNotEquals", "a:s", "a") },
        { If("ForAnyValue:StringNotEquals", "a:s", "a", "b"), If("ForAnyValue:StringNotEquals", "a:s", "b") },
        { If("StringEquals", "aws:TagKeys", "a"), If("StringLike", "aws:TagKeys", "a*") },
    };

    [Theory]
    [MemberData(nameof(Stricter))]
    public void A_stricter_condition_gives_no_new_access(string stricter, string laxer)
    {
        CertificateReport report = Check(Certificate(AskedNoNewAccess(Document(Allow(stricter)), Document(Allow(laxer)), ""","world":"free" """)));
        Assert.Equal((true, ""), (report.IsValid, report.Problem));
        Assert.Equal([], report.Given);
    }

    [Theory]
    [MemberData(nameof(Stricter))]
    public void The_other_way_round_there_is_none_unless_both_say_the_same(string stricter, string laxer)
    {
        CertificateResult result = Write(AskedNoNewAccess(Document(Allow(laxer)), Document(Allow(stricter)), ""","world":"free" """));
        Assert.Equal(result.Text is null ? "the witness shows it" : "", result.Reason);
    }

    [Theory]
    [InlineData("s3:Get*", "*", "s3:*", "arn:*:*:*:*:*")]
    [InlineData("s3:GetObject", "arn:aws:s3:::b/*", "S3:get?bject", "arn:aws:s3:::*")]
    [InlineData("s3:GetObject", "arn:aws:s3:::b/a*", "s3:*", "arn:aws:s3:::b/*")]
    public void Actions_and_resources_by_their_patterns(string action, string resource, string wider, string widerResource)
    {
        string shapes = resource == "*" ? "" : ""","world":"free" """;
        CertificateReport report =
            Check(Certificate(AskedNoNewAccess(Document(Allow("{}", action, resource)), Document(Allow("{}", wider, widerResource), Allow("{}", wider)),
                shapes)));
        Assert.True(report.IsValid, report.Problem);
    }

    [Theory]
    [InlineData("can", "", "no completion of the request is allowed by document 0")]
    [InlineData("not-granted", "\"forbidden\":", "no request that document 1 describes is allowed by document 0")]
    [InlineData("granted", "\"required\":", "every request that document 1 describes is allowed by document 0")]
    [InlineData("no-new-access", "\"baseline\":", "every request that document 0 allows, document 1 allows")]
    [InlineData("equivalent", "\"baseline\":", "document 0 and document 1 allow the same requests")]
    public void Each_question_says_in_words_what_was_proved(string question, string member, string claim)
    {
        string policy = question is "can" or "not-granted" ? Document(Allow(), Deny()) : Document(Allow());
        string other = member.Length == 0 ? "" : "," + member + Document(Allow(), Allow());
        CertificateReport report = Check(Certificate($$"""{"question":"{{question}}","policy":{{policy}}{{other}},"world":"free"}"""));
        Assert.True(report.IsValid, report.Problem);
        Assert.Equal(claim, report.Claim);
    }

    [Fact]
    public void A_disputed_point_is_proved_under_both_readings()
    {
        // Whether a bare IPv6 address is a /128 or a /32 does not matter to one that contains both.
        string text =
            Certificate(AskedNoNewAccess(Document(Allow(If("IpAddress", "a:ip", "2001:db8::1"))), Document(Allow(If("IpAddress", "a:ip", "2001:db8::/31"))),
            ""","world":"free" """));
        Assert.True(Check(text).IsValid);
        Assert.DoesNotContain("reading", Part(text, "atoms"), StringComparison.Ordinal);
    }

    [Fact]
    public void Default_readings_are_said_in_the_claim()
    {
        string question = AskedNoNewAccess(Document(Allow(If("IpAddress", "a:ip", "2001:db8::1"))), Document(Allow(If("IpAddress", "a:ip", "2001:db8::1/128"))),
            ""","world":"free","readings":"default" """);
        CertificateReport report = Check(Certificate(question));
        Assert.True(report.IsValid, report.Problem);
        Assert.EndsWith(", under the default readings", report.Claim, StringComparison.Ordinal);
        Assert.Equal("the witness shows it", Write(question.Replace("\"default\"", "\"all\"", StringComparison.Ordinal)).Reason);
    }

    [Theory]
    [InlineData("linked-keys", """{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Null":{"aws:PrincipalArn":"true"}}}""")]
    [InlineData("linked-keys", """{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":"111122223333"},"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::444455556666:*"}}}""")]
    [InlineData("linked-keys", """{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:username":"ann"},"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/bob"}}}""")]
    [InlineData("shapes", """{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b","Condition":{"Null":{"a:k":"false"}}},{"Effect":"Deny","Action":"*:*","Resource":"*"}""")]
    [InlineData("catalogue", """{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:sqs:*:*:*"}""")]
    [InlineData("catalogue", """{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*","Condition":{"StringEquals":{"s3:prefix":"a"}}}""")]
    public void What_holds_given_an_assumption_says_which(string given, string statement)
    {
        CertificateReport report = Check(Certificate($$"""{"question":"can","policy":{{Document(statement)}}}"""));
        Assert.True(report.IsValid, report.Problem);
        Assert.Equal([given], report.Given);
    }

    [Theory]
    [InlineData("\"permissionsBoundary\":{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}")]
    [InlineData("\"sessionPolicies\":[]")]
    [InlineData("\"serviceControlPolicies\":[[{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}},{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"iam:*\",\"Resource\":\"*\"}}]]")]
    [InlineData("\"vpcEndpointPolicies\":[{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}]")]
    [InlineData("\"resourcePolicy\":{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"iam:*\",\"Resource\":\"*\"}}")]
    public void Each_layer_of_a_stack_can_keep_from_it(string layer)
    {
        CertificateReport report = Check(Certificate($$"""{"question":"not-granted","identityPolicies":[{{Document(AllowAll)}}],{{layer}},"forbidden":{{Document(Allow("{}", "iam:*"))}}}"""));
        Assert.True(report.IsValid, report.Problem);
    }

    [Theory]
    [InlineData("\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:user/ann\"}", "arn:aws:iam::111122223333:user/bob")]
    [InlineData("\"Principal\":{\"AWS\":\"111122223333\"}", "arn:aws:iam::444455556666:role/r")]
    [InlineData("\"Principal\":{\"AWS\":\"arn:aws:sts::111122223333:assumed-role/r/s\"}", "arn:aws:sts::111122223333:assumed-role/r/t")]
    [InlineData("\"Principal\":{\"Service\":\"sns.amazonaws.com\"}", "sqs.amazonaws.com")]
    [InlineData("\"NotPrincipal\":{\"AWS\":\"arn:aws:iam::111122223333:user/ann\"}", "arn:aws:iam::111122223333:user/ann")]
    public void A_principal_that_is_not_named_is_not_allowed(string principal, string caller)
    {
        string statement = $$"""{"Effect":"Allow",{{principal}},"Action":"*","Resource":"*"}""";
        CertificateReport report = Check(Certificate($$"""{"question":"can","policy":{{Document(statement)}},"request":{"principal":"{{caller}}"},"world":"free"}"""));
        Assert.True(report.IsValid, report.Problem);
    }

    [Fact]
    public void A_policy_variable_is_one_unknown_wherever_it_stands()
    {
        string mine = Allow("{}", "s3:*", "arn:aws:s3:::home/${aws:username}/*");
        Assert.True(Check(Certificate(AskedNoNewAccess(Document(mine), Document(mine, Allow("{}", "sqs:*"))))).IsValid);
        Assert.True(Check(Certificate(AskedNoNewAccess(Document(mine), Document(Allow("{}", "s3:*", "arn:aws:s3:::home/*"))))).IsValid);
    }

    [Theory]
    [InlineData("""{"question":"no-dead-statement","policy":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}}""", "no-dead-statement is not covered by certificates")]
    [InlineData("""{"question":"can","policy":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}}""", "the witness shows it")]
    public void What_has_no_certificate_says_why(string query, string reason) =>
        Assert.Equal((null, reason, false), (Write(query).Text, Write(query).Reason, Write(query).IsDisagreement));

    [Fact]
    public void The_same_question_gets_the_same_certificate()
    {
        string query = AskedNotGranted(Document(Allow("{}", "s3:*"), Deny(If("StringNotEquals", "aws:RequestedRegion", "eu-west-1"))),
            Document(Allow(If("StringEquals", "aws:RequestedRegion", "us-east-1"))));
        Assert.Equal(Certificate(query), Certificate(query));
    }

    private static string Part(string text, string name) => JsonDocument.Parse(text).RootElement.GetProperty(name).GetRawText();
}
