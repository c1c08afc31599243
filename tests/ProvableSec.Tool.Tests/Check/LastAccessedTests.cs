namespace ProvableSec.Tool.Tests.Check;

/// <summary><c>check --last-accessed</c>: grants for services that nobody uses, and the policy without them.</summary>
public sealed class LastAccessedTests : IDisposable
{
    private const string Advisor = """
        {
          "JobStatus": "COMPLETED", "JobType": "SERVICE_LEVEL", "IsTruncated": false,
          "ServicesLastAccessed": [
            {"ServiceName": "Amazon S3", "ServiceNamespace": "s3", "LastAuthenticated": "2026-11-20T10:00:00Z", "TotalAuthenticatedEntities": 1},
            {"ServiceName": "Amazon SQS", "ServiceNamespace": "sqs", "LastAuthenticated": "2026-06-20T10:00:00+00:00", "TotalAuthenticatedEntities": 1},
            {"ServiceName": "Amazon DynamoDB", "ServiceNamespace": "dynamodb", "TotalAuthenticatedEntities": 0}
          ]
        }
        """;

    private const string Policy = """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": ["s3:GetObject", "sqs:SendMessage", "kms:Decrypt"],
              "Resource": "*"
            },
            {
              "Effect": "Allow",
              "Action": "dynamodb:GetItem",
              "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/t"
            }
          ]
        }
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void What_is_not_used_is_found_and_taken_away_and_what_is_used_is_proved_to_stay()
    {
        string policy = folder.Write("role.json", Policy), advisor = folder.Write("advisor.txt", Advisor);
        ToolRun run = ToolRun.Command("check", policy, "--last-accessed", advisor, "--as-of", "2026-11-28");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(":6:34: warning PSEC2010: \"sqs:SendMessage\" is allowed, but sqs was not used in the last 90 days", run.Output,
            StringComparison.Ordinal);
        Assert.Contains(":11:17: warning PSEC2010: \"dynamodb:GetItem\" is allowed, but dynamodb was not used in the last 90 days", run.Output, StringComparison.Ordinal);

        run = ToolRun.Command("check", policy, "--last-accessed", advisor, "--as-of", "2026-11-28", "--fix");
        Assert.Contains("Remove \"sqs:SendMessage\" (proved: allows less, nothing new, and as much as before of every service that is used)", run.Error, StringComparison.Ordinal);
        Assert.Equal("""
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": ["s3:GetObject", "kms:Decrypt"],
                  "Resource": "*"
                }
              ]
            }
            """, File.ReadAllText(policy));
    }

    [Fact]
    public void The_days_can_be_said()
    {
        string policy = folder.Write("role.json", Policy), advisor = folder.Write("advisor.txt", Advisor);
        Assert.DoesNotContain("sqs was not", ToolRun.Command("check", policy, "--last-accessed", advisor, "--as-of", "2026-11-28", "--unused-days",
            "365").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sqs was not", ToolRun.Command("check", policy, "--last-accessed", advisor, "--as-of", "2026-06-28").Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "advisor.txt:1:2: ")]
    [InlineData("""{"JobStatus": "IN_PROGRESS"}""", "advisor.txt:1:15: the job is not completed")]
    [InlineData("""{"JobStatus": "COMPLETED", "IsTruncated": true, "ServicesLastAccessed": []}""", "advisor.txt:1:43: the list is truncated")]
    [InlineData("""{"Statement": []}""", "expected \"ServicesLastAccessed\"")]
    [InlineData("""{"ServicesLastAccessed": [{"ServiceName": "S3"}]}""", "advisor.txt:1:27: the service has no \"ServiceNamespace\"")]
    [InlineData("""{"ServicesLastAccessed": [{"ServiceNamespace": "s3", "LastAuthenticated": "then"}]}""", "\"LastAuthenticated\" is not a time")]
    public void A_report_that_is_none_is_a_located_error_and_nothing_is_checked(string text, string message)
    {
        ToolRun run = ToolRun.Command("check", folder.Write("role.json", Policy), "--last-accessed", folder.Write("advisor.txt", text));
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
