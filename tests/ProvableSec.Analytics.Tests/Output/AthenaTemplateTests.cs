using System.Text.Json.Nodes;
using ProvableSec.Tool;

namespace ProvableSec.Analytics.Tests.Output;

/// <summary>The templates that bring logs into S3 and make them ready for Athena: what their roles may do is proved of what is written.</summary>
public sealed class AthenaTemplateTests : IDisposable
{
    private const string Bucket = "arn:aws:s3:::bucket";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("waf", "aws-waf-logs-provablesec")]
    [InlineData("guardduty", "guardduty-provablesec")]
    [InlineData("findings", "findings-provablesec")]
    public void The_stream_delivers_to_its_folders_and_does_nothing_else(string kind, string stream)
    {
        JsonNode template = Template(kind);
        string others = $$"""
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","NotAction":["s3:PutObject","s3:AbortMultipartUpload","s3:GetBucketLocation","s3:ListBucket","s3:ListBucketMultipartUploads"],"Resource":"*"},
              {"Effect":"Allow","Action":["s3:PutObject","s3:AbortMultipartUpload"],"NotResource":["{{Bucket}}/{{kind}}/*","{{Bucket}}/{{kind}}-errors/*"]},
              {"Effect":"Allow","Action":["s3:GetBucketLocation","s3:ListBucket","s3:ListBucketMultipartUploads"],"NotResource":"{{Bucket}}"}]}
            """;

        Prove(Policies(template).PolicyOf("StreamRole"), others, "s3:PutObject");

        JsonNode destination = template["Resources"]!["Stream"]!["Properties"]!["ExtendedS3DestinationConfiguration"]!;
        Assert.Equal(stream, (string?)template["Resources"]!["Stream"]!["Properties"]!["DeliveryStreamName"]);
        Assert.Equal(kind + "/!{timestamp:yyyy/MM/dd}/", (string?)destination["Prefix"]);
        // AWS WAF ends its records itself; an empty line would be a row of nothing.
        Assert.Equal(kind != "waf", destination["ProcessingConfiguration"] is not null);
    }

    [Theory]
    [InlineData("guardduty", "aws.guardduty", "GuardDuty Finding")]
    [InlineData("findings", "aws.securityhub", "Security Hub Findings - Imported")]
    public void The_rule_puts_findings_into_the_stream_and_does_nothing_else(string kind, string source, string detailType)
    {
        JsonNode template = Template(kind);
        string others = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":["firehose:PutRecord","firehose:PutRecordBatch"],"Resource":"*"},{"Effect":"Allow","Action":"firehose:*","NotResource":"arn:aws:firehose:us-east-1:111122223333:deliverystream/stream"}]}""";

        Prove(Policies(template).PolicyOf("RuleRole"), others, "firehose:PutRecord");

        foreach (string document in new[] { Policies(template).TrustOf("RuleRole"), Policies(template).TrustOf("StreamRole"), Policies(template)
            .DocumentOf("UndeliveredPolicy") })
        {
            Assert.Equal(0, Run("prove", "no-public-access", "--policy", folder.Write("policy.json", document), "--confused-deputy"));
        }

        JsonNode pattern = template["Resources"]!["Rule"]!["Properties"]!["EventPattern"]!;
        Assert.Equal((source, detailType), ((string?)pattern["source"]![0], (string?)pattern["detail-type"]![0]));
    }

    [Theory]
    [InlineData("waf")]
    [InlineData("guardduty")]
    [InlineData("findings")]
    public void Nothing_is_found_in_a_template(string kind)
    {
        string template = folder.Write("template.json", Template(kind).ToJsonString());

        Assert.Equal(0, Run("check", template));
    }

    /// <summary>CloudFormation puts the bucket in, and leaves Athena's own references alone.</summary>
    [Fact]
    public void The_table_lies_where_the_stream_writes()
    {
        JsonNode table = Template("guardduty")["Resources"]!.AsObject().Select(resource => resource.Value!["Properties"]!)
            .First(properties => ((string?)properties["Name"])?.StartsWith("table", StringComparison.Ordinal) == true);

        string sql = ((string)table["QueryString"]!["Fn::Sub"]!).Replace("${Bucket}", "logs", StringComparison.Ordinal)
            .Replace("${!", "${", StringComparison.Ordinal);

        Assert.Contains("LOCATION 's3://logs/guardduty/'", sql, StringComparison.Ordinal);
        Assert.Contains("'storage.location.template' = 's3://logs/guardduty/${day}/'", sql, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_source_of_QuickSight_is_made_only_when_asked()
    {
        JsonNode template = Template("findings"), source = template["Resources"]!["DataSource"]!;

        Assert.Equal("", (string?)template["Parameters"]!["QuickSightPrincipal"]!["Default"]);
        Assert.Equal("QuickSightPrincipal", (string?)template["Conditions"]![(string)source["Condition"]!]!["Fn::Not"]![0]!["Fn::Equals"]![0]!["Ref"]);
        Assert.Equal("WorkGroup", (string?)source["Properties"]!["DataSourceParameters"]!["AthenaParameters"]!["WorkGroup"]!["Ref"]);
    }

    /// <summary>Whatever a template refers to is in it.</summary>
    [Theory]
    [InlineData("waf", null)]
    [InlineData("guardduty", null)]
    [InlineData("findings", null)]
    [InlineData("guardduty", "s3://bucket/findings/")]
    public void Every_reference_has_a_target(string kind, string? location)
    {
        JsonNode template = Template(kind, location);
        string[] known = [.. template["Resources"]!.AsObject().Select(resource => resource.Key),
            .. template["Parameters"]!.AsObject().Select(parameter => parameter.Key)];

        foreach (string name in References(template))
        {
            Assert.True(name.StartsWith("AWS::", StringComparison.Ordinal) || known.Contains(name), name);
        }

        Assert.All(Conditions(template), condition => Assert.NotNull(template["Conditions"]![condition]));
    }

    [Theory]
    [InlineData("waf")]
    [InlineData("waf", "--format", "sql")]
    [InlineData("waf", "--layout", "sorted", "--location", "s3://b/x/")]
    [InlineData("guardduty", "--layout", "sorted", "--format", "cloudformation")]
    public void What_cannot_be_is_a_usage_error(params string[] args)
    {
        ReportOutput run = ReportOutput.Of(["athena", .. args]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } function when function["Ref"] is { } name => [(string)name!],
        JsonObject { Count: 1 } function when function["Fn::GetAtt"] is { } path => [(string)path[0]!],
        JsonObject { Count: 1 } function when function["Fn::Sub"] is { } text =>
            System.Text.RegularExpressions.Regex.Matches((string)text!, @"\$\{([^!}.]+)").Select(match => match.Groups[1].Value),
        JsonObject members => members.SelectMany(member => References(member.Value)),
        JsonArray elements => elements.SelectMany(References),
        _ => [],
    };

    private static IEnumerable<string> Conditions(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } function when function["Fn::If"] is { } parts => [(string)parts[0]!, .. Conditions(parts[1]), .. Conditions(parts[2])],
        JsonObject members => members.SelectMany(member => member.Key == "Condition" && member.Value is JsonValue name ? [(string)name!]
            : Conditions(member.Value)),
        JsonArray elements => elements.SelectMany(Conditions),
        _ => [],
    };

    private static JsonNode Template(string kind, string? location = null)
    {
        ReportOutput run = ReportOutput.Of(["athena", kind, "--format", "cloudformation", .. location is null ? (string[])[] : ["--location", location]]);
        Assert.Equal(0, run.ExitCode);
        return JsonNode.Parse(run.Output)!;
    }

    private static DeployedPolicies Policies(JsonNode template) => new(
        template, ("Bucket.Arn", Bucket), ("Stream.Arn", "arn:aws:firehose:us-east-1:111122223333:deliverystream/stream"),
            ("Undelivered.Arn", "arn:aws:sqs:us-east-1:111122223333:undelivered"));

    private void Prove(string policy, string others, string action)
    {
        string file = folder.Write("policy.json", policy);
        Assert.Equal(0, Run("prove", "not-granted", "--policy", file, "--forbidden", folder.Write("others.json", others)));
        Assert.Equal(0, Run("prove", "can", "--policy", file, "--action", action));
    }

    private static int Run(params string[] args) => ProvableSecCommand.Run(args, Stream.Null, Stream.Null, TextWriter.Null);
}
