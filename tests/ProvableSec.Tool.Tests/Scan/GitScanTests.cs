using System.Diagnostics;
using System.Text.Json;

namespace ProvableSec.Tool.Tests.Scan;

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
        Assert.StartsWith("commit ", findings.Single(f => f.GetProperty("rule").GetString() == "PSEC1002").GetProperty("file").GetString(),
            StringComparison.Ordinal);
        Assert.Contains(findings.Single(f => f.GetProperty("rule").GetString() == "PSEC1003").GetProperty("file").GetString(),
            new[] { "old.txt", "copy/old.txt" });
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
            Assert.Contains("is not a repository that the git command can read", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(2, ToolRun.Command("install-hook", plain[""]).ExitCode);
    }

    /// <summary>Patterns of ignore files do not concern what is tracked, gitignore(5).</summary>
    [Fact]
    public void Tracked_files_are_scanned_whatever_is_ignored()
    {
        folder.Write(".gitignore", "*.env\n/build/\n");
        foreach (string name in (string[])["a.env", "build/deep/b.txt", "sub/c.env", "untracked.env", "build/untracked.txt"])
        {
            folder.Write(name, Secret());
        }

        Git("add", "-f", ".gitignore", "a.env", "build/deep/b.txt", "sub/c.env");
        Assert.Equal(["a.env", "build/deep/b.txt", "sub/c.env"], Files(ToolRun.Command("scan", folder[""], "--format", "json")));
        Assert.Equal(["sub/c.env"], Files(ToolRun.Command("scan", folder["sub"], "--format", "json")));
    }

    [Fact]
    public void Tracked_files_of_a_repository_within_are_scanned()
    {
        folder.Write(".gitignore", "*.env\n");
        Directory.CreateDirectory(folder["inner"]);
        using (Process git = Process.Start("git", ["-C", folder["inner"], "init", "-q"]))
        {
            git.WaitForExit();
        }

        folder.Write("inner/a.env", Secret());
        folder.Write("inner/b.env", Secret());
        Git("-C", "inner", "add", "-f", "a.env");
        Assert.Equal(["inner/a.env"], Files(ToolRun.Command("scan", folder[""], "--format", "json")));
    }

    [Fact]
    public void The_same_bytes_under_the_name_of_an_archive_are_scanned()
    {
        string secret = Secret();
        folder.Write("a.zip", secret);
        folder.Write("b.txt", secret);
        folder.Write("c.txt", secret);
        Git("add", ".");
        ToolRun run = ToolRun.Command("scan", "--staged", folder[""], "--format", "json");
        JsonElement only = Assert.Single(JsonDocument.Parse(run.Output).RootElement.EnumerateArray());
        Assert.Equal((1, 1), (run.ExitCode, only.GetProperty("alsoAt").GetArrayLength()));
        Git("rm", "-q", "--cached", "b.txt", "c.txt");
        run = ToolRun.Command("scan", "--staged", folder[""]);
        Assert.Equal((0, "0 texts (0.0 MB): no credentials · skipped: 1 archive"), (run.ExitCode, run.Error.Trim()));
    }

    [Fact]
    public void Names_of_files_branches_and_tags_are_scanned_and_not_shown()
    {
        string[] ids = [fresh.AccessKeyId(), fresh.AccessKeyId(), fresh.AccessKeyId()];
        folder.Write($"backup-{ids[0]}/a.txt", Secret());
        Git("add", ".");
        ToolRun staged = ToolRun.Command("scan", "--staged", folder[""]), files = ToolRun.Command("scan", folder[""]);
        Git("commit", "-qm", "x");
        Git("branch", $"try-{ids[1]}");
        Git("tag", $"v-{ids[2]}");
        ToolRun history = ToolRun.Command("scan", "--history", folder[""]);
        Assert.Single(staged.Lines, line => line.Contains("backup-….txt:1:1: warning PSEC1002", StringComparison.Ordinal)
            && line.EndsWith(", in the name of the file.", StringComparison.Ordinal));
        Assert.Single(files.Lines, line => line.EndsWith(", in the name of the file.", StringComparison.Ordinal));
        Assert.All((string[])["file", "branch", "tag"], kind => Assert.Single(history.Lines,
            line => line.EndsWith($", in the name of the {kind}.", StringComparison.Ordinal)));
        Assert.All((ToolRun[])[staged, files, history], run => Assert.Contains("PSEC1003: A secret", run.Output, StringComparison.Ordinal));
        Assert.All(ids, id => Assert.DoesNotContain(id, staged.Output + files.Output + history.Output + history.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--depth=1", "shallow")]
    [InlineData("--filter=blob:none", "partial: 1 object is missing")]
    public void A_clone_that_lacks_something_is_incomplete(string how, string told)
    {
        folder.Write("old.txt", Secret());
        Git("add", ".");
        Git("commit", "-qm", "x");
        File.Delete(folder["old.txt"]);
        folder.Write("new.txt", "y\n");
        Git("add", "-A");
        Git("commit", "-qm", "y");
        Git("config", "uploadpack.allowFilter", "true");
        using var clone = new TemporaryFolder();
        Git(clone, "clone", "-q", how, "file://" + folder[""], "clone");
        ToolRun run = ToolRun.Command("scan", "--history", clone["clone"]);
        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains($"is incomplete; the clone is {told}", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, ToolRun.Command("scan", "--history", clone["clone"], "--allow-incomplete").ExitCode);
        ToolRun whole = ToolRun.Command("scan", "--history", folder[""]);
        Assert.Equal(1, whole.ExitCode);
        Assert.DoesNotContain("incomplete", whole.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Hooks_are_installed_and_a_stranger_is_kept()
    {
        Assert.Equal(0, ToolRun.Command("install-hook", folder[""]).ExitCode);
        Assert.EndsWith("exec provablesec scan --staged\n", File.ReadAllText(folder[".git/hooks/pre-commit"]), StringComparison.Ordinal);
        Assert.EndsWith("exec provablesec scan --staged\n", File.ReadAllText(folder[".git/hooks/pre-merge-commit"]), StringComparison.Ordinal);
        Assert.EndsWith("exec provablesec scan --commit-message \"$1\"\n", File.ReadAllText(folder[".git/hooks/commit-msg"]), StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(folder[".git/hooks/pre-commit"]).HasFlag(UnixFileMode.UserExecute));
        Assert.Equal(0, ToolRun.Command("install-hook", folder[""]).ExitCode);
        folder.Write(".git/hooks/pre-commit", "#!/bin/sh\nmake lint\n");
        Assert.Equal(2, ToolRun.Command("install-hook", folder[""]).ExitCode);
        Assert.Equal("#!/bin/sh\nmake lint\n", File.ReadAllText(folder[".git/hooks/pre-commit"]));
        Assert.Equal(0, ToolRun.Command("install-hook", folder[""], "--force").ExitCode);
    }

    /// <summary>The tool that the repository's manifest names runs; else that of the user; where there is none, the commit stops.</summary>
    [Theory]
    [InlineData(true, true, "dotnet provablesec scan --staged")]
    [InlineData(true, false, "dotnet provablesec scan --staged")]
    [InlineData(false, true, "provablesec scan --staged")]
    [InlineData(false, false, "dotnet provablesec scan --staged")]
    public void A_hook_runs_the_tool_that_is_there(bool hasManifest, bool isInstalled, string wanted)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("the programs of this test are shell scripts");
            return;
        }

        ToolRun.Command("install-hook", folder[""]);
        using var programs = new TemporaryFolder();
        foreach (string program in isInstalled ? (string[])["dotnet", "provablesec"] : ["dotnet"])
        {
            File.SetUnixFileMode(programs.Write(program, $"#!/bin/sh\necho {program} \"$@\"\n"), UnixFileMode.UserRead | UnixFileMode.UserExecute
                | UnixFileMode.UserWrite);
        }

        if (hasManifest)
        {
            folder.Write(".config/dotnet-tools.json", "{\"version\":1,\"tools\":{\"provablesec.tool\":{\"version\":\"1.0.0\",\"commands\":[\"provablesec\"]}}}");
        }

        using Process hook = Process.Start(new ProcessStartInfo("/bin/sh", [folder[".git/hooks/pre-commit"]])
        {
            WorkingDirectory = folder[""],
            RedirectStandardOutput = true,
            Environment = { ["PATH"] = $"{programs[""]}:/usr/bin:/bin" },
        })!;
        Assert.Equal(wanted, hook.StandardOutput.ReadToEnd().Trim());
    }

    [Theory]
    [InlineData("remove it\n# ------------------------ >8 ------------------------\n# Do not modify or remove the line above.\ndiff --git a/k b/k\n-{0}", 0)]
    [InlineData("remove it\n; ------------------------ >8 ------------------------\n; Alles unterhalb\n-{0}", 0)]
    [InlineData("{0}\n# ------------------------ >8 ------------------------\n# Do not modify\n", 1)]
    [InlineData("# ------------------------ >8 ------------------------\n{0}\n", 1)]
    [InlineData("a # ------------------------ >8 ------------------------\n# b\n{0}\n", 1)]
    public void What_git_cuts_off_is_no_part_of_a_message(string format, int code)
    {
        string file = folder.Write("message", string.Format(System.Globalization.CultureInfo.InvariantCulture, format, Secret()));
        Assert.Equal(code, ToolRun.Command("scan", "--commit-message", file).ExitCode);
        Assert.Equal(1, ToolRun.Command("scan", file).ExitCode);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>All files that something was found in, also where it is one secret in several.</summary>
    private string[] Files(ToolRun run) =>
    [
        .. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()
            .SelectMany(f => f.TryGetProperty("alsoAt", out JsonElement others) ? others.EnumerateArray().Prepend(f) : [f])
            .Select(f => Path.GetRelativePath(folder[""], f.GetProperty("file").GetString()!)).Order(StringComparer.Ordinal),
    ];

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
