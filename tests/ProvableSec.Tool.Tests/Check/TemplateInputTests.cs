namespace ProvableSec.Tool.Tests.Check;

/// <summary>Templates and plans that are not as they should be: a clear message, the rest judged, and the last line says what was not.</summary>
public sealed class TemplateInputTests : IDisposable
{
    private const string Open = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}]}""";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Names_made_of_each_other_are_said_and_the_rest_is_judged()
    {
        ToolRun run = Check("t.yaml", """
            Resources:
              A: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub '${B.QueueName}-a'}}
              B: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub '${A.QueueName}-b'}}
              P:
                Type: AWS::SQS::QueuePolicy
                Properties: {PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: '*', Action: 'sqs:SendMessage', Resource: !GetAtt A.Arn}]}}
            """);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("t.yaml:2:", run.Error, StringComparison.Ordinal);
        Assert.Contains("the name of A is made of itself, in a circle of references", run.Error, StringComparison.Ordinal);
        Assert.Contains("PSEC2001", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Conditions_made_of_each_other_are_said_and_judged_both_ways()
    {
        ToolRun run = Check("t.yaml", """
            Conditions:
              A: !Not [{Condition: B}]
              B: !Not [{Condition: A}]
              Leads: !Not [{Condition: A}]
            Resources:
              P:
                Type: AWS::SQS::QueuePolicy
                Properties: {PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: !If [A, '*', {AWS: '111122223333'}], Action: 'sqs:SendMessage', Resource: '*'}]}}
            """);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the condition A refers to itself, in a circle", run.Error, StringComparison.Ordinal);
        Assert.Contains("the condition B refers to itself, in a circle", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("condition Leads", run.Error, StringComparison.Ordinal);
        Assert.Contains("(where A)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_conditions_without_end_is_judged_both_ways()
    {
        string conditions = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"\"C{i}\": {{\"Fn::Not\": [{{\"Condition\": \"C{i + 1}\"}}]}},"));
        ToolRun run = Check("t.json", $$"""
            {"Conditions": { {{conditions}} "C20000": {"Fn::Equals": ["a", "b"]} },
             "Resources": {"P": {"Type": "AWS::SQS::QueuePolicy", "Properties": {"PolicyDocument": {"Fn::If": ["C0", {{Open}}, {"Ref": "AWS::NoValue"}]} } } } }
            """);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("PSEC2001", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_condition_that_is_not_defined_is_judged_both_ways()
    {
        ToolRun run = Check("t.json", $$"""{"Resources": {"P": {"Type": "AWS::SQS::QueuePolicy", "Properties": {"PolicyDocument": {"Fn::If": ["Nowhere", {{Open}}, {"Ref": "AWS::NoValue"}]} } } } }""");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("(where Nowhere)", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yes", false)]
    [InlineData("no", true)]
    [InlineData("On", false)]
    [InlineData("OFF", true)]
    [InlineData("'yes'", true)]
    public void Booleans_of_YAML_1_1_are_read_as_CloudFormation_reads_them(string value, bool isOpen) => Assert.Equal(isOpen, Check("t.yaml", $$"""
        Resources:
          B: {Type: AWS::S3::Bucket, Properties: {PublicAccessBlockConfiguration: {RestrictPublicBuckets: {{value}} } } }
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref B
              PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: !Sub '${B.Arn}/*'}]}
        """).Output.Contains("error", StringComparison.Ordinal));

    [Fact]
    public void A_template_of_five_million_characters_is_judged()
    {
        string resources = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"\"Q{i}\": {{\"Type\": \"AWS::SQS::Queue\", \"Properties\": {{\"QueueName\": {{\"Fn::Sub\": \"${{Q{i + 1}.QueueName}}-{new string('x', 1_000)}\"}}}}}},\n"));
        ToolRun run = Check("t.json", $$"""{"Resources": { {{resources}} "P": {"Type": "AWS::SQS::QueuePolicy", "Properties": {"PolicyDocument": {{Open.Replace("\"Resource\": \"*\"", "\"Resource\": {\"Fn::GetAtt\": \"Q0.Arn\"}", StringComparison.Ordinal)}} } } } }""");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("PSEC2001", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_of_another_format_is_said_and_judged()
    {
        ToolRun run = Check("plan.json", $$"""
            {"format_version": "9.0", "planned_values": {"root_module": {"resources": [{"address": "aws_sqs_queue_policy.p", "type": "aws_sqs_queue_policy", "values": {"policy": "{{Open.Replace("\"", "\\\"", StringComparison.Ordinal)}}"} }]} } }
            """);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("format version \"9.0\" of Terraform's JSON is not known", run.Error, StringComparison.Ordinal);
        Assert.Contains("PSEC2001", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_line_says_what_was_read_and_judged_and_what_was_not()
    {
        folder.Write("nothing.json", "{}");
        folder.Write("t.yaml", """
            Transform: [AWS::Serverless-2016-10-31, OurMacro]
            Parameters: {Name: {Type: String}, A: {Type: String}, B: {Type: String}}
            Conditions: {C0: !Equals [!Ref A, a], C1: !Equals [!Ref B, b]}
            Resources:
              Known:
                Type: AWS::SQS::QueuePolicy
                Properties: {PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: '111122223333'}, Action: 'sqs:SendMessage', Resource: !Ref Name}]}}
              Later:
                Type: AWS::SQS::QueuePolicy
                Properties: {PolicyDocument: !ImportValue policy}
              Other:
                Type: Custom::Thing
                Properties: {Some: {Statement: [{Effect: Allow, Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111122223333:jobs'}]}}
            """);
        ToolRun run = ToolRun.Command("check", folder["."]);
        string last = run.Error.TrimEnd().Split('\n')[^1];
        foreach (string said in (string[])
            [
                "2 policies in 1 file: no findings", "1 file without policies", "1 value known only at deployment, not checked",
                    "1 policy known only at deployment, not checked: Later (AWS::SQS::QueuePolicy)",
                "1 macro not run, what it makes not checked: OurMacro", "1 policy of types that provablesec does not know: Custom::Thing",
            ])
        {
            Assert.Contains(said, last, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void More_branches_than_are_judged_are_said()
    {
        string statements = string.Concat(Enumerable.Range(0, 9).Select(i => $"          - !If [C{i}, {{Effect: Allow, Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111122223333:q{i}'}}, !Ref 'AWS::NoValue']\n"));
        Assert.Contains("1 policy checked for only some values of conditions and parameters: P (AWS::IAM::ManagedPolicy)", Check("t.yaml", $"""
            Resources:
              P:
                Type: AWS::IAM::ManagedPolicy
                Properties:
                  PolicyDocument:
                    Version: '2012-10-17'
                    Statement:
            {statements}
            """).Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private ToolRun Check(string name, string text) => ToolRun.Command("check", folder.Write(name, text));
}
