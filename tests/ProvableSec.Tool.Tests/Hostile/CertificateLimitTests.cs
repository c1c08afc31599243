using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Tests.Hostile;

/// <summary>Certificates that are made to be slow to check are refused, in a message that is short.</summary>
public sealed class CertificateLimitTests
{
    private const string Head = """{"v":2,"claim":{"question":"not-granted","type":"identity","readings":"all","given":[],"policy":0,"property":1,"documents":[{"name":"","text":"{\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}"},{"name":"","text":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"}]},"atoms":[],"clauses":[""";

    [Fact]
    public void ClauseOfManyLiteralsIsRefused() =>
        AssertRefused(Head + $$"""{"from":"x","literals":[{{string.Join(',', Enumerable.Range(-200_000, 200_000))}}]}],"lemmas":[],"steps":[{"literals":[],"by":[1]}]}""", "refused");

    [Fact]
    public void ManyStepsAreRefused() =>
        AssertRefused(Head + $$"""],"lemmas":[],"steps":[{{string.Join(',', Enumerable.Repeat("""{"literals":[],"by":[1,1,1]}""", 100_000))}}]}""", "refused");

    [Fact]
    public void DeepCertificateIsRefused() => AssertRefused("{\"v\":2,\"claim\":" + new string('[', 500_000), "nested deeper than 64 levels");

    [Fact]
    public void LongCertificateIsRefused() => AssertRefused(Head + new string(' ', 1 << 24), "the limit is 16777216");

    private static void AssertRefused(string certificate, string message)
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRun.Command("certificate", "check", folder.Write("c.json", certificate));
        Assert.Equal(ExitCodes.Finding, run.ExitCode);
        Assert.Contains(message, run.Output);
        Assert.InRange(run.Output.Length, 1, 2000);
    }
}
