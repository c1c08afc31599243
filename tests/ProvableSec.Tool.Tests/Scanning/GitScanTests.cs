using System.Diagnostics;
using System.Text.Json;
using ProvableSec.Rules.Tests.Credentials;

namespace ProvableSec.Tool.Tests.Scanning;

/// <summary><c>scan --staged</c>, <c>--history</c> and <c>install-hook</c> on a repository made for the test.</summary>
public sealed class GitScanTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Fresh fresh = new(2);

    public GitScanTests()
    {
        Git("init", "-q");
        Git("config", "user.email", "a@example.org");
        Git("config", "user.name", "A");
    }

    [Fact]
    public void Staged_is_what_the_next_commit_has_and_not_what_the_folder_has()
    {
        string secret = Secret();
        folder.Write("é b.txt", secret);
        Git("add", ".");
        folder.Write("é b.txt", "gone\n");
        folder.Write("unstaged.txt", Secret());
        ToolRun run = ToolRun.Command("scan", "--staged", folder[""]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("é b.txt:1:23: error PSEC1003", run.Lines[0], StringComparison.Ordinal);
        Git("commit", "-qm", "x");
        Assert.Equal(0, ToolRun.Command("scan", "--staged", folder[""]).ExitCode);
    }

    [Fact]
    public void History_has_each_blob_once_and_the_messages()
    {
        folder.Write("old.txt", Secret());
        folder.Write("copy/old.txt", File.ReadAllText(folder["old.txt"]));
        Git("add", ".");
        Git("commit", "-qm", $"key {fresh.AccessKeyId()}");
        File.Delete(folder["old.txt"]);
        Directory.Delete(folder["copy"], recursive: true);
        Git("add", ".");
        Git("commit", "-qm", "clean", "--allow-empty");
        Assert.Equal(0, ToolRun.Command("scan", folder[""]).ExitCode);
        ToolRun run = ToolRun.Command("scan", "--history", folder[""], "--format", "json");
        Assert.Equal(1, run.ExitCode);
        JsonElement[] findings = [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()];
        Assert.Equal(["PSEC1002", "PSEC1003"], findings.Select(f => f.GetProperty("rule").GetString()).Order());
        Assert.StartsWith("commit ", findings.Single(f => f.GetProperty("rule").GetString() == "PSEC1002").GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.Contains(findings.Single(f => f.GetProperty("rule").GetString() == "PSEC1003").GetProperty("file").GetString(), new[] { "old.txt", "copy/old.txt" });
        Assert.All(findings, f => Assert.Matches("^[0-9a-f]{40}$", f.GetProperty("object").GetString()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_broken_object_is_counted_and_the_rest_is_scanned(bool inHeader)
    {
        for (int i = 0; i < 8; i++)
        {
            folder.Write($"a{i}.txt", Secret());
        }

        // Text that deflating leaves long, so that the object has a middle.
        folder.Write("b.txt", string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i * 7919 % 10007} ")));
        Git("add", ".");
        Git("commit", "-qm", "x");
        string blob = Git("rev-parse", "HEAD:b.txt").Trim();
        string file = folder[$".git/objects/{blob[..2]}/{blob[2..]}"];
        File.SetAttributes(file, FileAttributes.Normal);
        byte[] bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..(inHeader ? 10 : bytes.Length / 2)]);
        ToolRun run = ToolRun.Command("scan", "--history", folder[""]);
        Assert.Contains("1 unreadable", run.Error, StringComparison.Ordinal);
        // Whatever order the objects come in.
        Assert.Equal(8, run.Lines.Count(line => line.Contains("PSEC1003: ", StringComparison.Ordinal)));
        Assert.DoesNotContain("internal error", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_repository_with_names_of_SHA_256_is_read()
    {
        using var other = new TemporaryFolder();
        Git(other, "init", "-q", "--object-format=sha256");
        other.Write("a.txt", Secret());
        Git(other, "add", ".");
        Git(other, "-c", "user.email=a@example.org", "-c", "user.name=A", "commit", "-qm", "x");
        Assert.Contains("a.txt:1:23: error PSEC1003", ToolRun.Command("scan", "--history", other[""]).Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_repository_is_told()
    {
        using var plain = new TemporaryFolder();
        foreach (string option in (string[])["--staged", "--history"])
        {
            ToolRun run = ToolRun.Command("scan", option, plain[""]);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("is no repository that the git command can read", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(2, ToolRun.Command("install-hook", plain[""]).ExitCode);
    }

    [Fact]
    public void Hooks_are_installed_and_a_stranger_is_kept()
    {
        Assert.Equal(0, ToolRun.Command("install-hook", folder[""]).ExitCode);
        Assert.EndsWith("exec provablesec scan --staged\n", File.ReadAllText(folder[".git/hooks/pre-commit"]), StringComparison.Ordinal);
        Assert.EndsWith("exec provablesec scan \"$1\"\n", File.ReadAllText(folder[".git/hooks/commit-msg"]), StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(folder[".git/hooks/pre-commit"]).HasFlag(UnixFileMode.UserExecute));
        Assert.Equal(0, ToolRun.Command("install-hook", folder[""]).ExitCode);
        folder.Write(".git/hooks/pre-commit", "#!/bin/sh\nmake lint\n");
        Assert.Equal(2, ToolRun.Command("install-hook", folder[""]).ExitCode);
        Assert.Equal("#!/bin/sh\nmake lint\n", File.ReadAllText(folder[".git/hooks/pre-commit"]));
        Assert.Equal(0, ToolRun.Command("install-hook", folder[""], "--force").ExitCode);
    }

    public void Dispose() => folder.Dispose();

    private string Secret() => $"AWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n";

    private string Git(params string[] arguments) => Git(folder, arguments);

    private static string Git(TemporaryFolder folder, params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", ["-C", folder[""], .. arguments]) { RedirectStandardOutput = true })!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output;
    }
}
