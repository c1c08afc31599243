using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Tests.Hostile;

/// <summary>YAML that is small to write and without end to read: it is refused with its place, by the command and by the task in the build alike.</summary>
public sealed class YamlLimitTests
{
    [Theory]
    [InlineData("Resources: &a {R: *a}", "1:19: no YAML: the value of &a holds *a, so it has no end")]
    [InlineData("Statement: &a [*a]", "1:16: no YAML: the value of &a holds *a")]
    [InlineData("Resources: &a\n  R: &b {x: 1, y: *a}\n", "2:19: no YAML: the value of &a holds *a")]
    [InlineData("Statement:\n- &a\n  Principal: &b {AWS: *b}\n", "3:23: no YAML: the value of &b holds *b")]
    [InlineData("Resources: &a !Sub [*a]", "1:21: no YAML: the value of &a holds *a")]
    [InlineData("Statement:\n  x: *c\n", "2:6: no YAML: nothing is called &c")]
    public void AnchorThatHoldsItselfIsRefused(string yaml, string message) => AssertRefused(yaml, message);

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("&a [")]
    [InlineData("{a: &a ")]
    [InlineData("!Sub [")]
    [InlineData("!Join {a: ")]
    public void DeepNestingIsRefused(string level) =>
        AssertRefused("Statement:\n " + string.Concat(Enumerable.Repeat(level, 100_000)), "maps and lists are nested deeper than 64 levels");

    [Fact]
    public void DeepBlocksAreRefused() =>
        AssertRefused(string.Concat(Enumerable.Range(0, 500).Select(i => new string(' ', i) + "Statement:\n")),
            "maps and lists are nested deeper than 64 levels");

    /// <summary>Each anchor is in order, and what they stand for together is not.</summary>
    [Fact]
    public void NestingThroughAnchorsIsRefused() =>
        AssertRefused("Statement:\n  a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 500).Select(i => $"  a{i}: &a{i} [*a{i - 1}]\n")),
            "maps and lists are nested deeper than 64 levels");

    [Theory]
    [InlineData("[x, x]", "[{0}]")]
    [InlineData("{a: x}", "{{{1}}}")]
    public void AnchorsThatMultiplyAreRefused(string first, string next) => AssertRefused(
        "Statement:\n  a0: &a0 " + first + "\n" + string.Concat(Enumerable.Range(1, 20).Select(i =>
            $"  a{i}: &a{i} {string.Format(null, next, string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10)), string.Join(", ", Enumerable.Range(0, 10).Select(j => $"k{j}: *a{i - 1}")))}\n")),
        "the YAML has more than 524288 values, those of anchors counted where they are used");

    [Fact]
    public void LongTextUsedOftenIsRefused() => AssertRefused(
        "Statement:\n  a: &a " + new string('x', 100_000) + "\n  b: [" + string.Join(", ", Enumerable.Repeat("*a", 100_000)) + "]\n",
        "the YAML becomes more than 16777216 characters, those of anchors counted where they are used");

    [Fact]
    public void LongFileIsRefused() => AssertRefused("Statement: " + new string('x', 1 << 23), "1:1: the YAML has 8388619 characters; the limit is 8388608");

    /// <summary>What is over a limit may be a template of which nobody has looked at a policy: a folder with it is not green.</summary>
    [Fact]
    public void FolderWithAFileOverALimitIsRefused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a/policy.json", """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}""");
        folder.Write("a/deep.yaml", "Resources: " + new string('[', 100));
        ToolRun run = ToolRun.Command("check", folder["a"]);
        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("deep.yaml:1:75: maps and lists are nested deeper than 64 levels", run.Error);
    }

    /// <summary>A byte order mark within a line is what the parser itself fails on, with an exception that says nothing.</summary>
    [Theory]
    [InlineData("-\t{\r\uFEFF")]
    [InlineData("Statement: [\n\uFEFF")]
    public void WhatTheParserFailsOnIsRefused(string yaml) => AssertRefused(yaml, "no YAML: what comes here cannot be read");

    [Fact]
    public void AnchorsInOrderAreRead()
    {
        using var folder = new TemporaryFolder();
        // An anchor may be set anew, also in a value that was called so before.
        string file = folder.Write("policy.yaml", "Version: '2012-10-17'\nStatement:\n- &a\n  Effect: Allow\n  Action: &a s3:GetObject\n  Resource: &r arn:aws:s3:::b/*\n- Effect: Deny\n  Action: *a\n  Resource: *r\n");
        ToolRun run = ToolRun.Command("check", file);
        Assert.NotEqual(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("1 policy in 1 file", run.Error);
    }

    private static void AssertRefused(string yaml, string message)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("attack.yaml", yaml);
        ToolRun run = ToolRun.Command("check", file);
        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("attack.yaml:", run.Error);
        Assert.Contains(message, run.Error);
    }
}
