namespace ProvableSec.Tool.Tests.Verify;

/// <summary>The sample of an organization, and the branch of it with five mistakes.</summary>
public sealed class OrganizationSampleTests : IDisposable
{
    private static readonly string Sample = Path.Combine(Repository.Root, "samples", "organization");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_organization_is_green()
    {
        ToolRun run = ToolRun.Command("verify", Path.Combine(Sample, "provablesec.json"));
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        AssertShown(run.Output);
    }

    [Fact]
    public void Each_of_five_mistakes_fails_with_its_explanation()
    {
        Copy(Sample);
        Copy(Path.Combine(Sample, "branch"));
        ToolRun run = ToolRun.Command("verify", folder["provablesec.json"]);
        Assert.Equal(1, run.ExitCode);
        string text = run.Output.Replace(folder["x"][..^1], "", StringComparison.Ordinal);
        AssertShown(text);
        (string Property, string Action, string Allowed, string Why)[] mistakes =
        [
            ("guardrails-stay", "cloudtrail:StopLogging", "statement 0 \"Develop\"", "the service data know no action \"cloudtrail:StopLoging\""),
            ("no-escalation", "iam:PutRolePolicy", "accounts/shop-prod.json:150 · statement 0 \"Deploy\"",
                "a Deny of iam:PutRolePolicy in an SCP above this account"),
            ("workloads-stay-in-europe", "ec2:RunInstances", "statement 0 \"Develop\"", "aws:RequestedRegion   us-east-1"),
            ("buckets-are-private", "s3:GetObject", "buckets/shop-site.json:2 · statement 0 \"Cdn\"", "aws:Referer          https://shop.example.org/"),
            ("data-stays-inside", "s3:DeleteObject", "any-bucket.json:8 · statement 0 \"Anybody\"", "rcps/perimeter.rcp.json:12 · statement 0 \"Perimeter\" would, but for StringNotLikeIfExists aws:PrincipalOrgID"),
        ];
        Assert.Equal(mistakes.Select(mistake => mistake.Property), text.Split('\n').Where(line => line.StartsWith('✗')).Select(line => line.Split(' ')[1]));
        foreach ((string property, string action, string allowed, string why) in mistakes)
        {
            string part = text[text.IndexOf("✗ " + property, StringComparison.Ordinal)..];
            part = property == "guardrails-stay" ? part : part[..(part.IndexOf("\n✗ ", StringComparison.Ordinal) is > 0 and var end ? end : part.Length)];
            Assert.Contains($" {action}\n", part, StringComparison.Ordinal);
            Assert.Contains(allowed, part, StringComparison.Ordinal);
            Assert.Contains(why, part, StringComparison.Ordinal);
        }
    }

    /// <summary>The page shows what stands at the beginning of lines, up to the time, which is another one each run.</summary>
    private static void AssertShown(string output)
    {
        string readme = File.ReadAllText(Path.Combine(Sample, "README.md")).ReplaceLineEndings("\n");
        foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith(' ')))
        {
            Assert.Contains(line.Split("  holds ")[0].Split("  violated ")[0].Split(" · ")[0], readme, StringComparison.Ordinal);
        }
    }

    private void Copy(string from)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            folder.Write(Path.GetRelativePath(from, file), File.ReadAllText(file));
        }
    }
}
