namespace ProvableSec.Packages.Tests;

/// <summary>The two programs, installed as a user would.</summary>
public sealed class ToolTests(PackageFeed feed)
{
    private const string Policy = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}}""";

    [Fact]
    public async Task The_command_proves_and_refutes()
    {
        string folder = feed.NewFolder("tool");
        File.WriteAllText(Path.Combine(folder, "role.json"), Policy);
        await Install(folder, "provablesec");
        string command = Path.Combine(folder, "bin", "provablesec");

        CommandRun proved = await feed.Run(folder, command, "prove", "not-granted", "--policy", "role.json", "--forbid", "iam:PassRole");
        Assert.True(proved.ExitCode == 0, proved.Output);
        Assert.Contains("holds", proved.Output, StringComparison.Ordinal);
        CommandRun refuted = await feed.Run(folder, command, "prove", "not-granted", "--policy", "role.json", "--forbid", "account:EnableRegion");
        Assert.True(refuted.ExitCode == 1, refuted.Output);
        Assert.Contains("account:EnableRegion", refuted.Output, StringComparison.Ordinal);
        Assert.Contains("# PSEC2001", await feed.RunWell(folder, command, "explain", "PSEC2001"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_program_draws_a_page_with_the_database_engine_of_this_system()
    {
        string folder = feed.NewFolder("report"), page = Path.Combine(folder, "report.html");
        File.WriteAllText(Path.Combine(folder, "log.ndjson"), """{"timestamp":1764547200000,"webaclId":"arn:aws:wafv2:us-east-1:111122223333:regional/webacl/shop/1","action":"BLOCK","terminatingRuleId":"rate","httpRequest":{"clientIp":"203.0.113.7","country":"DE","uri":"/login","httpMethod":"POST"}}""");
        await Install(folder, "provablesec-report");
        await feed.RunWell(folder, Path.Combine(folder, "bin", "provablesec-report"), "waf", "log.ndjson", "--out", page);
        Assert.Contains("203.0.113.7", File.ReadAllText(page), StringComparison.Ordinal);
    }

    private Task<string> Install(string folder, string package) => feed.RunWell(folder, "dotnet", "tool", "install", package, "--tool-path", "bin", "--version",
        feed.Version);
}
