using System.Text.Json;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Tests.Scan;

/// <summary>What <c>scan</c> passes over: what git ignores, what is known, what a project allows.</summary>
public sealed class ScanExemptionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Fresh fresh = new(1);

    [Fact]
    public void What_git_ignores_is_passed_over_unless_named()
    {
        string text = $"AWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n";
        Directory.CreateDirectory(folder[".git/info"]);
        folder.Write(".git/info/exclude", "excluded.txt\n");
        folder.Write(".gitignore", "# a comment\n*.log\n/build/\nsecret?.txt\n!kept.log\nlogs/**/deep.txt\n[ab].cfg\n");
        folder.Write("sub/.gitignore", "inner.txt\n!seen.log\n");
        foreach (string name in (string[])["a.log", "build/x.txt", "secret1.txt", "excluded.txt", "sub/inner.txt", "sub/b.log", "logs/x/y/deep.txt", "a.cfg",
            ".git/config"])
        {
            folder.Write(name, text);
        }

        string[] seen = ["kept.log", "inner.txt", "sub/build/x.txt", "sub/seen.log", "secret10.txt", "c.cfg"];
        foreach (string name in seen)
        {
            folder.Write(name, text);
        }

        Assert.Equal(seen.Order(StringComparer.Ordinal), Files(ToolRun.Command("scan", folder[""], "--format", "json")));
        Assert.Equal(["sub/build/x.txt", "sub/seen.log"], Files(ToolRun.Command("scan", folder["sub"], "--format", "json")));
        Assert.Equal(1, ToolRun.Command("scan", folder["a.log"]).ExitCode);
        Assert.Equal(6 + 8, Files(ToolRun.Command("scan", folder[""], "--no-ignore", "--format", "json")).Length);
    }

    [Fact]
    public void An_ignore_file_that_is_too_large_or_a_link_is_not_read()
    {
        folder.Write("a/x.env", $"AWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n");
        folder.Write("b/.gitignore", "*.env\n" + new string('#', 1 << 20));
        folder.Write("b/x.env", $"AWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n");
        folder.Write("rules", "*.env\n");
        File.CreateSymbolicLink(folder["a/.gitignore"], folder["rules"]);
        ToolRun run = ToolRun.Command("scan", folder[""], "--format", "json");
        Assert.Equal(["a/x.env", "b/x.env"], Files(run));
        Assert.Contains("a/.gitignore is a link and not read", run.Error, StringComparison.Ordinal);
        Assert.Contains("b/.gitignore is larger than the limit of 1 MB and not read", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/**/b/**/c/**/d", "a/x/b/c/y/z/d", true)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("**/a/b", "x/y/a/b", true)]
    [InlineData("**/a/b", "x/y/a/c", false)]
    [InlineData("a/*/c", "a/b/c", true)]
    [InlineData("a/*/c", "a/b/b/c", false)]
    public void Steps_of_a_pattern_match_those_of_a_path(string pattern, string path, bool matches) =>
        Assert.Equal(matches, IgnorePattern.Read(pattern)!.Matches(path, isFolder: false));

    [Fact]
    public void A_baseline_keeps_what_is_known_quiet_and_nothing_new()
    {
        folder.Write("a.txt", $"AWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n");
        Assert.Equal(0, ToolRun.Command("scan", folder["a.txt"], "--write-baseline", folder["known"]).ExitCode);
        Assert.Equal(0, ToolRun.Command("scan", folder["a.txt"], "--baseline", folder["known"]).ExitCode);
        folder.Write("a.txt", File.ReadAllText(folder["a.txt"]) + $"\n\n\nAWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n");
        ToolRun run = ToolRun.Command("scan", folder["a.txt"], "--baseline", folder["known"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("a.txt:5:23: ", run.Lines[0], StringComparison.Ordinal);
        folder.Write("known", "nonsense\n");
        run = ToolRun.Command("scan", folder["a.txt"], "--baseline", folder["known"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("known:1:1: expected a fingerprint", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Gitallowed_patterns_allow_lines()
    {
        folder.Write("a.txt", $"AWS_SECRET_ACCESS_KEY={fresh.SecretKey()} # test only\n\n\n\nAWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n");
        folder.Write(".gitallowed", "# ours\ntest only$\n");
        Assert.Contains(":5:23: ", Assert.Single(ToolRun.Command("scan", folder[""]).Lines[..^1], line => line.Contains(": error ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        folder.Write(".gitallowed", "fine\n(a)\\1\n");
        ToolRun run = ToolRun.Command("scan", folder[""]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(".gitallowed:2:1: ", run.Error, StringComparison.Ordinal);
        folder.Write(".gitallowed", string.Concat(Enumerable.Repeat("# as large as no hand writes it\n", 3000)));
        run = ToolRun.Command("scan", folder[""]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(".gitallowed is larger than the limit of 64 KB", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void So_many_patterns_for_so_many_findings_are_an_error()
    {
        folder.Write("a.txt", string.Concat(Enumerable.Range(0, 400).Select(_ => $"{new string('x', 4000)} AWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n")));
        folder.Write(".gitallowed", string.Concat(Enumerable.Repeat("^z\n", 4000)));
        ToolRun run = ToolRun.Command("scan", folder[""]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(".gitallowed has too many patterns for this many findings (more than 2,000,000,000 comparisons)", run.Error, StringComparison.Ordinal);
        Assert.Contains("400 errors", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>All files that something was found in, also where it is one secret in several.</summary>
    private string[] Files(ToolRun run) =>
    [
        .. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()
            .SelectMany(f => f.TryGetProperty("alsoAt", out JsonElement others) ? others.EnumerateArray().Prepend(f) : [f])
            .Select(f => Path.GetRelativePath(folder[""], f.GetProperty("file").GetString()!)).Order(StringComparer.Ordinal),
    ];
}
