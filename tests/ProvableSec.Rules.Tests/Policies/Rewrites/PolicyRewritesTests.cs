using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;
using ProvableSec.Rules.Policies.Rewrites;

namespace ProvableSec.Rules.Tests.Policies.Rewrites;

/// <summary>What a rewrite makes of a policy, and what it says about the requests that are allowed then.</summary>
public sealed class PolicyRewritesTests
{
    private const string Begin = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    ", End = "\n  ]\n}";

    public static TheoryData<string, string, string, string, string> Shapes() => new()
    {
        { "REDUNDANT_ACTION", "identity", "{\"Effect\": \"Allow\", \"Action\": [\"s3:Get*\", \"s3:GetObject\"], \"Resource\": \"*\"}",
            "{\"Effect\": \"Allow\", \"Action\": [\"s3:Get*\"], \"Resource\": \"*\"}", "Remove \"s3:GetObject\" (proved: allows the same requests)" },
        { "REDUNDANT_ACTION", "identity", "{\"Effect\": \"Deny\", \"Action\": [\"s3:GetObject\", \"s3:Get*\", \"s3:List*\"], \"Resource\": \"*\"}", "{\"Effect\": \"Deny\", \"Action\": [\"s3:Get*\", \"s3:List*\"], \"Resource\": \"*\"}", "Remove \"s3:GetObject\" (proved: allows the same requests)" },
        { "REDUNDANT_RESOURCE", "identity", "{\n      \"Effect\": \"Allow\",\n      \"Action\": \"s3:GetObject\",\n      \"Resource\": [\n        \"arn:aws:s3:::b/x\",\n        \"arn:aws:s3:::b/*\"\n      ]\n    }", "{\n      \"Effect\": \"Allow\",\n      \"Action\": \"s3:GetObject\",\n      \"Resource\": [\n        \"arn:aws:s3:::b/*\"\n      ]\n    }", "Remove \"arn:aws:s3:::b/x\" (proved: allows the same requests)" },
        { "PSEC3401", "identity", "{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::b/*\"},\n    {\"Effect\": \"Allow\", \"Action\": \"s3:Get*\", \"Resource\": \"*\"}", "{\"Effect\": \"Allow\", \"Action\": \"s3:Get*\", \"Resource\": \"*\"}", "Remove the statement (proved: allows the same requests)" },
        { "EMPTY_SID_VALUE", "identity", "{\"Sid\": \"\", \"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}",
            "{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}", "Remove the empty Sid (proved: allows the same requests)" },
        { "WILDCARD_WITHOUT_LIKE_OPERATOR", "identity", "{\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"s3:prefix\": \"home/*\"}}}", "{\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"*\", \"Condition\": {\"StringLike\": {\"s3:prefix\": \"home/*\"}}}", "Write StringLike (allows more: s3:ListBucket on " },
        { "WILDCARD_WITHOUT_LIKE_OPERATOR", "identity", "{\"Effect\": \"Deny\", \"Action\": \"s3:ListBucket\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"s3:prefix\": \"home/*\"}}}", "{\"Effect\": \"Deny\", \"Action\": \"s3:ListBucket\", \"Resource\": \"*\", \"Condition\": {\"StringLike\": {\"s3:prefix\": \"home/*\"}}}", "Write StringLike (proved: allows less, nothing new)" },
        { "FORALLVALUES_WITH_SINGLE_VALUED_KEY", "identity", "{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\", \"Condition\": {\"ForAllValues:StringEquals\": {\"aws:SourceVpce\": \"vpce-1a2b3c4d\"}}}", "{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"aws:SourceVpce\": \"vpce-1a2b3c4d\"}}}", "Write StringEquals (proved: allows less, nothing new)" },
        { "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL", "resource", "{\n      \"Effect\": \"Allow\",\n      \"Principal\": {\"Service\": \"sns.amazonaws.com\"},\n      \"Action\": \"sqs:SendMessage\",\n      \"Resource\": \"arn:aws:sqs:eu-west-1:111122223333:q\"\n    }", "{\n      \"Effect\": \"Allow\",\n      \"Principal\": {\"Service\": \"sns.amazonaws.com\"},\n      \"Action\": \"sqs:SendMessage\",\n      \"Resource\": \"arn:aws:sqs:eu-west-1:111122223333:q\",\n      \"Condition\": {\n        \"StringEquals\": {\n          \"aws:SourceAccount\": \"111122223333\"\n        }\n      }\n    }", "Let the service act for account 111122223333 only (proved: allows less, nothing new)" },
        { "INVALID_ACTION", "identity", "{\"Effect\": \"Allow\", \"Action\": [\"s3:ListBucket\", \"S3:GetObjct\"], \"Resource\": \"*\"}",
            "{\"Effect\": \"Allow\", \"Action\": [\"s3:ListBucket\", \"s3:GetObject\"], \"Resource\": \"*\"}",
            "Write \"s3:GetObject\" (allows more: s3:GetObject on " },
        { "INVALID_SERVICE_IN_ACTION", "identity", "{\"Effect\": \"Allow\", \"Action\": \"dynamodbb:GetItem\", \"Resource\": \"*\"}",
            "{\"Effect\": \"Allow\", \"Action\": \"dynamodb:GetItem\", \"Resource\": \"*\"}", "Write \"dynamodb:GetItem\" (allows more: dynamodb:GetItem on " },
        { "INVALID_SERVICE_CONDITION_KEY", "identity", "{\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"s3:prefixx\": \"a\"}}}", "{\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"s3:prefix\": \"a\"}}}", "Write \"s3:prefix\" (allows more: s3:ListBucket on " },
        { "PASS_ROLE_WITH_STAR_IN_RESOURCE", "identity", "{\"Effect\": \"Allow\", \"Action\": \"iam:PassRole\", \"Resource\": \"*\"},\n    {\"Effect\": \"Allow\", \"Action\": \"lambda:CreateFunction\", \"Resource\": \"*\"}", "{\"Effect\": \"Allow\", \"Action\": \"iam:PassRole\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"iam:PassedToService\": \"lambda.amazonaws.com\"}}},\n    {\"Effect\": \"Allow\", \"Action\": \"lambda:CreateFunction\", \"Resource\": \"*\"}", "Let roles be passed to lambda.amazonaws.com only (proved: allows less, nothing new)" },
        { "PASS_ROLE_WITH_STAR_IN_RESOURCE", "identity", "{\n      \"Effect\": \"Allow\",\n      \"Action\": [\n        \"lambda:CreateFunction\",\n        \"iam:PassRole\"\n      ],\n      \"Resource\": \"*\"\n    }", "{\n      \"Effect\": \"Allow\",\n      \"Action\": [\n        \"lambda:CreateFunction\"\n      ],\n      \"Resource\": \"*\"\n    },\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": \"iam:PassRole\",\n      \"Resource\": \"*\",\n      \"Condition\": {\"StringEquals\": {\"iam:PassedToService\": \"lambda.amazonaws.com\"}}\n    }", "Let roles be passed to lambda.amazonaws.com only, in a statement of its own (proved: allows less, nothing new)" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_finding_is_mended_and_everything_else_stays(string code, string type, string before, string after, string description)
    {
        PolicyRewrite rewrite = RewritesOf(Begin + before + End, code, type)[0];
        Assert.Equal(Begin + after + End, PolicyEdit.Apply(Begin + before + End, rewrite.Edits));
        Assert.StartsWith(description, rewrite.Description, StringComparison.Ordinal);
        Assert.Equal(rewrite.Relation == RewriteRelation.Wider, rewrite.Witness is not null);
    }

    [Theory]
    // What only tables say never happens: keys that are sent with all calls of an instance, variables of AWS IoT, the short form of an API's ARN, resources of
    // AWS.
    [InlineData("identity", """{"Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*", "Condition": {"ArnLike": {"ec2:SourceInstanceArn": "arn:aws:ec2:*:*:instance/*"}}}""")]
    [InlineData("identity", """{"Effect": "Allow", "Action": "iot:Connect", "Resource": "arn:aws:iot:eu-west-1:111122223333:client/${iot:Connection.Thing.ThingName}"}""")]
    [InlineData("resource", """{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/ops"}, "Action": "execute-api:Invoke", "Resource": "execute-api:/prod/GET/*"}""")]
    [InlineData("identity", """{"Effect": "Allow", "Action": "ssm:GetParameter", "Resource": "arn:aws:ssm:eu-west-1::parameter/aws/service/*"}""")]
    [InlineData("identity", """{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {"StringLike": {"s3:prefix": "home/*"}}}""")]
    public void A_statement_that_only_tables_call_dead_is_not_removed(string type, string statement) =>
        Assert.DoesNotContain(
            PolicyChecks.Check(new DocumentText(Begin + statement + End), new PolicyContext(ProvableSec.Reasoning.Questions.QuestionNames.TypeOf(type)!.Value),
                TestContext.Current.CancellationToken),
            finding => finding.Rule.Id == "PSEC3401");

    [Theory]
    [InlineData("Allow", "s3:GetObjct")]
    [InlineData("Deny", "s3:GetObjct")]
    [InlineData("Allow", "s3:GetObjcts")]
    public void What_was_meant_is_never_written_without_asking(string effect, string action) =>
        Assert.False(Assert.Single(RewritesOf(Begin + $"{{\"Effect\": \"{effect}\", \"Action\": \"{action}\", \"Resource\": \"*\"}}" + End, "INVALID_ACTION",
            "identity")).IsSafe);

    [Fact]
    public void A_version_comes_first()
    {
        const string Old = "{\n  \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}\n}";
        PolicyRewrite rewrite = Assert.Single(RewritesOf(Old, "MISSING_VERSION", "identity"));
        Assert.Equal("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}\n}", PolicyEdit.Apply(Old, rewrite.Edits));
        Assert.Equal(RewriteRelation.Equivalent, rewrite.Relation);
    }

    [Fact]
    public void Where_a_version_gives_variables_their_meaning_it_is_not_the_same_policy() => Assert.Equal(
        RewriteRelation.Wider,
        Assert.Single(RewritesOf("{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::b/${aws:username}/*\"}}", "MISSING_VERSION", "identity")).Relation);

    [Fact]
    public void A_key_that_others_stand_beside_is_not_moved() => Assert.Empty(RewritesOf(
        Begin + "{\"Effect\": \"Allow\", \"Action\": \"s3:ListBucket\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"s3:prefix\": \"home/*\", \"aws:RequestedRegion\": \"eu-west-1\"}}}" + End, "WILDCARD_WITHOUT_LIKE_OPERATOR", "identity"));

    [Fact]
    public void Nothing_is_proposed_in_a_statement_that_is_not_known_in_all_its_parts()
    {
        string list = "[\"s3:Get*\", \"s3:GetObject\"]";
        Assert.Empty(RewritesOf(Begin + $"{{\"Effect\": \"Allow\", \"Action\": {list}, \"Resource\": \"arn:aws:s3:::{UnknownText.Mark}/*\"}}" + End, "REDUNDANT_ACTION", "identity"));
        Assert.Equal(RewriteRelation.Equivalent, Assert.Single(RewritesOf(
            Begin + $"{{\"Effect\": \"Allow\", \"Action\": \"s3:PutObject\", \"Resource\": \"arn:aws:s3:::{UnknownText.Mark}/*\"}}, {{\"Effect\": \"Allow\", \"Action\": {list}, \"Resource\": \"*\"}}" + End, "REDUNDANT_ACTION", "identity")).Relation);
    }

    /// <summary>Every document of every rule that has rewrites: what comes of one is a policy that AWS takes, without the finding.</summary>
    [Fact]
    public void What_is_mended_is_not_found_again()
    {
        var repaired = new HashSet<string>(StringComparer.Ordinal);
        foreach (Rule rule in PolicyRewrites.Rules)
        {
            foreach (PolicyCase document in PolicyCase.Of(rule).Triggers)
            {
                PolicyFinding finding = document.Findings().First(finding => finding.Rule == rule);
                foreach (PolicyRewrite rewrite in PolicyRewrites.Of(new DocumentText(document.Text), document.Context, finding))
                {
                    string after = PolicyEdit.Apply(document.Text, rewrite.Edits);
                    Assert.False(PolicyReader.Read(new DocumentText(after)).HasErrors, after);
                    int left = PolicyChecks.Check(new DocumentText(after), document.Context, TestContext.Current.CancellationToken)
                        .Count(other => other.Rule == rule);
                    Assert.True(left < document.Findings().Count(other => other.Rule == rule), $"{rule.Id} {rewrite.Description}\n{after}");
                    repaired.Add(PolicyCase.NameOf(rule));
                }
            }
        }

        // The documents about iam:PassRole have no action of a service that a role could be for.
        Assert.Equal(string.Join(' ', PolicyRewrites.Rules.Select(PolicyCase.NameOf).Where(name => !name.StartsWith("PASS_ROLE", StringComparison.Ordinal))),
            string.Join(' ', PolicyRewrites.Rules.Select(PolicyCase.NameOf).Where(repaired.Contains)));
    }

    private static IReadOnlyList<PolicyRewrite> RewritesOf(string text, string code, string type)
    {
        var document = new PolicyCase(type, text, ResourceType: type == "resource" ? "AWS::SQS::Queue" : null);
        PolicyFinding finding = document.Findings().First(finding => PolicyCase.NameOf(finding.Rule) == code);
        return PolicyRewrites.Of(new DocumentText(text), document.Context, finding);
    }
}
