namespace ProvableSec.Tool.Tests.Prove;

/// <summary>The request that <c>prove no-public-access</c> and <c>check</c> show, and what they advise: as somebody would expect it who knows AWS.</summary>
public sealed class PublicAccessWitnessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Open(string actions, string resources = "\"*\"", string principal = "\"*\"") =>
        folder.Write("resource.json", $$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{{{principal}}},"Action":{{{actions}}},"Resource":{{{resources}}}}}""");

    [Theory]
    [InlineData("\"s3:*\"", "[\"arn:aws:s3:::pictures\",\"arn:aws:s3:::pictures/*\"]", "s3:GetObject", "arn:aws:s3:::pictures/example")]
    [InlineData("\"s3:Put*\"", "\"arn:aws:s3:::pictures/inbox/*\"", "s3:PutObject", "arn:aws:s3:::pictures/inbox/example")]
    [InlineData("\"sqs:*\"", "\"arn:aws:sqs:us-east-1:444455556666:jobs\"", "sqs:SendMessage", "arn:aws:sqs:us-east-1:444455556666:jobs")]
    [InlineData("\"secretsmanager:*\"", "\"*\"", "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:444455556666:secret:example-secretid")]
    [InlineData("[\"kms:CancelKeyDeletion\", \"kms:Enc*\"]", "\"*\"", "kms:Encrypt", "arn:aws:kms:eu-west-1:444455556666:key/example-keyid")]
    [InlineData("\"kms:CancelKeyDeletion\"", "\"*\"", "kms:CancelKeyDeletion", "arn:aws:kms:eu-west-1:444455556666:key/example-keyid")]
    public void An_action_that_the_service_is_there_for(string actions, string resources, string action, string resource)
    {
        string output = ToolRun.Command("prove", "no-public-access", "--policy", Open(actions, resources)).Output;
        Assert.Matches($@"\n +action +{action}\n +resource +{System.Text.RegularExpressions.Regex.Escape(resource)}\n", output);
    }

    [Theory]
    [InlineData("\"s3:GetObject\"", "\"arn:aws:s3:::pictures/*\"", "*", "without signing the request")]
    [InlineData("\"sns:Publish\"", "\"arn:aws:sns:us-east-1:444455556666:news\"", "*", "without signing the request")]
    [InlineData("\"lambda:InvokeFunctionUrl\"", "\"arn:aws:lambda:us-east-1:444455556666:function:f\"", "*", "without signing the request")]
    [InlineData("\"kms:Decrypt\"", "\"*\"", "arn:aws:iam::111122223333:user/someone", "for example as")]
    [InlineData("\"secretsmanager:GetSecretValue\"", "\"*\"", "arn:aws:iam::111122223333:user/someone", "for example as")]
    [InlineData("\"lambda:GetFunction\"", "\"arn:aws:lambda:us-east-1:444455556666:function:f\"", "arn:aws:iam::111122223333:user/someone", "for example as")]
    public void Unsigned_requests_are_shown_only_where_there_are_such(string action, string resource, string caller, string words)
    {
        string output = ToolRun.Command("check", Open(action, resource)).Output;
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.Matches($@"\n +principal +{System.Text.RegularExpressions.Regex.Escape(caller)}\n", output);
    }

    [Fact]
    public void An_outsider_is_not_of_the_resources_account()
    {
        string output = ToolRun.Command("prove", "no-public-access", "--policy", Open("\"sts:AssumeRole\"", "\"*\"")).Output;
        Assert.Matches(@"\n +principal +arn:aws:iam::111122223333:", output);
        Assert.Matches(@"\n +resource +arn:aws:iam::444455556666:", output);
    }

    [Theory]
    [InlineData("\"*\"")]
    [InlineData("{\"AWS\":\"*\"}")]
    public void What_stops_outsiders_is_advised(string principal)
    {
        string policy = Open("\"s3:GetObject\"", "\"arn:aws:s3:::pictures/*\"", principal);
        const string Condition = "Would block it: StringEquals aws:PrincipalOrgID with your organization in that statement; or a Deny of s3:GetObject in ";
        Assert.Contains(Condition + "this policy.", ToolRun.Command("prove", "no-public-access", "--policy", policy).Output, StringComparison.Ordinal);
        Assert.Contains(Condition + "the resource's policy.", ToolRun.Command("prove", "no-public-access", "--resource-policy", policy).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_SCP_is_no_advice_against_outsiders()
    {
        string policy = folder.Write("resource.json", """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::pictures/*","Condition":{"StringLike":{"aws:PrincipalOrgID":"o-*"}}}]}
            """);
        string output = ToolRun.Command("prove", "no-public-access", "--resource-policy", policy).Output;
        Assert.Contains("violated", output, StringComparison.Ordinal);
        Assert.Contains("a Deny of s3:GetObject in the resource's policy.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("in an SCP", output, StringComparison.Ordinal);
    }
}
