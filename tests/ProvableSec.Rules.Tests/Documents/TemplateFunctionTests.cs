using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Tests.Documents;

/// <summary>What the functions of a template give a policy, and which deployments are judged.</summary>
public sealed class TemplateFunctionTests
{
    private const string Sections = """
        "Parameters": {
          "Any": {"Type": "String"}, "Name": {"Type": "String", "Default": "jobs"}, "Stage": {"Type": "String", "AllowedValues": ["dev", "prod"]},
          "List": {"Type": "CommaDelimitedList"}, "Vpc": {"Type": "AWS::EC2::VPC::Id"}, "Stored": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/some/name"}
        },
        "Mappings": {"Stages": {"dev": {"Account": "111122223333", "Names": ["a", "b"]}, "prod": {"Account": "444455556666", "Names": ["c"]}}}
        """;

    private const string Resources = """
        "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "jobs"}}, "Topic": {"Type": "AWS::SNS::Topic"},
        "Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "app"}}, "InPath": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "app", "Path": "/team/"}},
        "Function": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": {"Fn::Sub": "${Queue.QueueName}-f"}}}, "Key": {"Type": "AWS::KMS::Key"},
        "Table": {"Type": "AWS::DynamoDB::Table"}, "Bucket": {"Type": "AWS::S3::Bucket"}, "Endpoint": {"Type": "AWS::EC2::VPCEndpoint"}
        """;

    [Theory]
    [InlineData("""{"Ref": "Topic"}""", "arn:…:sns:…:…:…")]
    [InlineData("""{"Fn::GetAtt": ["Queue", "Arn"]}""", "arn:…:sqs:…:…:jobs")]
    [InlineData("""{"Fn::GetAtt": "Role.Arn"}""", "arn:…:iam::…:role/app")]
    [InlineData("""{"Fn::GetAtt": "InPath.Arn"}""", "arn:…:iam::…:role/team/app")]
    [InlineData("""{"Fn::GetAtt": "Function.Arn"}""", "arn:…:lambda:…:…:function:jobs-f")]
    [InlineData("""{"Fn::GetAtt": "Key.Arn"}""", "arn:…:kms:…:…:key/…")]
    [InlineData("""{"Fn::Sub": "${Table.Arn}/index/*"}""", "arn:…:dynamodb:…:…:table/…/index/*")]
    [InlineData("""{"Ref": "Endpoint"}""", "vpce-…")]
    [InlineData("""{"Ref": "Vpc"}""", "vpc-…")]
    [InlineData("""{"Ref": "Queue"}""", "…")]
    [InlineData("""{"Ref": "Any"}""", "…")]
    [InlineData("""{"Ref": "Stored"}""", "…")]
    [InlineData("""{"Fn::Sub": "sns.${AWS::URLSuffix}"}""", "sns.amazonaws.com")]
    [InlineData("""{"Ref": "AWS::Region"}""", "…")]
    [InlineData("""{"Fn::Select": [1, ["a", "b"]]}""", "b")]
    [InlineData("""{"Fn::Select": ["1", {"Fn::Split": ["-", "a-b-c"]}]}""", "b")]
    [InlineData("""{"Fn::Select": [4, {"Fn::Split": [":", {"Fn::GetAtt": "Role.Arn"}]}]}""", "…")]
    [InlineData("""{"Fn::Select": [2, {"Fn::Split": [":", {"Fn::GetAtt": "Role.Arn"}]}]}""", "iam")]
    [InlineData("""{"Fn::Select": [5, {"Fn::Split": [":", {"Fn::GetAtt": "Role.Arn"}]}]}""", "…")]
    [InlineData("""{"Fn::Select": [1, {"Fn::Split": ["-", {"Fn::Sub": "${Any}-b"}]}]}""", "…")]
    [InlineData("""{"Fn::Select": [9, ["a"]]}""", "…")]
    [InlineData("""{"Fn::Select": [0, {"Fn::GetAZs": ""}]}""", "…")]
    [InlineData("""{"Fn::Join": ["/", {"Fn::Split": ["-", "a-b"]}]}""", "a/b")]
    [InlineData("""{"Fn::Join": ["", ["a", {"Ref": "List"}]]}""", "a…")]
    [InlineData("""{"Fn::FindInMap": ["Stages", "dev", "Account"]}""", "111122223333")]
    [InlineData("""{"Fn::FindInMap": ["Stages", {"Ref": "Any"}, "None", {"DefaultValue": "d"}]}""", "…")]
    [InlineData("""{"Fn::FindInMap": ["Stages", "test", "Account", {"DefaultValue": "d"}]}""", "d")]
    [InlineData("""{"Fn::FindInMap": ["Stages", "test", "Account"]}""", "…")]
    [InlineData("""{"Fn::Base64": "abc"}""", "YWJj")]
    [InlineData("""{"Fn::Base64": {"Ref": "Any"}}""", "…")]
    [InlineData("""{"Fn::Length": ["a", "b"]}""", "2")]
    [InlineData("""{"Fn::Length": {"Ref": "List"}}""", "…")]
    [InlineData("""{"Fn::ImportValue": "x"}""", "…")]
    [InlineData("""{"Fn::Cidr": ["10.0.0.0/16", 1, 8]}""", "…")]
    [InlineData("""{"Fn::Transform": {"Name": "M"}}""", "…")]
    public void Functions_give_what_they_give_at_deployment(string value, string expected) => Assert.Equal(expected, ResourceOf(Only(value, "\"sqs:*\"")));

    [Theory]
    [InlineData("""{"Fn::Split": [",", "sqs:SendMessage,sqs:*"]}""", """["sqs:SendMessage","sqs:*"]""")]
    [InlineData("""{"Fn::FindInMap": ["Stages", "dev", "Names"]}""", """["a","b"]""")]
    [InlineData("""{"Ref": "List"}""", "\"…\"")]
    [InlineData("""{"Fn::Split": [",", {"Ref": "Any"}]}""", "\"…\"")]
    [InlineData("""{"Fn::Select": [1, [["a"], ["b", "c"]]]}""", """["b","c"]""")]
    public void A_function_may_give_a_list(string value, string expected)
    {
        JsonItem statement = First(Only("\"*\"", value).Text.Text);
        Assert.True(statement.TryGetProperty("Action", out JsonItem action));
        Assert.Equal(expected, TemplateChoice.TextOf(action).Replace(UnknownText.Mark, '…'));
    }

    [Fact]
    public void Each_allowed_value_is_judged_and_named()
    {
        PolicyFinding finding =
            Assert.Single(Check(Statement("\"arn:aws:sqs:eu-west-1:111122223333:jobs\"", "\"sqs:SendMessage\"",
            """{"AWS": {"Fn::FindInMap": ["Who", {"Ref": "Stage"}, "Principal"]}}"""),
            """, "Who": {"dev": {"Principal": "*"}, "prod": {"Principal": "111122223333"}}"""), finding => finding.Rule.Id == "PSEC2001");
        Assert.EndsWith("(where Stage is \"dev\")", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Default", "\"*\"", "Who is \"*\"")]
    [InlineData("AllowedValues", "[\"111122223333\", \"*\"]", "Who is \"*\"")]
    [InlineData("Description", "\"*\"", null)]
    public void A_default_is_judged_and_so_is_any_other_value(string key, string value, string? where)
    {
        PolicyFinding[] found =
            [.. Check(Statement("\"*\"", "\"sqs:SendMessage\"", """{"AWS": {"Ref": "Who"}}"""),
            parameters: $$$""", "Who": {"Type": "String", "{{{key}}}": {{{value}}}}""").Where(finding => finding.Rule.Id == "PSEC2001")];
        Assert.Equal(where is null ? [] : [$"(where {where})"], found.Select(finding => finding.Message[finding.Message.LastIndexOf('(')..]));
    }

    [Theory]
    [InlineData("${Stage}", ", \"Who\": {\"Type\": \"String\", \"Default\": \"*\"}", "\"arn:aws:sqs:eu-west-1:111122223333:dev\" or \"arn:aws:sqs:eu-west-1:111122223333:prod\", without")]
    [InlineData("${Stage}", ", \"Who\": {\"Type\": \"String\", \"AllowedValues\": [\"*\", \"111122223333\"]}", "\"arn:aws:sqs:eu-west-1:111122223333:dev\" or \"arn:aws:sqs:eu-west-1:111122223333:prod\", without")]
    [InlineData("${Four}", ", \"Who\": {\"Type\": \"String\", \"Default\": \"*\"}, \"Four\": {\"Type\": \"String\", \"AllowedValues\": [\"a\", \"b\", \"c\", \"d\"]}", "\"arn:aws:sqs:eu-west-1:111122223333:c\" or 1 more, without")]
    public void One_cause_is_one_finding_that_lists_the_values(string name, string parameters, string values)
    {
        PolicyFinding finding = Assert.Single(
            Check(Statement($$$"""{"Fn::Sub": "arn:aws:sqs:eu-west-1:111122223333:{{{name}}}"}""", "\"sqs:SendMessage\"", """{"AWS": {"Ref": "Who"}}"""),
                parameters: parameters),
            finding => finding.Rule.Id == "PSEC2001");
        Assert.Contains(values, finding.Message, StringComparison.Ordinal);
        Assert.EndsWith("(where Who is \"*\")", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:s3:::${Any}", "s3:GetObject", true)]
    [InlineData("arn:aws:s3:::${Any}", "s3:ListBucket", true)]
    [InlineData("arn:${AWS::Partition}:s3:::${Any}-data", "s3:GetObject", true)]
    [InlineData("arn:aws:s3:::${Any}/*", "s3:GetObject", true)]
    [InlineData("arn:aws:s3:::jobs/${Any}", "s3:GetObject", true)]
    [InlineData("${Bucket.Arn}/*", "s3:GetObject", true)]
    [InlineData("${Bucket.Arn}", "s3:ListBucket", true)]
    [InlineData("${Bucket.Arn}", "s3:GetObject", false)]
    [InlineData("arn:aws:s3:::${Bucket}", "s3:GetObject", false)]
    [InlineData("arn:aws:lambda:eu-west-1:111122223333:${Any}", "lambda:InvokeFunction", true)]
    [InlineData("arn:aws:secretsmanager:eu-west-1:111122223333:${Any}", "secretsmanager:GetSecretValue", true)]
    [InlineData("arn:aws:lambda:eu-west-1:111122223333:function:${Any}", "lambda:InvokeFunction", true)]
    [InlineData("arn:aws:lambda:eu-west-1:111122223333:layer:${Any}", "lambda:InvokeFunction", false)]
    public void An_unknown_resource_is_whatever_the_action_is_about(string resource, string action, bool isFound)
    {
        string[] found = [.. Check($"{{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"{action}\", \"Resource\": {{\"Fn::Sub\": \"{resource}\"}}}}")
            .Where(finding => finding.Rule.Id == "PSEC2001").Select(finding => finding.Message)];
        Assert.Equal(isFound ? 1 : 0, found.Length);
        Assert.All(found, message => Assert.DoesNotContain("provablesec", message, StringComparison.Ordinal));
        Assert.All(found, message => Assert.Matches("known.only.at.deployment", message));
        // What is denied on whatever it may be is open to nobody.
        Assert.DoesNotContain(
            Check($"[{{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"{action}\", \"Resource\": {{\"Fn::Sub\": \"{resource}\"}}}}, {{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\"}}]"),
            finding => finding.Rule.Id == "PSEC2001");
    }

    [Fact]
    public void What_only_a_default_breaks_is_no_mistake() => Assert.DoesNotContain(
        Check(Statement("""{"Fn::Sub": "${Where}"}""", "\"sqs:SendMessage\"", "\"111122223333\""),
            parameters: """, "Where": {"Type": "String", "Default": "arn:nothing"}"""),
        finding => !finding.Rule.Id.StartsWith("PSEC2", StringComparison.Ordinal) && finding.Message.Contains("nothing", StringComparison.Ordinal));

    [Fact]
    public void A_secret_default_is_not_read() => Assert.DoesNotContain(
        Check(Statement("\"*\"", "\"sqs:SendMessage\"", """{"AWS": {"Ref": "Who"}}"""),
            parameters: """, "Who": {"Type": "String", "NoEcho": true, "Default": "*"}"""), finding => finding.Rule.Id == "PSEC2001");

    [Theory]
    [InlineData("""{"Fn::Equals": ["a", "a"]}""", true, "")]
    [InlineData("""{"Fn::Equals": ["a", "b"]}""", false, "")]
    [InlineData("""{"Fn::Not": [{"Fn::Equals": ["a", "b"]}]}""", true, "")]
    [InlineData("""{"Fn::And": [{"Fn::Equals": ["a", "a"]}, {"Fn::Equals": [{"Ref": "Any"}, "b"]}]}""", true, "(where C)")]
    [InlineData("""{"Fn::And": [{"Fn::Equals": ["a", "b"]}, {"Fn::Equals": [{"Ref": "Any"}, "b"]}]}""", false, "")]
    [InlineData("""{"Fn::Or": [{"Fn::Equals": ["a", "a"]}, {"Fn::Equals": [{"Ref": "Any"}, "b"]}]}""", true, "")]
    [InlineData("""{"Fn::Equals": [{"Ref": "Stage"}, "dev"]}""", true, "(where C)")]
    [InlineData("""{"Fn::Equals": [{"Ref": "Stage"}, "test"]}""", false, "")]
    [InlineData("""{"Fn::Or": [{"Fn::Equals": [{"Ref": "Stage"}, "dev"]}, {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}]}""", true, "")]
    [InlineData("""{"Fn::Equals": [{"Ref": "Name"}, "x"]}""", true, "(where C)")]
    [InlineData("""{"Fn::Equals": [{"Ref": "AWS::Region"}, "us-east-1"]}""", true, "(where C)")]
    [InlineData("""{"Condition": "Undefined"}""", true, "(where C)")]
    [InlineData("""{"Fn::Equals": [{"Fn::Join": ["", [{"Ref": "Any"}, "x"]]}, {"Ref": "Name"}]}""", true, "(where C)")]
    public void Conditions_are_decided_where_the_parameters_allow_it(string condition, bool isFound, string where)
    {
        string statement = Statement("\"arn:aws:sqs:eu-west-1:111122223333:jobs\"", "\"sqs:SendMessage\"",
            """{"AWS": {"Fn::If": ["C", "*", "111122223333"]}}""");
        string[] found = [.. Check(statement, conditions: $"\"C\": {condition}").Where(finding => finding.Rule.Id == "PSEC2001")
            .Select(finding => finding.Message)];
        Assert.Equal(isFound ? 1 : 0, found.Length);
        Assert.All(found, message => Assert.EndsWith(where, message, StringComparison.Ordinal));
        Assert.All(found, message => Assert.Equal(where.Length > 0, message.Contains("(where", StringComparison.Ordinal)));
        // The same for a resource that is there only where the condition is met.
        Assert.Equal(isFound, Check(Statement("\"*\"", "\"sqs:SendMessage\"", "\"*\""), conditions: $"\"C\": {condition}", exists: """ "Condition": "C", """)
            .Any(finding => finding.Rule.Id == "PSEC2001"));
    }

    [Fact]
    public void Conditions_that_exclude_each_other_are_not_met_together()
    {
        string statement = Statement("""{"Fn::If": ["B", "arn:aws:sqs:eu-west-1:111122223333:jobs", {"Ref": "AWS::NoValue"}]}""", "\"sqs:SendMessage\"",
            """{"AWS": {"Fn::If": ["A", "*", "111122223333"]}}""");
        const string Conditions = """ "A": {"Fn::Equals": [{"Ref": "Any"}, "a"]}, "B": {"Fn::Not": [{"Condition": "A"}]} """;
        Assert.DoesNotContain(Check(statement, conditions: Conditions), finding => finding.Rule.Id == "PSEC2001"
            && !finding.Message.Contains("not B", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"Fn::ToJsonString": POLICY}""")]
    [InlineData("""{"Fn::Join": ["", ["{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:SendMessage\",\"Resource\":\"", {"Fn::GetAtt": "Queue.Arn"}, "\"}]}"]]}""")]
    [InlineData("""{"Fn::If": ["C", POLICY, {"Ref": "AWS::NoValue"}]}""")]
    public void A_policy_that_a_function_makes_is_read(string policy) => Assert.Single(
        Found(policy.Replace("POLICY", $"{{\"Version\": \"2012-10-17\", \"Statement\": {Statement("\"*\"", "\"sqs:SendMessage\"", "\"*\"")}}}",
            StringComparison.Ordinal), out _).SelectMany(found => found.Check(TestContext.Current.CancellationToken)),
        finding => finding.Rule.Id == "PSEC2001");

    [Theory]
    [InlineData("""{"Fn::ImportValue": "x"}""")]
    [InlineData("""{"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "s3://b/k"}}}""")]
    [InlineData("""{"Fn::Select": [0, {"Ref": "List"}]}""")]
    public void A_policy_that_only_the_deployment_knows_is_counted(string policy)
    {
        Assert.Empty(Found(policy, out DocumentNotes notes));
        Assert.Equal("It (AWS::SQS::QueuePolicy)", Assert.Single(notes.Unjudged).Owner);
    }

    [Fact]
    public void A_condition_key_compared_with_a_topic_of_the_template_keeps_untrusted_callers_out() => Assert.DoesNotContain(
        Check("""{"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": {"Fn::GetAtt": "Queue.Arn"}, "Condition": {"ArnEquals": {"aws:SourceArn": {"Ref": "Topic"}}}}"""),
        finding => finding.Rule.Id is "PSEC2001" || finding.Message.Contains("wildcard", StringComparison.Ordinal));

    private static FoundPolicy Only(string resource, string action) =>
        Found($"{{\"Version\": \"2012-10-17\", \"Statement\": {Statement(resource, action, "\"111122223333\"")}}}", out _)[0];

    private static string Statement(string resource, string action, string principal) => $$"""[{"Effect": "Allow", "Principal": {{principal}}, "Action": {{action}}, "Resource": {{resource}}}]""";

    private static IReadOnlyList<PolicyFinding> Check(string statement, string mappings = "", string conditions = "", string parameters = "",
        string exists = "") =>
        [.. Found($"{{\"Version\": \"2012-10-17\", \"Statement\": {statement}}}", out _, mappings, conditions, parameters, exists)
            .SelectMany(found => found.Check(TestContext.Current.CancellationToken))];

    private static IReadOnlyList<FoundPolicy> Found(string policy, out DocumentNotes notes, string mappings = "", string conditions = "",
        string parameters = "", string exists = "")
    {
        string sections = Sections.Replace("\"Default\": \"/some/name\"}", "\"Default\": \"/some/name\"}" + parameters, StringComparison.Ordinal);
        sections = sections[..^1] + mappings + "}";
        string text = $$"""{ {{sections}}, "Conditions": { {{conditions}} }, "Resources": { {{Resources}}, "It": {"Type": "AWS::SQS::QueuePolicy", {{exists}} "Properties": {"PolicyDocument": {{policy}} } } } }""";
        JsonTree json = JsonTreeReader.Read(new DocumentText(text));
        Assert.Empty(json.Problems);
        return PolicyDocuments.In(json, null, new PolicyContext(PolicyType.Identity), out notes);
    }

    private static JsonItem First(string policy)
    {
        Assert.True(JsonTreeReader.Read(new DocumentText(policy)).Root.TryGetProperty("Statement", out JsonItem statements));
        return statements.Items()[0];
    }

    private static string ResourceOf(FoundPolicy policy)
    {
        Assert.True(First(policy.Text.Text).TryGetProperty("Resource", out JsonItem resource));
        return resource.Text.Replace(UnknownText.Mark, '…');
    }
}
