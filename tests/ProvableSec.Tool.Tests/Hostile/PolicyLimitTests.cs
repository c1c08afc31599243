using System.Text;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Tests.Hostile;

/// <summary>
/// Policies that are made to be slow: long runs of wildcards, long lists beside each other, long numbers, many policies in a file. Each of these took from a
/// quarter
/// of a minute to hours; what is not looked at is said.
/// </summary>
public sealed class PolicyLimitTests
{
    public static TheoryData<string, string> Slow()
    {
        static string Actions(params IEnumerable<string> actions) => Policy($"\"Action\":[{Quoted(actions)}],\"Resource\":\"*\"");
        static string Resources(params IEnumerable<string> resources) => Policy($"\"Action\":\"s3:GetObject\",\"Resource\":[{Quoted(resources)}]");
        static string Conditions(string conditions) => Policy($"\"Action\":\"s3:GetObject\",\"Resource\":\"*\",\"Condition\":{{{conditions}}}");
        return new TheoryData<string, string>
        {
            { "an action of stars", Actions("s3:" + new string('*', 100_000)) },
            { "actions of stars", Actions(Enumerable.Range(0, 8).Select(i => "s3:" + new string('*', 4000 + i))) },
            { "an action of stars and marks", Actions("s3:" + Repeated("?*", 50_000)) },
            { "an action of stars and letters", Actions("s3:" + Repeated("*a", 50_000)) },
            { "a resource of stars and letters", Resources("arn:aws:s3:::" + Repeated("*a", 50_000)) },
            { "resources that nearly match", Resources("*" + new string('a', 30_000) + "b", "*" + new string('a', 60_000)) },
            { "many actions", Actions(Enumerable.Range(0, 9000).Select(i => $"s3:G{i}*")) },
            { "many resources", Resources(Enumerable.Range(0, 5000).Select(i => $"arn:aws:s3:::*{i}*")) },
            { "many actions and resources",
                Policy($"\"Action\":[{Quoted(Enumerable.Range(0, 3000).Select(i => "ec2:RunInstances"))}],\"Resource\":[{Quoted(Enumerable.Range(0, 2000).Select(i => $"arn:aws:ec2:*:*:{i}"))}]") },
            { "variables that are never closed", Resources("arn:aws:s3:::" + Repeated("${", 50_000)) },
            { "variables with quotes that are never closed", Resources(Repeated("${a,'", 20_000) + "}") },
            { "many condition keys", Conditions("\"StringEquals\":{" + string.Join(',', Enumerable.Range(0, 3000).Select(i => $"\"aws:RequestTag/{i}\":\"x\""))
                + "}") },
            { "a key in many lines", Conditions(string.Join(',', Enumerable.Range(0, 9000).Select(i => $"\"k{i}\":{{\"a\":1}}"))) },
            { "a long number", Conditions("\"NumericLessThan\":{\"s3:max-keys\":" + new string('9', 100_000) + "}") },
            { "a long number in quotes", Conditions("\"NumericLessThan\":{\"s3:max-keys\":\"0." + new string('9', 100_000) + "\"}") },
            { "a large exponent", Conditions("\"NumericLessThan\":{\"s3:max-keys\":\"1e999999999\"}") },
            { "empty statements", "{\"Version\":\"2012-10-17\",\"Statement\":[" + string.Join(',', Enumerable.Repeat("{}", 40_000)) + "]}" },
            { "many elements", "{\"Version\":\"2012-10-17\",\"Statement\":[{" + string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"A{i}\":1"))
                + "}]}" },
        };
    }

    [Theory]
    [MemberData(nameof(Slow))]
    public void SlowPolicyIsChecked(string what, string policy)
    {
        ToolRun run = Check(policy, what);
        Assert.Equal(ExitCodes.Finding, run.ExitCode);
        Assert.Contains("1 policy in 1 file", run.Error);
    }

    [Theory]
    [InlineData(131_000, "characters without white space and is not checked; the limit is 131072")]
    [InlineData(9_000, "not all of it was looked at for PSEC3401")]
    public void WhatIsNotLookedAtIsSaid(int length, string message)
    {
        ToolRun run = Check(Policy($"\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/{new string('x', length)}\""), "long");
        Assert.Equal(ExitCodes.Finding, run.ExitCode);
        Assert.Contains("PSEC3407: ", run.Output);
        Assert.Contains(message, run.Output);
    }

    [Theory]
    [InlineData(127, false)]
    [InlineData(129, true)]
    public void ManyLinesOfConditionsAreNotLookedAtForDeadStatements(int lines, bool isSaid)
    {
        string conditions = string.Join(',', Enumerable.Range(0, lines).Select(i => $"\"aws:RequestTag/{i}\":\"x\""));
        ToolRun run = Check(Policy($"\"Action\":\"s3:GetObject\",\"Resource\":\"*\",\"Condition\":{{\"StringEquals\":{{{conditions}}}}}"), "lines");
        Assert.Equal(isSaid, run.Output.Contains("not all of it was looked at for PSEC3401", StringComparison.Ordinal));
    }

    /// <summary>The second statement allows nothing more.</summary>
    [Theory]
    [InlineData(36, true)]
    [InlineData(37, false)]
    public void ManyPatternsAreLeftToTheCommandThatProves(int actions, bool isFound)
    {
        string listed = Quoted(Enumerable.Range(0, actions).Select(i => $"dynamodb:Get{i}*")), resource =
            "\"Resource\":\"arn:aws:dynamodb:eu-west-1:111122223333:table/t\"";
        string policy = $"{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Action\":[\"dynamodb:Put*\",{listed}],{resource}}},{{\"Effect\":\"Allow\",\"Action\":\"dynamodb:PutItem\",{resource}}}]}}";
        ToolRun run = Check(policy, "patterns");
        Assert.Equal(isFound, run.Output.Contains("PSEC3401: without this statement", StringComparison.Ordinal));
        Assert.DoesNotContain("PSEC3407", run.Output);
    }

    /// <summary>A statement that never matches, since no number is under the one bound and over the other; with many of both to prove that is dear.</summary>
    [Theory]
    [InlineData(10, true)]
    [InlineData(6_000, false)]
    public void ProofThatIsTooDearIsNoFinding(int count, bool isFound)
    {
        string under = string.Join(',', Enumerable.Range(0, count)), over = string.Join(',', Enumerable.Range(count, count));
        ToolRun run = Check(Policy($"\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::b\",\"Condition\":{{\"NumericLessThan\":{{\"s3:max-keys\":[{under}]}},\"NumericGreaterThan\":{{\"s3:max-keys\":[{over}]}}}}"), "dear");
        Assert.Equal(isFound, run.Output.Contains("PSEC3401: without this statement", StringComparison.Ordinal));
        Assert.Contains("1 policy in 1 file", run.Error);
    }

    [Theory]
    [InlineData(7_000, false)]
    [InlineData(7_100, true)]
    public void TextsBesideEachOtherAreComparedUpToALimit(int statements, bool isSaid)
    {
        ToolRun run = Check("{\"Version\":\"2012-10-17\",\"Statement\":[" + string.Join(',', Enumerable.Repeat("{}", statements)) + "]}", "beside");
        Assert.Equal(isSaid, run.Output.Contains("holds too many texts beside each other; not all of it was looked at for PSEC2004, ",
            StringComparison.Ordinal));
    }

    /// <summary>200 policies are few enough to be looked at together, but each with all others is too often.</summary>
    [Fact]
    public void ReadingsOfPoliciesOfOneHolderAreCounted()
    {
        string policies =
            string.Join(',',
            Enumerable.Range(0, 200).Select(i => $"{{\"PolicyName\":\"p{i}\",\"PolicyDocument\":{Policy("\"Action\":\"iam:PassRole\",\"Resource\":\"*\"")}}}"));
        ToolRun run = Check($"{{\"Resources\":{{\"R\":{{\"Type\":\"AWS::IAM::Role\",\"Properties\":{{\"Policies\":[{policies}]}}}}}}}}", "readings");
        Assert.Contains("200 policies in 1 file", run.Error);
        Assert.InRange(run.Output.Split("not all of it was looked at for PSEC2003").Length - 1, 1, 100);
    }

    /// <summary>Each of 400 users has 60 policies, so that each policy stands beside others 23,600 times.</summary>
    [Fact]
    public void PairsOfPoliciesAndHoldersAreCounted()
    {
        string users =
            string.Join(',',
            Enumerable.Range(0, 400).Select(i => $"\"U{i}\":{{\"Type\":\"AWS::IAM::User\",\"Properties\":{{\"Groups\":[{{\"Ref\":\"G\"}}]}}}}"));
        string policies = string.Join(',', Enumerable.Range(0, 60).Select(i => $"\"P{i}\":{{\"Type\":\"AWS::IAM::Policy\",\"Properties\":{{\"Groups\":[{{\"Ref\":\"G\"}}],\"PolicyDocument\":{Policy("\"Action\":\"iam:PassRole\",\"Resource\":\"*\"")}}}}}"));
        ToolRun run = Check($"{{\"Resources\":{{\"G\":{{\"Type\":\"AWS::IAM::Group\"}},{users},{policies}}}}}", "pairs");
        Assert.Contains("60 policies in 1 file", run.Error);
        Assert.InRange(run.Output.Split("not all of it was looked at for PSEC2003").Length - 1, 1, 30);
    }

    /// <summary>The cap on what is listed must not hide the worst of it.</summary>
    [Fact]
    public void FindingsThatAreNotListedAreCounted()
    {
        ToolRun run = Check(Policy($"\"Action\":[{Quoted(Enumerable.Range(0, 250).Select(i => $"s3:Git{i}"))}],\"Resource\":\"*\""), "misspelled");
        Assert.Contains("150 more findings of PSEC3005 begin here; they are not listed", run.Output);
        Assert.Equal(101, run.Output.Split(" PSEC3005: ").Length - 1);
    }

    [Fact]
    public void ManyPoliciesOfOneRoleAreChecked()
    {
        string policies =
            string.Join(',',
            Enumerable.Range(0, 500).Select(i => $"{{\"PolicyName\":\"p{i}\",\"PolicyDocument\":{Policy("\"Action\":\"iam:PassRole\",\"Resource\":\"*\"")}}}"));
        ToolRun run = Check($"{{\"Resources\":{{\"R\":{{\"Type\":\"AWS::IAM::Role\",\"Properties\":{{\"Policies\":[{policies}]}}}}}}}}", "role");
        Assert.Contains("500 policies in 1 file", run.Error);
        Assert.Contains("alone or with others of its holders", run.Output);
        Assert.Contains("not all of it was looked at for PSEC2003", run.Output);
    }

    [Fact]
    public void ManyUsersOfOneGroupAreChecked()
    {
        string users =
            string.Join(',',
            Enumerable.Range(0, 3000).Select(i => $"\"U{i}\":{{\"Type\":\"AWS::IAM::User\",\"Properties\":{{\"Groups\":[{{\"Ref\":\"G\"}}]}}}}"));
        string policies = string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"P{i}\":{{\"Type\":\"AWS::IAM::Policy\",\"Properties\":{{\"Groups\":[{{\"Ref\":\"G\"}}],\"PolicyDocument\":{Policy("\"Action\":\"iam:PassRole\",\"Resource\":\"*\"")}}}}}"));
        ToolRun run = Check($"{{\"Resources\":{{\"G\":{{\"Type\":\"AWS::IAM::Group\"}},{users},{policies}}}}}", "group");
        Assert.Contains("500 policies in 1 file", run.Error);
        Assert.Contains("not all of it was looked at for PSEC2003", run.Output);
    }

    [Fact]
    public void ManyReferencesToManyResourcesAreResolved()
    {
        string buckets =
            string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"B{i}\":{{\"Type\":\"AWS::S3::Bucket\",\"Properties\":{{\"BucketName\":\"b\"}}}}"));
        string sub = Repeated("${B19999}", 20_000);
        string policy = Policy($"\"Action\":\"s3:GetObject\",\"Resource\":{{\"Fn::Sub\":\"{sub}\"}}");
        ToolRun run = Check("{\"Resources\":{" + buckets + ",\"P\":{\"Type\":\"AWS::IAM::ManagedPolicy\",\"Properties\":{\"PolicyDocument\":" + policy + "}}}}",
            "buckets");
        Assert.Contains("1 policy in 1 file", run.Error);
    }

    /// <summary>What a finding is about may stand in a line of megabytes, which is not copied for each.</summary>
    [Fact]
    public void ManyFindingsInOneLineAreShown()
    {
        string policies =
            string.Join(',',
            Enumerable.Range(0, 3000)
            .Select(i => $"\"P{i}\":{{\"Type\":\"AWS::IAM::ManagedPolicy\",\"Properties\":{{\"PolicyDocument\":{Policy("\"Action\":\"s3:Nothing\",\"Resource\":\"*\"")}}}}}"));
        ToolRun run = Check($"{{\"Resources\":{{{policies}}}}}", "line");
        Assert.Contains("3,000 policies in 1 file", run.Error);
    }

    private static ToolRun Check(string document, string name)
    {
        using var folder = new TemporaryFolder();
        return ToolRun.Command("check", folder.Write($"{name}.json", document));
    }

    private static string Policy(string elements) => $"{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",{elements}}}]}}";

    private static string Quoted(IEnumerable<string> texts) => string.Join(',', texts.Select(text => $"\"{text}\""));

    private static string Repeated(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
