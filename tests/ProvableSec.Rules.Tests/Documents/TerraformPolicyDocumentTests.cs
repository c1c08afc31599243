using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Tests.Documents;

/// <summary>Policies of a plan that are known after apply only, made of what its configuration says.</summary>
public sealed class TerraformPolicyDocumentTests
{
    private const string Everybody = """{"principals": [{"type": {"constant_value": "*"}, "identifiers": {"constant_value": ["*"]}}], "actions": {"constant_value": ["sqs:SendMessage"]}, "resources": {"references": ["aws_sqs_queue.q.arn", "aws_sqs_queue.q"]}CONDITION}""";

    [Theory]
    [InlineData("", true)]
    [InlineData(""", "effect": {"constant_value": "Deny"}""", false)]
    [InlineData(""", "condition": [{"test": {"constant_value": "ArnEquals"}, "variable": {"constant_value": "aws:SourceArn"}, "values": {"references": ["aws_sns_topic.t.arn", "aws_sns_topic.t"]}}]""", false)]
    [InlineData(""", "condition": [{"test": {"constant_value": "StringEquals"}, "variable": {"constant_value": "aws:PrincipalOrgID"}, "values": {"constant_value": ["o-abcdefghij"]}}]""", false)]
    [InlineData(""", "condition": [{"test": {"constant_value": "Bool"}, "variable": {"constant_value": "aws:SecureTransport"}, "values": {"constant_value": ["true"]}}]""", true)]
    public void A_document_is_made_of_its_blocks(string more, bool isOpen)
    {
        IReadOnlyList<FoundPolicy> found = Find(Everybody.Replace("CONDITION", more, StringComparison.Ordinal), out DocumentNotes notes);
        FoundPolicy policy = Assert.Single(found);
        Assert.Equal(("aws_sqs_queue_policy.p", "/configuration/root_module/resources/0/expressions/policy"), (policy.Owner, policy.Pointer));
        Assert.True(policy.UnknownValues > 0);
        Assert.Equal(isOpen, policy.Check(TestContext.Current.CancellationToken).Any(finding => finding.Rule.Id == "PSEC2001"));
        // Blocks that are made in a loop are not in the configuration, so it is never said to be all of it.
        Assert.Single(notes.PartlyJudged);
        Assert.Empty(notes.Unjudged);
    }

    [Fact]
    public void Principals_of_several_kinds_and_variables_are_written_as_the_provider_writes_them()
    {
        FoundPolicy policy = Assert.Single(Find(
            """
            {"sid": {"constant_value": "a"}, "principals": [{"type": {"constant_value": "AWS"}, "identifiers": {"constant_value": ["111122223333"]}}, {"type": {"constant_value": "Service"}, "identifiers": {"constant_value": ["sns.amazonaws.com"]}}],
             "not_actions": {"constant_value": ["sqs:Get*"]}, "actions": {"constant_value": null}, "resources": {"constant_value": ["arn:aws:sqs:*:*:&{aws:username}"]}}
            """, out _));
        Assert.Equal(
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":["sqs:Get*"],"Resource":["arn:aws:sqs:*:*:${aws:username}"],"Principal":{"AWS":["111122223333"],"Service":["sns.amazonaws.com"]}}]}""",
            policy.Text.Text);
    }

    [Fact]
    public void Documents_that_it_takes_over_are_part_of_it()
    {
        FoundPolicy policy =
            Assert.Single(Find(Everybody.Replace("CONDITION", "", StringComparison.Ordinal), out _, policyFrom: "data.aws_iam_policy_document.over"));
        Assert.Contains(policy.Check(TestContext.Current.CancellationToken), finding => finding.Rule.Id == "PSEC2001");
    }

    [Theory]
    [InlineData("local.policy")]
    [InlineData("data.aws_iam_policy_document.none")]
    [InlineData("data.aws_iam_policy_document.itself")]
    public void What_cannot_be_made_is_counted(string from)
    {
        Assert.Empty(Find(Everybody, out DocumentNotes notes, from));
        Assert.Equal("aws_sqs_queue_policy.p", Assert.Single(notes.Unjudged).Owner);
    }

    [Theory]
    [InlineData("module.a", "module.a[0].")]
    [InlineData("module.a.module.b", "module.a[\"x.y\"].module.b.")]
    public void Modules_and_instances_are_found(string module, string address) => Assert.Equal(
        (module, "aws_x.y[\"k\"]"),
        (TerraformConfiguration.ModuleOf(address + "aws_x.y[\"k\"]").Replace("[0]", "", StringComparison.Ordinal)
            .Replace("[\"x.y\"]", "", StringComparison.Ordinal), TerraformConfiguration.Within(address + "aws_x.y[\"k\"]")));

    [Theory]
    [InlineData("1.2", 0)]
    [InlineData("0.1", 0)]
    [InlineData("2.0", 1)]
    public void A_format_that_is_not_known_is_said_and_the_rest_judged(string version, int problems)
    {
        Assert.Single(Find(Everybody.Replace("CONDITION", "", StringComparison.Ordinal), out DocumentNotes notes, version: version));
        Assert.Equal(problems, notes.Problems.Count);
        Assert.All(notes.Problems, problem => Assert.Contains("format version \"2.0\"", problem.Message, StringComparison.Ordinal));
    }

    private static IReadOnlyList<FoundPolicy> Find(string statement, out DocumentNotes notes, string policyFrom = "data.aws_iam_policy_document.d",
        string version = "1.2")
    {
        string text = $$"""
            {"format_version": "{{version}}", "planned_values": {"root_module": {"resources": [{"address": "aws_sqs_queue_policy.p", "type": "aws_sqs_queue_policy", "values": {} }]} },
             "resource_changes": [{"address": "aws_sqs_queue_policy.p", "type": "aws_sqs_queue_policy", "change": {"after": {}, "after_unknown": {"policy": true} } }],
             "configuration": {"root_module": {"resources": [
               {"address": "aws_sqs_queue_policy.p", "expressions": {"policy": {"references": ["{{policyFrom}}.json", "{{policyFrom}}"]} } },
               {"address": "data.aws_iam_policy_document.d", "expressions": {"statement": [{{statement.Replace("CONDITION", "", StringComparison.Ordinal)}}]} },
               {"address": "data.aws_iam_policy_document.over", "expressions": {"source_policy_documents": {"references": ["data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.d"]} } },
               {"address": "data.aws_iam_policy_document.itself", "expressions": {"source_policy_documents": {"references": ["data.aws_iam_policy_document.itself.json"]} } }]} } }
            """;
        JsonTree json = JsonTreeReader.Read(new DocumentText(text));
        Assert.Empty(json.Problems);
        return PolicyDocuments.In(json, null, new PolicyContext(PolicyType.Identity), out notes);
    }
}
