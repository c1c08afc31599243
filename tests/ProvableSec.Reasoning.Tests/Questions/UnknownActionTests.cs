using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Proving;

namespace ProvableSec.Reasoning.Tests.Questions;

/// <summary>An action of a property that does not exist is reported where it stands.</summary>
public sealed class UnknownActionTests
{
    [Theory]
    [InlineData("s3:PutObjects", "\"s3:PutObjects\" is not an action of Amazon S3; did you mean \"s3:PutObject\"?")]
    [InlineData("S3:putobjec", "\"S3:putobjec\" is not an action of Amazon S3; did you mean \"s3:PutObject\"?")]
    [InlineData("iam:PassRoel", "\"iam:PassRoel\" is not an action of AWS Identity and Access Management (IAM); did you mean \"iam:PassRole\"?")]
    [InlineData("s3:PutObject ", "\"s3:PutObject \" is not an action of Amazon S3; did you mean \"s3:PutObject\"?")]
    public void One_edit_from_an_action_is_an_error(string action, string message)
    {
        QueryReading reading = Read("not-granted", "forbidden", action);
        Assert.Null(reading.Query);
        PolicyProblem problem = Assert.Single(reading.Problems, p => p.IsError);
        Assert.Equal(("q:2:72 /forbidden/Statement/Action/1", message), ($"{problem.File}:{problem.Position} {problem.Pointer}", problem.Message));
    }

    [Theory]
    [InlineData("s3:ReplaceObject", "\"s3:ReplaceObject\" is not an action of Amazon S3 in the service data of ")]
    [InlineData("s3:Frob*", "\"s3:Frob*\" matches no action of Amazon S3 in the service data of ")]
    [InlineData("dyanmodb:PutItem", "\"dyanmodb\" is not a service in the service data of ")]
    [InlineData("imam:*", "\"imam\" is not a service in the service data of ")]
    [InlineData("nosuchservice:*Item", "\"nosuchservice\" is not a service in the service data of ")]
    public void Any_other_unknown_name_is_a_warning(string action, string message)
    {
        QueryReading reading = Read("granted", "required", action);
        PolicyProblem problem = Assert.Single(reading.Problems);
        Assert.False(problem.IsError);
        Assert.Equal("q:2:72 /required/Statement/Action/1", $"{problem.File}:{problem.Position} {problem.Pointer}");
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.Single(Prover.Answer(reading.Query!).Warnings, warning => warning.Contains(action.Split(':')[0], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("s3:*")]
    [InlineData("s3:?etObject")]
    [InlineData("s*:GetObject")]
    [InlineData("S3:GETOBJECT")]
    [InlineData("sts:TagSession")]
    public void A_known_name_or_a_pattern_of_one_is_not_reported(string action) => Assert.Empty(Read("not-granted", "forbidden", action).Problems);

    [Fact]
    public void In_a_Deny_and_in_NotAction_too()
    {
        QueryReading reading = Read(
            $$$"""{"question":"not-granted","policy":{{{Document(AllowAll)}}},"forbidden":{"Statement":[{{{AllowAll}}},{"Effect":"Deny","NotAction":"iam:PasRole","Resource":"*"}]}}""");
        Assert.Equal("/forbidden/Statement/1/NotAction", Assert.Single(reading.Problems).Pointer);
        Assert.Null(reading.Query);
    }

    [Fact]
    public void A_misspelled_action_of_the_policy_itself_stays_a_remark()
    {
        QueryReading reading = Read($$$"""{"question":"not-granted","policy":{{{Document(Ask.Allow(action: "s3:PutObjects"))}}},"forbidden":{{{Document(Ask.Allow(action: "s3:PutObject"))}}}}""");
        Assert.Empty(reading.Problems);
        Assert.Contains(Prover.Answer(reading.Query!).Warnings, warning => warning.Contains("s3:PutObjects", StringComparison.Ordinal));
    }

    private static QueryReading Read(string question, string member, string action) => Read(
        $$$"""
        {"question":"{{{question}}}","policy":{{{Document(AllowAll)}}},"{{{member}}}":
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:*","{{{action}}}"],"Resource":"*"}} }
        """);

    private static QueryReading Read(string query)
    {
        JsonTree document = JsonTreeReader.Read(new DocumentText(query, "q"));
        return new QueryReader(new PolicyLoader()).Read(document.Root, document.Problems);
    }
}
