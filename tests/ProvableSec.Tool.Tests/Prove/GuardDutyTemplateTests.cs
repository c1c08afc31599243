using System.Text.Json.Nodes;

namespace ProvableSec.Tool.Tests.Prove;

/// <summary>What the roles of samples/guardduty-firehose may do, proved of the template as it stands, and that nothing is lost on the way.</summary>
public sealed class GuardDutyTemplateTests : IDisposable
{
    private const string Path = "samples/guardduty-firehose/template.json", Stream =
        "arn:aws:firehose:us-east-1:111122223333:deliverystream/guardduty-findings-example";

    private readonly TemporaryFolder folder = new();
    private readonly DeployedPolicies template = DeployedPolicies.Of(
        Path, ("Name", "example"), ("FindingBucket.Arn", "arn:aws:s3:::bucket"), ("Undelivered.Arn", "arn:aws:sqs:us-east-1:111122223333:undelivered"));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("SortingRole", "logs:PutLogEvents", "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/guardduty-sorting-example:log-stream:*",
        "logs:CreateLogStream")]
    [InlineData("RuleRole", "firehose:PutRecord", Stream, "firehose:PutRecordBatch")]
    [InlineData("StreamRole", "s3:PutObject", "arn:aws:s3:::bucket/*", "s3:AbortMultipartUpload", "lambda:InvokeFunction", "lambda:GetFunctionConfiguration",
        "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads")]
    public void A_role_can_do_its_work_and_nothing_else(string role, string action, string resource, params string[] more)
    {
        string policy = folder.Write("policy.json", template.PolicyOf(role));
        string[] resources =
            [resource, .. role == "StreamRole" ? (string[])["arn:aws:s3:::bucket",
            "arn:aws:lambda:us-east-1:111122223333:function:guardduty-sorting-example:$LATEST"] : []];
        string others = folder.Write("others.json", new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonArray(
                new JsonObject { ["Effect"] = "Allow", ["NotAction"] = new JsonArray([action, .. more]), ["Resource"] = "*" },
                new JsonObject { ["Effect"] = "Allow", ["Action"] = "*", ["NotResource"] = new JsonArray([.. resources]) }),
        }.ToJsonString());

        Assert.Equal(0, ToolRun.Command("prove", "not-granted", "--policy", policy, "--forbidden", others).ExitCode);
        Assert.Equal(0, ToolRun.Command("prove", "can", "--policy", policy, "--action", action).ExitCode);
    }

    [Theory]
    [InlineData("RuleRole", "events.amazonaws.com")]
    [InlineData("StreamRole", "firehose.amazonaws.com")]
    public void A_service_assumes_its_role_for_this_account_only(string role, string service)
    {
        JsonNode trust = JsonNode.Parse(template.TrustOf(role))!["Statement"]!.AsArray().Single()!;
        Assert.Equal(service, (string?)trust["Principal"]!["Service"]);
        Assert.Equal("111122223333", (string?)trust["Condition"]!["StringEquals"]!["aws:SourceAccount"]);
        string policy = folder.Write("role.trust.json", template.TrustOf(role));
        Assert.Equal(0, ToolRun.Command("prove", "no-public-access", "--policy", policy, "--confused-deputy").ExitCode);
    }

    [Fact]
    public void Only_the_rule_puts_events_into_the_queue()
    {
        string policy = folder.Write("queue.json", template.DocumentOf("UndeliveredPolicy"));
        Assert.Equal(0, ToolRun.Command("prove", "no-public-access", "--policy", policy, "--confused-deputy").ExitCode);
    }

    [Fact]
    public void Nobody_reaches_the_bucket_over_a_connection_that_is_not_encrypted()
    {
        string policy = folder.Write("bucket.json", template.DocumentOf("FindingBucketPolicy"));
        string everything = folder.Write("everything.json", PolicyJson.Everything);
        string[] question = ["prove", "not-granted", "--identity", everything, "--resource-policy", policy, "--forbid", "s3:GetObject,s3:PutObject", "--on",
            "arn:aws:s3:::bucket/*", "--context"];
        Assert.Equal(0, ToolRun.Command([.. question, "aws:SecureTransport=false"]).ExitCode);
        Assert.Equal(1, ToolRun.Command([.. question, "aws:SecureTransport=true"]).ExitCode);
    }

    [Fact]
    public void Nothing_is_found_in_the_template()
    {
        ToolRun run = ToolRun.Command("check", System.IO.Path.Combine(Repository.Root, Path));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(": no findings", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stream_delivers_to_the_folders_that_the_function_names_and_what_is_not_sorted_beside_them()
    {
        JsonNode destination = template.Resource("Stream")["Properties"]!["ExtendedS3DestinationConfiguration"]!;
        Assert.Equal(
            "findings/" + string.Concat(((string[])["finding_type", "year", "month", "day"]).Select(key => $"{key}=!{{partitionKeyFromLambda:{key}}}/")),
                (string?)destination["Prefix"]);
        Assert.StartsWith("unsorted/!{firehose:error-output-type}/", (string?)destination["ErrorOutputPrefix"], StringComparison.Ordinal);
        Assert.True((bool)destination["DynamicPartitioningConfiguration"]!["Enabled"]!);
        Assert.Equal("sort-findings", (string?)template.Resource("Sorting")["Properties"]!["Environment"]!["Variables"]!["PROVABLESEC_TASK"]);
    }

    [Fact]
    public void An_alarm_tells_of_every_way_on_which_a_finding_is_not_sorted()
    {
        string[] alarms = ["FunctionFails", "FunctionIsThrottled", "FindingsNotSorted", "TooManyPartitions", "FindingsNotDelivered"];
        Assert.All(alarms, alarm => Assert.Equal("AWS::CloudWatch::Alarm", (string?)template.Resource(alarm)["Type"]));
        Assert.Equal("ProvableSec/FindingSorting", (string?)template.Resource("FindingsNotSorted")["Properties"]!["Namespace"]);
        Assert.Equal("Undelivered", (string?)template.Resource("Rule")["Properties"]!["Targets"]![0]!["DeadLetterConfig"]!["Arn"]!["Fn::GetAtt"]![0]);
    }
}
