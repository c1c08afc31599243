using System.Text.Json.Nodes;

namespace ProvableSec.Tool.Tests.Proving;

/// <summary>What the roles of samples/waf-firehose may do, proved of the template as it stands.</summary>
public sealed class FirehoseTemplateTests : IDisposable
{
    private const string LogStreams = "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/waf-log-filter-example:log-stream:*";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_function_can_write_its_log_group_and_do_nothing_else()
    {
        string policy = PolicyOf("FilterRole");
        string others = folder.Write("others.json", $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","NotResource":"{{LogStreams}}"},{"Effect":"Allow","NotAction":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}""");
        Assert.Equal(0, ToolRun.Command("prove", "not-granted", "--policy", policy, "--forbidden", others).ExitCode);
        Assert.Equal(0, ToolRun.Command("prove", "can", "--policy", policy, "--action", "logs:PutLogEvents").ExitCode);
    }

    [Fact]
    public void The_stream_can_call_the_function_and_write_the_bucket_and_do_nothing_else()
    {
        string policy = PolicyOf("StreamRole");
        Assert.Equal(0, ToolRun.Command("prove", "not-granted", "--policy", policy, "--forbid", "s3:Delete*,s3:GetObject*,s3:PutBucket*,s3:*Acl,lambda:Update*,iam:*,sts:*,kms:*,logs:*").ExitCode);
        Assert.Equal(0, ToolRun.Command("prove", "can", "--policy", policy, "--action", "s3:PutObject").ExitCode);
        string elsewhere = folder.Write("elsewhere.json", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","NotResource":["arn:aws:s3:::example-log-bucket","arn:aws:s3:::example-log-bucket/*"]}}""");
        Assert.Equal(0, ToolRun.Command("prove", "not-granted", "--policy", policy, "--forbidden", elsewhere).ExitCode);
    }

    [Fact]
    public void The_function_for_objects_reads_one_bucket_writes_the_other_and_does_nothing_else()
    {
        string policy = PolicyOf("FilterRole", "objects.json");
        string others = folder.Write("others.json", """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Action":"*","NotResource":["arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/waf-object-filter-example:log-stream:*","arn:aws:s3:::aws-waf-logs-example/*","arn:aws:s3:::waf-logs-filtered-example/*","arn:aws:sqs:us-east-1:111122223333:failures"]},
              {"Effect":"Allow","NotAction":["logs:CreateLogStream","logs:PutLogEvents","s3:GetObject","s3:GetObjectVersion","s3:PutObject","sqs:SendMessage"],"Resource":"*"},
              {"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::aws-waf-logs-example/*"},
              {"Effect":"Allow","Action":"s3:GetObject*","Resource":"arn:aws:s3:::waf-logs-filtered-example/*"}]}
            """);
        Assert.Equal(0, ToolRun.Command("prove", "not-granted", "--policy", policy, "--forbidden", others).ExitCode);
        Assert.Equal(0, ToolRun.Command("prove", "can", "--policy", policy, "--action", "s3:PutObject").ExitCode);
        Assert.Equal(0, ToolRun.Command("prove", "can", "--policy", policy, "--action", "s3:GetObject").ExitCode);
    }

    [Theory]
    [InlineData("template.json")]
    [InlineData("objects.json")]
    public void Nothing_is_found_in_the_templates(string template)
    {
        ToolRun run = ToolRun.Command("check", Path.Combine(Repository.Root, "samples/waf-firehose", template));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(": no findings", run.Output + run.Error, StringComparison.Ordinal);
    }

    /// <summary>The one policy of a role, with the template's functions resolved for a stack of its own.</summary>
    private string PolicyOf(string role, string file = "template.json")
    {
        JsonNode template = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "samples/waf-firehose", file)))!;
        JsonNode policy = template["Resources"]![role]!["Properties"]!["Policies"]!.AsArray().Single()!["PolicyDocument"]!;
        foreach (JsonNode? statement in policy["Statement"]!.AsArray())
        {
            JsonNode resource = statement!["Resource"]!;
            string text = (string?)resource["Fn::Sub"] ?? $"${{{string.Join('.', resource["Fn::GetAtt"]!.AsArray().Select(part => (string)part!))}}}";
            statement["Resource"] = text.Replace("${AWS::Partition}", "aws").Replace("${AWS::Region}", "us-east-1").Replace("${AWS::AccountId}", "111122223333").Replace("${Name}", "example")
                .Replace("${LogBucket.Arn}", "arn:aws:s3:::example-log-bucket").Replace("${Failures.Arn}", "arn:aws:sqs:us-east-1:111122223333:failures");
        }

        return folder.Write(role + ".json", policy.ToJsonString());
    }
}
