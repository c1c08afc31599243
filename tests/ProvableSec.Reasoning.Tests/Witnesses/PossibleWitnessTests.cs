using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Proving;
using ProvableSec.Reasoning.Tests.Worlds;

namespace ProvableSec.Reasoning.Tests.Witnesses;

/// <summary>Witnesses are requests that AWS could send: what the search leaves open, and what makes a witness easier to read, goes with the rest of the
/// request.</summary>
public sealed class PossibleWitnessTests
{
    private const string Organization = ""","organization":{"id":"o-a1","managementAccount":"444455556666","accounts":{"111122223333":"o-a1/r-a1/ou-a1/"}}""",
        WithoutId = ""","organization":{"managementAccount":"444455556666","accounts":{"111122223333":"o-a1/r-a1/ou-a1/"}}""";

    [Theory]
    [InlineData("StringNotEquals", "aws:ResourceOrgID", "o-a1", Organization)]
    [InlineData("StringNotEquals", "aws:ResourceOrgID", "${aws:PrincipalOrgID}", Organization)]
    [InlineData("StringNotEquals", "aws:ResourceOrgID", "${aws:PrincipalOrgID}", WithoutId)]
    [InlineData("StringEquals", "aws:ResourceOrgID", "${aws:PrincipalOrgID}", WithoutId)]
    [InlineData("ForAnyValue:StringLike", "aws:ResourceOrgPaths", "o-a1/*", Organization)]
    [InlineData("ForAllValues:StringLike", "aws:ResourceOrgPaths", "o-a1/r-b2/*", Organization)]
    [InlineData("ForAnyValue:StringNotLike", "aws:PrincipalOrgPaths", "o-a1/*", Organization)]
    [InlineData("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1/*", Organization)]
    [InlineData("StringEquals", "aws:PrincipalOrgID", "o-a1", WithoutId)]
    public void Keys_of_organizations_are_those_of_the_accounts_that_ask_and_own(string op, string key, string value, string organization)
    {
        foreach (string action in (string[])["s3:GetObject", "sts:AssumeRole", "ssm:DescribeMaintenanceWindows"])
        {
            string statement = Statement(action, $"\"{op}\":{{\"{key}\":\"{value}\"}}");
            AssertPossible($$"""{"question":"can","policy":{"resourcePolicy":{{Document(statement)}}{{organization}}} }""");
            AssertPossible($$"""{"question":"granted","policy":{"identityPolicies":[{{Document(Ask.Allow(action: "ec2:*"))}}],"resourcePolicy":null{{organization}}},"required":{{Document(Ask.Allow(action: action, condition: $"{{\"{op}\":{{\"{key}\":\"{value}\"}}}}"))}} }""");
        }
    }

    [Fact]
    public void A_management_account_lies_somewhere_in_its_organization() => AssertPossible(
        $$"""{"question":"can","policy":{"resourcePolicy":{{Document(Statement("s3:*", "\"StringNotLikeIfExists\":{\"aws:PrincipalOrgPaths\":\"o-a1/r-a1/ou-a1/\"}"))}}{{Organization}}},"request":{"principal":"arn:aws:iam::444455556666:role/r"} }""");

    [Theory]
    [InlineData("aws:SourceVpc", "vpc-1")]
    [InlineData("aws:SourceVpce", "vpce-1")]
    public void A_request_has_an_address_or_comes_through_an_endpoint(string key, string value)
    {
        string neither = $"\"NotIpAddress\":{{\"aws:SourceIp\":\"203.0.113.0/24\"}},\"StringNotEquals\":{{\"{key}\":\"{value}\"}}";
        AssertPossible($$"""{"question":"can","policy":{{Document(Ask.Allow(condition: "{" + neither + "}"))}} }""");
        AssertPossible($$"""{"question":"can","policy":{{Document(Ask.Allow(condition: "{" + neither + ",\"Bool\":{\"aws:ViaAWSService\":\"false\"}}"))}} }""");
    }

    [Fact]
    public void A_service_that_calls_for_a_caller_has_an_address_though_the_endpoints_policies_are_given()
    {
        const string Asked = ""","request":{"context":{"aws:SourceIp":"203.0.113.9"} }""";
        string stack = $$"""{"identityPolicies":[{{Document(AllowAll)}}],"resourcePolicy":null,"vpcEndpointPolicies":[{"Version":"2012-10-17","Statement":[]}]}""";
        Answer answer = Ask.Granted(stack, Document(Ask.Allow(action: "s3:GetObject")), Asked);
        Assert.Equal(Verdict.Violated, answer.Verdict);
        Assert.Equal("true", answer.Witness!.Request.Context.Single(e => e.FoldedKey == "aws:viaawsservice").Values.Single(), ignoreCase: true);
    }

    [Theory]
    [InlineData("aws:SourceVpc", "vpc-1")]
    [InlineData("aws:SourceVpce", "vpce-1")]
    [InlineData("aws:VpcSourceIp", "10.0.0.1")]
    public void What_a_service_sends_of_the_network_is_not_known(string key, string value)
    {
        string allow = $"{{\"Version\":\"2012-10-17\",\"Statement\":{{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\",\"Condition\":{{\"Null\":{{\"aws:SourceIp\":\"false\",\"{key}\":\"false\"}}}}}}}}";
        foreach ((string? via, Verdict verdict) in new[] { ((string?)null, Verdict.Holds), ("true", Verdict.Holds), ("false", Verdict.Violated) })
        {
            string request = via is null ? "" : $",\"aws:ViaAWSService\":\"{via}\"";
            Assert.Equal(verdict, Ask.Question($"{{\"question\":\"can\",\"policy\":{allow},\"request\":{{\"principal\":\"arn:aws:iam::111122223333:role/r\",\"context\":{{\"{key}\":\"{value}\"{request}}}}}}}").Verdict);
        }
    }

    [Theory]
    [InlineData("s3:PutObject", "lambda.amazonaws.com")]
    [InlineData("sns:Publish", "events.amazonaws.com")]
    public void A_service_sends_its_own_name(string action, string service) => AssertPossible(
        $$"""{"question":"can","policy":{"resourcePolicy":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"{{service}}"},"Action":"{{action}}","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalServiceName":"sqs.amazonaws.com"} } } } } }""");

    [Theory]
    [InlineData("s3:PutObject")]
    [InlineData("kms:Decrypt")]
    public void What_a_service_acts_on_belongs_to_somebody(string action) => AssertPossible(
        $$"""{"question":"not-granted","policy":{"resourcePolicy":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":["events:PutEvents","{{action}}"],"Resource":"*","Condition":{"StringNotEquals":{"aws:ResourceAccount":"111122223333"} } } } },"forbidden":{{Document(Ask.Allow())}} }""");

    [Theory]
    [InlineData("DateGreaterThanIfExists", "aws:EpochTime")]
    [InlineData("DateGreaterThanIfExists", "aws:CurrentTime")]
    [InlineData("DateGreaterThan", "aws:EpochTime")]
    public void A_request_has_its_time(string op, string key) =>
        AssertPossible($$"""{"question":"can","policy":{{Document(Ask.Allow(condition: Ask.If(op, key, "2020-01-01T00:00:00Z")))}} }""");

    [Theory]
    [InlineData("sts:AssumeRoleWithWebIdentity")]
    [InlineData("sts:AssumeRoleWithSAML")]
    [InlineData("s3:GetObject")]
    public void Identity_providers_lie_in_a_partition_and_their_subjects_assume_roles(string action)
    {
        string policy = $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"{{action}}","Resource":"*"} }""";
        AssertPossible($$"""{"question":"can","policy":{"resourcePolicy":{{policy}} },"request":{"principalType":"federated"} }""");
        AssertPossible($$"""{"question":"can","policy":{"resourcePolicy":{{policy}} },"request":{"principalType":"federated","resource":"arn:aws-cn:iam::111122223333:role/r"} }""");
        AssertPossible($$"""{"question":"can","policy":{{policy}},"type":"resource","request":{"principalType":"federated"} }""");
    }

    [Fact]
    public void Where_the_age_of_a_login_is_sent_there_was_one() =>
        AssertPossible(
            $$"""{"question":"can","policy":{{Document(Ask.Allow(condition: """{"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"},"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"} }"""))}} }""");

    [Theory]
    [InlineData("AIDA*")]
    [InlineData("AIDAexample")]
    [InlineData("AROA?*:session")]
    [InlineData("*x*")]
    public void Ids_are_capital_letters_and_digits(string id)
    {
        foreach (string kind in (string[])["user", "role", "assumed-role", "root", "federated-user", "anonymous"])
        {
            AssertPossible($$"""{"question":"can","policy":{{Document(Ask.Allow(condition: Ask.If("StringLike", "aws:userid", id)))}},"request":{"principalType":"{{kind}}"} }""");
            AssertPossible($$"""{"question":"can","policy":{{Document(Ask.Allow(condition: Ask.If("StringNotLike", "aws:userid", id)))}},"request":{"principalType":"{{kind}}"} }""");
        }
    }

    [Theory]
    [InlineData("*.amazonaws.com")]
    [InlineData("a b.amazonaws.com")]
    public void No_service_has_a_name_that_no_host_has(string name)
    {
        Answer answer = Ask.Question($$"""{"question":"can","policy":{"resourcePolicy":{{Document(Statement("s3:GetObject", $"\"StringEquals\":{{\"aws:PrincipalServiceName\":\"{name}\"}}"))}} },"request":{"principalType":"service"} }""");
        Assert.Equal(Verdict.Violated, answer.Verdict);
    }

    [Fact]
    public void Arns_in_two_keys_lie_in_one_partition() => Assert.Equal(Verdict.Violated, Ask.Question(
        $$"""{"question":"can","policy":{{Document(Ask.Allow(resource: "*", condition: """{"ArnLike":{"ec2:SourceInstanceArn":"arn:aws:ec2:*"},"StringEquals":{"codebuild:BuildArn":"arn:aws-cn:codebuild:cn-north-1:111122223333:build/b"} }"""))}} }""").Verdict);

    [Theory]
    [InlineData("*", "arn:aws:iam::111122223333:role/*")]
    [InlineData("sts:*", "*")]
    public void Federated_users_call_what_they_may_call(string action, string resource) =>
        AssertPossible($$"""{"question":"can","policy":{{Document(Ask.Allow(action: action, resource: resource))}},"request":{"principalType":"federated-user"} }""");

    [Theory]
    [InlineData("iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/ReadOnlyAccess")]
    [InlineData("kms:DeleteAlias", "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3")]
    public void Nobody_without_credentials_changes_what_belongs_to_aws(string action, string resource)
    {
        string policy = $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"{{action}}","Resource":"{{resource}}"} }""";
        AssertPossible($$"""{"question":"not-granted","policy":{"resourcePolicy":{{policy}} },"forbidden":{{Document(AllowAll)}} }""");
        AssertPossible($$"""{"question":"can","policy":{"resourcePolicy":{{policy}} },"request":{"principalType":"anonymous"} }""");
    }

    [Theory]
    [InlineData("sns:Publish", "iam")]
    [InlineData("ec2:StartInstances", "rds")]
    public void A_services_name_of_a_tag_comes_with_the_global_one(string action, string service)
    {
        string allow = Ask.Allow(action: action, condition: $$"""{"Null":{"{{service}}:ResourceTag/team":"false"} }"""), deny =
            Ask.Deny(action: action, condition: Ask.If("StringLike", "aws:ResourceTag/team", "*"));
        Assert.Equal(Verdict.Violated, Ask.Question($$"""{"question":"can","policy":{{Document(allow, deny)}} }""").Verdict);
    }

    [Theory]
    [InlineData("arn:aws:sqs:eu-west-1:a*:q")]
    [InlineData("arn:aws:sqs:eu-west-1:*:q*")]
    public void A_resource_belongs_to_an_account_of_twelve_digits(string resource)
    {
        AssertPossible($$"""{"question":"can","policy":{{Document(Ask.Allow(action: "sqs:*", resource: resource))}} }""");
        AssertPossible(
            $$"""{"question":"no-public-access","policy":{{Document($$"""{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"{{resource}}"} """)}},"type":"resource"}""");
    }

    [Fact]
    public void Callers_of_accounts_have_a_type() => AssertPossible(
        $$"""{"question":"no-public-access","type":"identity","policy":{{Document(Ask.Allow(action: "*", condition: """{"StringNotEquals":{"aws:VpceAccount":"${aws:ResourceAccount}"},"StringEqualsIfExists":{"aws:PrincipalType":["A*","User"]} }"""))}} }""");

    private static string Statement(string action, string condition) => $$"""{"Effect":"Allow","Principal":"*","Action":"{{action}}","Resource":"*","Condition":{ {{condition}} } }""";

    private static void AssertPossible(string question)
    {
        Query query = Ask.Read(question);
        Answer answer = Prover.Answer(query);
        Assert.Empty(answer.Witness is { } witness ? QuestionWorld.Validator(query).Violations(witness.Request)
            .Select(v => $"{v}: {Agreement.Shown(witness.Request)} {question}") : []);
    }
}
