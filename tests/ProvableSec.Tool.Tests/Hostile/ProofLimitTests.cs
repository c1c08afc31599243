using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Tests.Hostile;

/// <summary>
/// Questions about policies that are made to be slow to prove: each of these took from a quarter of a minute to hours, or gigabytes. Work is counted by the
/// characters, keys and
/// values gone through, so that the budget of steps ends it; what shows without a search is still shown.
/// </summary>
public sealed class ProofLimitTests
{
    public static TheoryData<string, string, string, string> Slow()
    {
        static string Conditions(string conditions, string more = "") =>
            Policy($"\"Action\":\"s3:GetObject\",\"Resource\":\"*\",\"Condition\":{{{conditions}}}", more);
        static string Listed(int count, Func<int, string> text) => string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{text(i)}\""));
        string long1 = new('a', 59_000), long2 = new('a', 29_000);
        return new TheoryData<string, string, string, string>
        {
            { "an action of stars and letters", Policy($"\"Action\":\"s3:{Repeated("*a", 60_000)}\",\"Resource\":\"*\""), "unknown",
                "needs more than 128 MB of memory" },
            { "a resource of stars and letters", Policy($"\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::{Repeated("*a", 60_000)}\""), "unknown",
                "too long for the evaluator to confirm it" },
            { "a long number", Conditions($"\"NumericLessThan\":{{\"s3:max-keys\":\"{new string('9', 100_000)}\"}}"), "unknown",
                "a number of 100000 characters is not compared; the limit is 10000" },
            { "many numbers that exclude each other",
                Conditions($"\"NumericLessThan\":{{\"s3:max-keys\":[{Listed(20_000, i => $"{i}")}]}},\"NumericGreaterThan\":{{\"s3:max-keys\":[{Listed(20_000, i => $"{i + 20_000}")}]}}"), "unknown", "the budget of 20000000 steps is used up" },
            { "many variables",
                Policy($"\"Action\":\"s3:GetObject\",\"Resource\":[{Listed(2500, i => $"arn:aws:s3:::b/${{aws:PrincipalTag/a{i}}}/*${{aws:username}}")}]"),
                "violated", "s3:GetObject" },
            { "a text that is slow to compare", Conditions($"\"StringLike\":{{\"aws:UserAgent\":\"{long1}*\"}}", $",{{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{{\"StringLike\":{{\"aws:UserAgent\":\"*{long2}b{long2}\"}}}}}}"), "unknown", "too long for the evaluator to confirm it" },
            { "many keys", Conditions("\"StringEquals\":{" + string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"aws:RequestTag/k{i}\":\"v\"")) + "}"),
                "violated", "s3:GetObject" },
            { "many actions", Policy($"\"Action\":[{Listed(5000, i => $"s3:Action{i}")}],\"Resource\":\"*\""), "violated", "arn:aws" },
            { "a long value", Conditions($"\"StringEquals\":{{\"aws:UserAgent\":\"{new string('a', 100_000)}\"}}"), "unknown",
                "too long for the evaluator to confirm it" },
        };
    }

    [Theory]
    [MemberData(nameof(Slow))]
    public void SlowPolicyIsAnswered(string what, string policy, string verdict, string words)
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRun.Command("prove", "no-public-access", "--policy", folder.Write("identity.json", policy), "--type", "identity");
        Assert.NotEmpty(what);
        Assert.Equal(verdict == "unknown" ? ExitCodes.Undecided : ExitCodes.Finding, run.ExitCode);
        Assert.Contains(verdict, run.Lines[0]);
        Assert.Contains(words, run.Output.Replace("\n    ", " ", StringComparison.Ordinal));
    }

    [Fact]
    public void CaseThatIsSlowToCompareIsRefused()
    {
        using var folder = new TemporaryFolder();
        string policy = Policy($"\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{{\"StringLike\":{{\"aws:UserAgent\":\"*{new string('a', 50_000)}b\"}}}}");
        ToolRun run = ToolRun.Command("simulate", folder.Write("case.json", $$$"""{"identityPolicies": [{{{policy}}}],"request":{"principal":"arn:aws:iam::111122223333:user/a","action":"s3:GetObject","resource":"arn:aws:s3:::b/k","context":{"aws:UserAgent":"{{{new string('a', 100_000)}}}"} } }"""));
        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("too many to compare with those of the policies", run.Output + run.Error);
    }

    private static string Policy(string members, string more = "") =>
        $"{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",{members}}}{more}]}}";

    private static string Repeated(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
