using ProvableSec.Reasoning.Questions;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>Who decides, proved: the rules of docs/semantics.md, lines 10 to 18, as questions about all requests at once.</summary>
public sealed class StackVerdictTests
{
    private const string Bucket = "arn:aws:s3:::b/*", Role = "arn:aws:iam::111122223333:role/r", Key = "arn:aws:kms:eu-west-1:111122223333:key/k";

    [Theory]
    [InlineData("""{"AWS":"arn:aws:iam::111122223333:user/a"}""", "arn:aws:iam::111122223333:user/a", "Holds")]
    [InlineData("""{"AWS":"arn:aws:iam::111122223333:user/a"}""", "arn:aws:iam::111122223333:user/b", "Violated")]
    [InlineData("""{"AWS":"arn:aws:iam::111122223333:role/r"}""", "arn:aws:iam::111122223333:role/r", "Holds")]
    [InlineData("""{"AWS":"arn:aws:iam::111122223333:role/r"}""", "arn:aws:sts::111122223333:assumed-role/r/s", "Holds")]
    [InlineData("""{"AWS":"arn:aws:sts::111122223333:assumed-role/r/s"}""", "arn:aws:sts::111122223333:assumed-role/r/s", "Holds")]
    [InlineData("""{"AWS":"arn:aws:sts::111122223333:assumed-role/r/s"}""", "arn:aws:sts::111122223333:assumed-role/r/t", "Violated")]
    [InlineData("""{"AWS":"111122223333"}""", "arn:aws:iam::111122223333:user/a", "Violated")]
    [InlineData("""{"AWS":"111122223333"}""", "arn:aws:iam::111122223333:root", "Holds")]
    [InlineData("\"*\"", "*", "Holds")]
    [InlineData("""{"Service":"sns.amazonaws.com"}""", "sns.amazonaws.com", "Holds")]
    [InlineData("""{"Service":"sns.amazonaws.com"}""", "sqs.amazonaws.com", "Violated")]
    public void A_resource_policy_grants_to_whom_it_names_and_an_account_only_delegates(string principal, string caller, string verdict) =>
        Assert.Equal(verdict, Stack("can", $$""" "identityPolicies":[],"resourcePolicy":{{Document(Grant(principal))}} """,
            $$""" "principal":"{{caller}}","resourceAccount":"111122223333","action":"s3:GetObject" """).Verdict.ToString());

    [Fact]
    public void Across_accounts_both_sides_must_allow()
    {
        string open = Document(Grant("\"*\"")), identity = Document(Allow(action: "s3:GetObject"));
        const string Foreign = """ "principal":"arn:aws:iam::444455556666:user/a","resourceAccount":"111122223333","action":"s3:GetObject" """;
        Assert.Equal(Verdict.Holds, Stack("can", $$""" "identityPolicies":[{{identity}}],"resourcePolicy":{{open}} """, Foreign).Verdict);
        Assert.Equal(Verdict.Violated, Stack("can", $$""" "identityPolicies":[],"resourcePolicy":{{open}} """, Foreign).Verdict);
        Assert.Equal(Verdict.Violated, Stack("can", $$""" "identityPolicies":[{{identity}}],"resourcePolicy":null """, Foreign).Verdict);
        Assert.Equal(Verdict.Unknown, Stack("can", $$""" "identityPolicies":[{{identity}}] """, Foreign).Verdict);
    }

    [Theory]
    [InlineData("aws:username")]
    [InlineData("aws:PrincipalTag/team")]
    [InlineData("aws:ResourceOrgID")]
    public void A_variable_in_a_statement_that_makes_no_difference_leaves_nothing_open(string variable)
    {
        // Who is named lies in another partition than what is granted.
        string elsewhere = """{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"sqs:SendMessage","Resource":"arn:aws-us-gov:sqs:us-gov-west-1:111122223333:a"}""";
        string beside = $$"""{"Effect":"Deny","Principal":"*","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:us-east-1:111122223333:${{{variable}}}"}""";
        Assert.Equal(Verdict.Violated, Question($$"""{"question":"can","type":"resource","policy":{{Document(elsewhere, beside)}} }""").Verdict);
    }

    [Fact]
    public void A_caller_whose_policies_are_not_given_may_have_what_the_resource_policy_grants_it_and_no_more()
    {
        string policy = Document(Grant("""{"AWS":"444455556666"}"""));
        Answer granted = Unsampled("not-granted", $$""" "resourcePolicy":{{policy}},"forbidden":{{Document(Allow(action: "s3:GetObject"))}} """,
            """ "resourceAccount":"111122223333","principalType":"role" """);
        Assert.True(granted.Witness!.OwnPoliciesAllow);
        Assert.Equal("444455556666", granted.Witness.Request.Principal.Account);
        Assert.Contains("own policies", granted.Explanation, StringComparison.Ordinal);
        Assert.Equal(Verdict.Holds, Stack("not-granted", $$""" "resourcePolicy":{{policy}},"forbidden":{{Document(Allow(action: "s3:PutObject"))}} """,
            """ "resourceAccount":"111122223333","principalType":"role" """).Verdict);
    }

    [Fact]
    public void A_grant_to_a_role_is_limited_by_the_boundary_and_one_to_its_session_is_not()
    {
        string Ask(string principal) => $$""" "identityPolicies":[],"permissionsBoundary":{{Document(Allow(action: "ec2:*"))}},"resourcePolicy":{{Document(Grant($$"""{"AWS":"{{principal}}"}"""))}} """;
        const string Session = """ "principal":"arn:aws:sts::111122223333:assumed-role/r/s","resourceAccount":"111122223333","action":"s3:GetObject" """;
        Assert.Equal(Verdict.Violated, Stack("can", Ask("arn:aws:iam::111122223333:role/r"), Session).Verdict);
        Assert.Equal(Verdict.Holds, Stack("can", Ask("arn:aws:sts::111122223333:assumed-role/r/s"), Session).Verdict);
    }

    [Theory]
    [InlineData("sts:AssumeRole", Role)]
    [InlineData("kms:Decrypt", Key)]
    public void A_trust_or_key_policy_must_allow_even_within_the_account(string action, string resource)
    {
        string request = $$""" "principal":"arn:aws:iam::111122223333:user/a","action":"{{action}}","resource":"{{resource}}" """, identity = $$""" "identityPolicies":[{{Document(AllowAll)}}] """;
        Assert.Equal(Verdict.Violated, Stack("can", identity + ""","resourcePolicy":null""", request).Verdict);
        Assert.Equal(Verdict.Unknown, Stack("can", identity, request).Verdict);
        string trust = Document($$"""{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"{{action}}","Resource":"*"}""");
        Assert.Equal(Verdict.Holds, Stack("can", $$"""{{identity}},"resourcePolicy":{{trust}} """, request).Verdict);
    }

    [Fact]
    public void An_RCP_binds_everybody_by_the_account_of_the_resource_where_its_service_takes_part()
    {
        string deny = Document("""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-a"}}}""");
        string Ask(string action) =>
            $$""" "resourcePolicy":{{Document($$"""{"Effect":"Allow","Principal":"*","Action":"{{action}}","Resource":"*"}""")}},"resourceControlPolicies":[[{{deny}}]] """;
        string Outsider(string action) => $$""" "principal":"*","action":"{{action}}","resourceAccount":"111122223333" """;
        Assert.Equal(Verdict.Violated, Stack("can", Ask("s3:GetObject"), Outsider("s3:GetObject")).Verdict);
        Assert.Equal(Verdict.Holds, Stack("can", Ask("sns:Publish"), Outsider("sns:Publish")).Verdict);
        Assert.Equal(Verdict.Holds, Stack("can", Ask("s3:GetObject") + ""","organization":{"id":"o-a","managementAccount":"111122223333"}""",
            Outsider("s3:GetObject")).Verdict);
    }

    [Fact]
    public void Every_endpoint_policy_must_allow_and_on_a_gateway_an_account_is_its_root_user()
    {
        string through =
            $$""" "identityPolicies":[{{Document(AllowAll)}}],"vpcEndpointPolicies":[{{Document("""{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"*","Resource":"*"}""")}}] """;
        const string User = """ "principal":"arn:aws:iam::111122223333:user/a","action":"ACTION" """;
        Assert.Equal(Verdict.Violated, Stack("can", through, User.Replace("ACTION", "s3:GetObject", StringComparison.Ordinal)).Verdict);
        Assert.Equal(Verdict.Holds, Stack("can", through, User.Replace("ACTION", "ec2:RunInstances", StringComparison.Ordinal)).Verdict);
    }

    [Fact]
    public void NotPrincipal_exempts_nobody_with_a_boundary()
    {
        string deny = Document(Grant("""{"AWS":"111122223333"}"""), """{"Effect":"Deny","NotPrincipal":{"AWS":["111122223333","arn:aws:iam::111122223333:user/a"]},"Action":"*","Resource":"*"}""");
        const string User = """ "principal":"arn:aws:iam::111122223333:user/a","resourceAccount":"111122223333","action":"s3:GetObject" """;
        string identity = $$""" "identityPolicies":[{{Document(AllowAll)}}],"resourcePolicy":{{deny}} """;
        Assert.Equal(Verdict.Holds, Stack("can", identity, User).Verdict);
        Assert.Equal(Verdict.Violated, Stack("can", $$"""{{identity}},"permissionsBoundary":{{Document(AllowAll)}} """, User).Verdict);
    }

    [Fact]
    public void A_statement_of_a_stack_is_dead_where_another_layer_makes_it_so()
    {
        Answer answer = Prover.Answer(Read($$"""
            {"question":"no-dead-statement","identityPolicies":[{{Document(Allow(action: "s3:GetObject"), Allow(action: "ec2:*"))}}],
             "serviceControlPolicies":[[{{Document(AllowAll, Deny(action: "ec2:*"))}}]]}
            """));
        Assert.Equal(Verdict.Violated, answer.Verdict);
        Assert.Equal(["identityPolicies[0] 1"], answer.Because.Select(b => $"{b.Slot} {b.Statement!.Index}"));
    }

    [Fact]
    public void What_stands_where_AWS_takes_it_not_is_decided_and_said()
    {
        Answer answer =
            Stack("can", $$""" "identityPolicies":[{{Document("""{"Effect":"Allow","Principal":"*","Action":["foo:Bar","s3:GetObjekt"],"Resource":"*","Condition":{"StringIs":{"s3:nokey":"x"}}}""")}}] """, "");
        foreach (string part in (string[])["takes no Principal", "no service of the action \"foo:Bar\"", "no action \"s3:GetObjekt\"",
            "no condition key \"s3:nokey\"", "no condition operator \"StringIs\""])
        {
            Assert.Contains(answer.Warnings, w => w.Contains(part, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("resourcePolicy", "@", false, "without Principal it speaks of nobody")]
    [InlineData("resourcePolicy", "@", true, "")]
    [InlineData("resourceControlPolicies", "[[@]]", false, "needs Principal \"*\", which is taken as meant")]
    [InlineData("resourceControlPolicies", "[[@]]", true, "")]
    [InlineData("serviceControlPolicies", "[[@]]", false, "")]
    [InlineData("serviceControlPolicies", "[[@]]", true, "AWS takes no Principal here")]
    public void A_Principal_stands_where_a_layer_takes_one(string layer, string shape, bool hasPrincipal, string said)
    {
        string policy = Document($$"""{"Effect":"Allow",{{(hasPrincipal ? "\"Principal\":\"*\"," : "")}}"Action":"*","Resource":"*"}""");
        Answer answer = Stack("can", $$""" "identityPolicies":[{{Document(AllowAll)}}],"{{layer}}":{{shape.Replace("@", policy, StringComparison.Ordinal)}} """, "");
        string[] aboutPrincipals = [.. answer.Warnings.Where(warning => warning.Contains("Principal", StringComparison.Ordinal))];
        Assert.Equal(said.Length == 0 ? 0 : 1, aboutPrincipals.Length);
        Assert.All(aboutPrincipals, warning => Assert.Contains(said, warning, StringComparison.Ordinal));
    }

    [Fact]
    public void An_explanation_names_the_deny_that_does_not_apply_and_why()
    {
        Answer answer = Stack(
            "can",
            $$""" "identityPolicies":[{{Document("""{"Sid":"Read","Effect":"Allow","Action":"ec2:*","Resource":"*"}""")}}],"serviceControlPolicies":[[{{Document(AllowAll, """{"Sid":"RegionLock","Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"us-east-1"}}}""")}}]] """,
            """ "action":"ec2:RunInstances","context":{"aws:RequestedRegion":null} """);
        Assert.Equal("allowed by statement 0 \"Read\" of identityPolicies[0]; statement 1 \"RegionLock\" of serviceControlPolicies[0][0] does not deny it because aws:RequestedRegion is absent", answer.Explanation);
    }

    private static Answer Unsampled(string question, string members, string request) =>
        Prover.Answer(Read($$"""{"question":"{{question}}",{{members}},"request":{ {{request}} } }"""));

    private static Answer Stack(string question, string members, string request) =>
        Question($$"""{"question":"{{question}}",{{members}},"world":"{{(request.Contains("null", StringComparison.Ordinal) ? "free" : "aws")}}","request":{ {{request}} } }""");

    private static string Grant(string principal) => $$"""{"Effect":"Allow","Principal":{{principal}},"Action":"s3:GetObject","Resource":"{{Bucket}}"}""";
}
