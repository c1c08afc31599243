using System.Text.Json;

namespace ProvableSec.Tool.Tests.Verify;

/// <summary><c>verify</c> reports what <c>check</c> finds in documents that ask for it.</summary>
public sealed class CheckedDocumentTests : IDisposable
{
    private const string Template = """
        {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {
          "Policy": {"Type": "AWS::SQS::QueuePolicy", "Properties": {"Queues": ["q"],
            "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}]}}}}}
        """;

    private readonly VerifyFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Findings_are_reported_with_their_rule_and_place()
    {
        folder.Write("t/app.json", Template);
        ToolRun run = Verify("true");
        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"error: .*t/app\.json:3:\d+: PSEC2001: .* · Policy \(AWS::SQS::QueuePolicy\)", run.Output);
        Assert.Contains("1 document, 1 finding", run.Lines[^1], StringComparison.Ordinal);
        JsonElement sarif = JsonDocument.Parse(Verify("true", "--format", "sarif").Output).RootElement.GetProperty("runs")[0];
        Assert.Equal("PSEC2001", sarif.GetProperty("results")[0].GetProperty("ruleId").GetString());
        Assert.Contains(sarif.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray(),
            rule => rule.GetProperty("id").GetString() == "PSEC2001");
        foreach (string format in (string[])["json", "junit", "github", "markdown"])
        {
            Assert.Contains("PSEC2001", Verify("true", "--format", format).Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Without_it_a_template_is_only_listed()
    {
        folder.Write("t/app.json", Template);
        ToolRun run = Verify("false");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("1 document, 0 findings", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Yaml_and_its_waivers_are_read()
    {
        folder.Write("t/app.yaml", """
            AWSTemplateFormatVersion: "2010-09-09"
            Resources:
              Policy:
                Type: AWS::SQS::QueuePolicy
                Properties:
                  Queues: [q]
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement:
                      - Effect: Allow
                        Principal: "*" # provablesec: PSEC2001 until 2999-01-01 because it is an example
                        Action: sqs:SendMessage
                        Resource: "*"
            """);
        Assert.Equal(0, Verify("true").ExitCode);
    }

    [Fact]
    public void A_file_of_another_kind_is_exit_2()
    {
        folder.Write("t/question.json", """{"question": "can", "request": {}}""");
        ToolRun run = Verify("true");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("t/question.json: this is a question, not a policy, a template, an account dump, a plan or an answer of the AWS CLI; provablesec prove FILE reads it", run.Error, StringComparison.Ordinal);
        folder.Write("t/question.json", """{"colors": []}""");
        Assert.Contains("t/question.json is not a policy, a template", Verify("true").Error, StringComparison.Ordinal);
    }

    private ToolRun Verify(string check, params string[] options) =>
        folder.VerifyText($$"""{"version": 1, "documents": [{"files": "t/*", "check": {{check}} }]}""", options);
}
