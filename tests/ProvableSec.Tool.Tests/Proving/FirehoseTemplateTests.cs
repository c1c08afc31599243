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

    /// <summary>The one policy of a role, with the template's functions resolved for a stack of its own.</summary>
    private string PolicyOf(string role)
    {
        JsonNode template = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "samples/waf-firehose/template.json")))!;
        JsonNode policy = template["Resources"]![role]!["Properties"]!["Policies"]!.AsArray().Single()!["PolicyDocument"]!;
        foreach (JsonNode? statement in policy["Statement"]!.AsArray())
        {
            JsonNode resource = statement!["Resource"]!;
            string text = (string?)resource["Fn::Sub"] ?? $"${{{string.Join('.', resource["Fn::GetAtt"]!.AsArray().Select(part => (string)part!))}}}";
            statement["Resource"] = text.Replace("${AWS::Partition}", "aws").Replace("${AWS::Region}", "us-east-1").Replace("${AWS::AccountId}", "111122223333").Replace("${Name}", "example")
                .Replace("${LogBucket.Arn}", "arn:aws:s3:::example-log-bucket");
        }

        return folder.Write(role + ".json", policy.ToJsonString());
    }
}
