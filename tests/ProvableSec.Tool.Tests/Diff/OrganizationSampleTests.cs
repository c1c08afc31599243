using System.Text.Json;

namespace ProvableSec.Tool.Tests.Diff;

/// <summary>The branch of the sample organization with five mistakes, as a pull request.</summary>
public sealed class OrganizationSampleTests : IDisposable
{
    private static readonly string Sample = Path.Combine(Repository.Root, "samples", "organization");

    private readonly TestRepository repository = new();

    public OrganizationSampleTests()
    {
        repository.Git("checkout", "-q", "-b", "main");
        Copy(Sample);
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "green");
        Copy(Path.Combine(Sample, "branch"));
    }

    public void Dispose() => repository.Dispose();

    [Fact]
    public void Each_of_five_mistakes_fails_with_its_explanation()
    {
        ToolRun run = ToolRun.Command("diff", "--repository", repository[""], "--format", "json");
        Assert.Equal(1, run.ExitCode);
        JsonElement[] changes = [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("changes").EnumerateArray()];
        (string File, string Owner, string Says, string Action)[] mistakes =
        [
            ("accounts/shop-prod.json", "arn:aws:iam::444444444444:role/Deployer", "may iam:PutRolePolicy", "iam:PutRolePolicy"),
            ("buckets/shop-site.json", "", "everyone may s3:GetObject", "s3:GetObject"),
            ("organization.json", "ou-ex00-workload: SCP scps/regions.scp.json", "may ", ""),
            ("rcps/perimeter.rcp.json", "", "may ", ""),
            ("scps/guardrails.scp.json", "", "may cloudtrail:StopLogging", "cloudtrail:StopLogging"),
        ];
        Assert.Equal(mistakes.Select(mistake => mistake.File), changes.Select(change => change.GetProperty("file").GetString()));
        foreach ((JsonElement change, (string file, string owner, string says, string action)) in changes.Zip(mistakes))
        {
            Assert.Contains(owner, change.GetProperty("owner").GetString(), StringComparison.Ordinal);
            Assert.Equal(JsonValueKind.Null, change.GetProperty("unknown").ValueKind);
            JsonElement line = change.GetProperty("added")[0];
            Assert.Contains(says, line.GetProperty("says").GetString(), StringComparison.Ordinal);
            Assert.Contains(action, line.GetProperty("witness").GetRawText(), StringComparison.Ordinal);
        }
    }

    private void Copy(string from)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories)
            .Where(file => from != Sample || !file.StartsWith(Path.Combine(Sample, "branch"), StringComparison.Ordinal)))
        {
            repository.Write(Path.GetRelativePath(from, file).Replace('\\', '/'), File.ReadAllText(file));
        }
    }
}
