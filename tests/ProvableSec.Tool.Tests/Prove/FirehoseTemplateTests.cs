using System.Text.Json.Nodes;
using ProvableSec.Logs.Filtering;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Tool.Tests.Prove;

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
        Assert.Equal(0, ToolRun.Command("prove", "not-granted", "--policy", policy, "--forbid", "s3:Delete*,s3:GetObject*,s3:PutBucket*,s3:*Acl,lambda:Update*,iam:*,sts:*,kms:*,logs:*,ssm:*,secretsmanager:*").ExitCode);
        Assert.Equal(0, ToolRun.Command("prove", "can", "--policy", policy, "--action", "s3:PutObject").ExitCode);
        string elsewhere = folder.Write("elsewhere.json", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","NotResource":["arn:aws:s3:::bucket","arn:aws:s3:::bucket/*"]}}""");
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

    [Fact]
    public void Buffers_are_parameters_within_the_bounds_of_Firehose_and_logging_is_switched_on_when_asked()
    {
        JsonNode template = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "samples/waf-firehose/template.json")))!;
        JsonNode stream =
            template["Resources"]!["Stream"]!["Properties"]!["ExtendedS3DestinationConfiguration"]!["ProcessingConfiguration"]!["Processors"]![0]!;
        foreach ((string name, double least, double most) in new[] { ("BufferSizeInMBs", 0.2, 3), ("BufferIntervalInSeconds", 0, 900) })
        {
            JsonNode value = stream["Parameters"]!.AsArray().Single(parameter => (string?)parameter!["ParameterName"] == name)!["ParameterValue"]!;
            JsonNode parameter = template["Parameters"]![(string)value["Ref"]!]!;
            Assert.Equal((least, most), ((double)parameter["MinValue"]!, (double)parameter["MaxValue"]!));
            Assert.InRange((double)parameter["Default"]!, least, most);
        }

        JsonNode logging = template["Resources"]!["Logging"]!;
        Assert.Equal("", (string?)template["Parameters"]!["WebAclArn"]!["Default"]);
        Assert.Equal("WebAclArn", (string?)template["Conditions"]![(string)logging["Condition"]!]!["Fn::Not"]![0]!["Fn::Equals"]![0]!["Ref"]);
        Assert.Equal("WebAclArn", (string?)logging["Properties"]!["ResourceArn"]!["Ref"]);
        Assert.Equal("Stream", (string?)logging["Properties"]!["LogDestinationConfigs"]![0]!["Fn::GetAtt"]![0]);
    }

    [Theory]
    [InlineData("template.json", "LogBucket")]
    [InlineData("objects.json", "RawBucket")]
    [InlineData("objects.json", "FilteredBucket")]
    public void Nobody_reaches_a_bucket_over_a_connection_that_is_not_encrypted(string template, string bucket)
    {
        string policy = folder.Write("bucket.json", Template(template).DocumentOf(bucket + "Policy"));
        string everything = folder.Write("everything.json", PolicyJson.Everything);
        string[] question = ["prove", "not-granted", "--identity", everything, "--resource-policy", policy, "--forbid", "s3:GetObject,s3:PutObject", "--on",
            "arn:aws:s3:::bucket/*", "--context"];
        Assert.Equal(0, ToolRun.Command([.. question, "aws:SecureTransport=false"]).ExitCode);
        Assert.Equal(1, ToolRun.Command([.. question, "aws:SecureTransport=true"]).ExitCode);
    }

    [Theory]
    [InlineData("template.json")]
    [InlineData("objects.json")]
    public void The_key_is_named_and_only_the_function_reads_it(string template)
    {
        JsonNode reads = Resource(template, "ReadHmacKey");
        Assert.Equal("""[{"Ref":"FilterRole"}]""", reads["Properties"]!["Roles"]!.ToJsonString());
        string policy = folder.Write("key.json", Template(template).DocumentOf("ReadHmacKey"));
        string others = folder.Write("others.json", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":"ssm:GetParameter","Resource":"*"},{"Effect":"Allow","Action":"*","NotResource":"arn:aws:ssm:us-east-1:111122223333:parameter/waf/key"}]}""");
        Assert.Equal(0, ToolRun.Command("prove", "not-granted", "--policy", policy, "--forbidden", others).ExitCode);
        Assert.Equal(0, ToolRun.Command("prove", "can", "--policy", policy, "--action", "ssm:GetParameter").ExitCode);
        string[] variables = [.. Resource(template, "Filter")["Properties"]!["Environment"]!["Variables"]!.AsObject().Select(variable => variable.Key)];
        Assert.Contains("PROVABLESEC_HMAC_KEY_PARAMETER", variables);
        Assert.DoesNotContain("PROVABLESEC_HMAC_KEY", variables);
    }

    [Theory]
    [InlineData("template.json")]
    [InlineData("objects.json")]
    public void An_alarm_tells_of_every_reason_for_which_a_record_is_not_processed(string template)
    {
        string alarm = Resource(template, "RecordsNotProcessed").ToJsonString();
        LogRules none = LogRules.Default with { Rules = [] };
        foreach (string reason in new FilterCounts(none).Reasons.Select(reason => reason.Name).Except([LogRules.OtherwiseId, "repeated-member"])
            .Append("processing-failed"))
        {
            Assert.Contains($"\"{reason}\"", alarm, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_not_redacted_lies_where_its_name_says_so_and_not_for_long()
    {
        string stream = Resource("template.json", "Stream").ToJsonString();
        Assert.Contains("\"ErrorOutputPrefix\":\"waf-not-redacted/", stream, StringComparison.Ordinal);
        Assert.Contains("""{"Id":"not-redacted","Prefix":"waf-not-redacted/","Status":"Enabled","ExpirationInDays":14}""",
            Resource("template.json", "LogBucket").ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("""{"Id":"not-redacted","Prefix":"unprocessed/","Status":"Enabled","ExpirationInDays":14}""",
            Resource("objects.json", "FilteredBucket").ToJsonString(), StringComparison.Ordinal);
    }

    private static DeployedPolicies Template(string file) => DeployedPolicies.Of(
        "samples/waf-firehose/" + file,
        ("Name", "example"), ("HmacKeyParameter", "/waf/key"), ("Failures.Arn", "arn:aws:sqs:us-east-1:111122223333:failures"),
        ("LogBucket.Arn", "arn:aws:s3:::bucket"), ("RawBucket.Arn", "arn:aws:s3:::bucket"), ("FilteredBucket.Arn", "arn:aws:s3:::bucket"));

    private static JsonNode Resource(string template, string name) => Template(template).Resource(name);

    /// <summary>The one policy of a role, in a file.</summary>
    private string PolicyOf(string role, string file = "template.json") => folder.Write(role + ".json", Template(file).PolicyOf(role));
}
