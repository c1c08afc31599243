using System.Text.Json;
using ProvableSec.Tool.Tests.Verify;

namespace ProvableSec.Tool.Tests.Rendering;

/// <summary>A witness that needs a policy nobody gave carries that policy.</summary>
public sealed class SupposedPolicyTests : IDisposable
{
    private const string Own = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:*","Resource":"*"}}""";

    private readonly VerifyFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Question(string own = Own) =>
        $$"""{"question":"not-granted","account":"111122223333","identityPolicies":[{{own}}],"forbidden":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:ScheduleKeyDeletion","Resource":"*"} } }""";

    [Fact]
    public void Json_has_the_policy_itself_and_the_words()
    {
        JsonElement answer = Assert.Single(ToolRun.Of(Question(), "prove", "--batch", "-").Answers);
        JsonElement statement = answer.GetProperty("witness").GetProperty("supposed").GetProperty("resourcePolicy").GetProperty("Statement")[0];
        Assert.Equal(("Allow", "kms:ScheduleKeyDeletion"), (statement.GetProperty("Effect").GetString(), statement.GetProperty("Action").GetString()));
        Assert.EndsWith(":iam::111122223333:root", statement.GetProperty("Principal").GetProperty("AWS").GetString(), StringComparison.Ordinal);
        Assert.Contains("supposing the key policy, which is not given, lets account 111122223333 in", answer.GetProperty("explanation").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_pasted_from_a_witness_decides_as_the_prover_says()
    {
        JsonElement witness = Assert.Single(ToolRun.Of(Question(), "prove", "--batch", "-").Answers).GetProperty("witness");
        ToolRun run = ToolRun.Of($$"""{"identityPolicies":[{{Own}}],"request":{{witness.GetRawText()}} }""", "simulate", "-");
        Assert.Equal("allow", run.Answers[0].GetProperty("decision").GetString());
        Assert.Empty(run.Answers[0].GetProperty("warnings").EnumerateArray());
        ToolRun none = ToolRun.Of($$"""{"identityPolicies":[{{Own}}],"resourcePolicy":null,"request":{{witness.GetRawText()}} }""", "simulate", "-");
        Assert.Equal("deny", none.Answers[0].GetProperty("decision").GetString());
    }

    [Theory]
    [InlineData("1", "supposed must be an object")]
    [InlineData("""{"identityPolicies":"deny"}""", "a supposed identityPolicies must be \"allow\", not \"deny\"")]
    public void What_is_supposed_is_read_as_the_rest_of_a_case(string supposed, string problem)
    {
        ToolRun run = ToolRun.Of($$"""{"request":{"principal":"*","action":"s3:GetObject","resource":"arn:aws:s3:::b/k","supposed":{{supposed}}} }""", "simulate", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_has_it_in_words()
    {
        folder.Write("own.json", Own);
        ToolRun run = ToolRun.Command("prove", "not-granted", "--identity", folder["own.json"], "--account", "111122223333", "--forbid",
            "kms:ScheduleKeyDeletion");
        Assert.Equal(1, run.ExitCode);
        Assert.Matches("Supposing the key policy, which is not given, lets account 111122223333 in: Allow kms:ScheduleKeyDeletion to arn:aws[a-z-]*:iam::111122223333:root\\.", run.Output.Replace("\n    ", " ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sarif")]
    [InlineData("github")]
    [InlineData("junit")]
    [InlineData("markdown")]
    public void Formats_of_one_line_say_it_too(string format)
    {
        folder.Write("policies/own.json", Own);
        ToolRun run = folder.Verify("""{"id": "k", "question": "not-granted", "policy": {"account": "111122223333", "identityPolicies": ["policies/own.json"]}, "forbidden": {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}}}""", "--format", format);
        Assert.Contains("supposing the key policy, which is not given, lets account 111122223333 in", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_direct_grant_is_supposed_where_the_asker_does_not_rule_it_out()
    {
        const string Narrow = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:ListQueues","Resource":"*"}}""";
        string question = Question(Narrow).Replace("kms:ScheduleKeyDeletion", "sqs:SendMessage", StringComparison.Ordinal)[..^1]
            + ""","without":["no-direct-grants"]}""";
        JsonElement answer = Assert.Single(ToolRun.Of(question, "prove", "--batch", "-").Answers);
        Assert.Equal("violated", answer.GetProperty("verdict").GetString());
        Assert.Contains("supposing the resource's policy, which is not given, grants it to the caller by name", answer.GetProperty("explanation").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_rests_on_given_policies_supposes_nothing()
    {
        string question = Question()[..^1] + ""","resourcePolicy":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"kms:*","Resource":"*"}}}""";
        JsonElement answer = Assert.Single(ToolRun.Of(question, "prove", "--batch", "-").Answers);
        Assert.Equal("violated", answer.GetProperty("verdict").GetString());
        Assert.False(answer.GetProperty("witness").TryGetProperty("supposed", out _));
    }
}
