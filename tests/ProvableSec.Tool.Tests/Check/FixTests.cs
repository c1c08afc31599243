using System.Text;

namespace ProvableSec.Tool.Tests.Check;

/// <summary><c>check --fix</c>: files that are fixed keep their look.</summary>
public sealed class FixTests : IDisposable
{
    private const string Policy = """
        {
          "Statement": [
            {
              "Sid": "",
              "Effect": "Allow",
              "Action": ["s3:Get*",   "s3:GetObject"],
              "Resource": "arn:aws:s3:::reports/*"
            }
          ]
        }
        """;

    private const string Fixed = """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": ["s3:Get*"],
              "Resource": "arn:aws:s3:::reports/*"
            }
          ]
        }
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void What_is_proved_to_allow_nothing_new_is_written()
    {
        string file = folder.Write("a.json", Policy);
        ToolRun run = ToolRun.Command("check", file, "--fix");
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Equal(Fixed, File.ReadAllText(file));
        Assert.Contains($"fixed {file}:1:1: PSEC3211: Write \"Version\": \"2012-10-17\" (proved: allows the same requests)\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("Remove \"s3:GetObject\" (proved: allows the same requests)\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_tells_and_writes_nothing()
    {
        string file = folder.Write("a.json", Policy);
        ToolRun run = ToolRun.Command("check", file, "--fix", "--dry-run");
        Assert.Equal(Policy, File.ReadAllText(file));
        Assert.Contains("would fix ", run.Error, StringComparison.Ordinal);
        Assert.NotEqual("", run.Output);
    }

    [Fact]
    public void What_would_allow_more_is_left_alone()
    {
        const string Text = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringEquals": {"s3:prefix": "home/*"}}}]}""";
        string file = folder.Write("a.json", Text);
        Assert.Equal(1, ToolRun.Command("check", file, "--fix").ExitCode);
        Assert.Equal(Text, File.ReadAllText(file));
    }

    [Fact]
    public void What_is_waived_or_ignored_is_left_alone()
    {
        string file = folder.Write("a.json", Policy);
        ToolRun.Command("check", file, "--fix", "--ignore", "MISSING_VERSION", "--ignore", "EMPTY_SID_VALUE", "--ignore", "REDUNDANT_ACTION");
        Assert.Equal(Policy, File.ReadAllText(file));
    }

    [Fact]
    public void A_template_keeps_its_comments_and_functions()
    {
        string file = folder.Write("t.yaml", """
            # The reports.
            Resources:
              R:
                Type: AWS::IAM::Policy
                Properties:
                  PolicyName: r
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement:
                      - Effect: Allow
                        Action:
                          - s3:Get*      # all of it
                          - s3:GetObject # twice
                          - s3:ListBucket
                        Resource: "*"
                      - Effect: Allow
                        Action: s3:ListBucket
                        Resource: !GetAtt B.Arn
                      - Effect: Deny
                        Action: s3:DeleteObject
                        Resource: "*"
                        Condition:
                          ForAllValues:StringEquals: {aws:SourceVpce: vpce-1a2b3c4d}
              B: {Type: AWS::S3::Bucket}

            """);
        string before = File.ReadAllText(file);
        ToolRun run = ToolRun.Command("check", file, "--fix");
        Assert.Equal(before.Replace("              - s3:GetObject # twice\n", "", StringComparison.Ordinal), File.ReadAllText(file));
        Assert.Contains("(proved: allows the same requests)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_encoding_and_the_line_ends_stay()
    {
        string file = folder.Write("a.json", "");
        File.WriteAllText(file, Policy.ReplaceLineEndings("\r\n"), new UnicodeEncoding(bigEndian: false, byteOrderMark: true));
        ToolRun.Command("check", file, "--fix");
        Assert.Equal(new byte[] { 0xFF, 0xFE }, File.ReadAllBytes(file)[..2]);
        Assert.Equal(Fixed.ReplaceLineEndings("\r\n"), File.ReadAllText(file));
    }

    [Fact]
    public void A_template_in_JSON_is_mended_inside()
    {
        string file = folder.Write("t.json", """
            {
              "Resources": {
                "Q": {
                  "Type": "AWS::SQS::QueuePolicy",
                  "Properties": {
                    "Queues": [{"Ref": "Queue"}],
                    "PolicyDocument": {
                      "Version": "2012-10-17",
                      "Statement": [
                        {
                          "Effect": "Allow",
                          "Principal": {"Service": "sns.amazonaws.com"},
                          "Action": "sqs:SendMessage",
                          "Resource": "arn:aws:sqs:eu-west-1:111122223333:q"
                        },
                        {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": {"Fn::GetAtt": ["Queue", "Arn"]}, "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
                      ]
                    }
                  }
                }
              }
            }
            """);
        ToolRun run = ToolRun.Command("check", file, "--fix");
        Assert.Contains("Let the service act for account 111122223333 only (proved: allows less, nothing new)", run.Error, StringComparison.Ordinal);
        Assert.Contains("""
                          "Resource": "arn:aws:sqs:eu-west-1:111122223333:q",
                          "Condition": {
                            "StringEquals": {
                              "aws:SourceAccount": "111122223333"
                            }
                          }
                        },
            """.TrimEnd(), File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dry-run goes with --fix.", "check", "a.json", "--dry-run")]
    [InlineData("--fix fixes files; it takes no batch and no standard input.", "check", "-", "--fix")]
    public void Usage(string message, params string[] arguments)
    {
        ToolRun run = ToolRun.Command(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
