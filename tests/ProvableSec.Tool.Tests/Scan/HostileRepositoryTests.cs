namespace ProvableSec.Tool.Tests.Scan;

/// <summary>Reading a repository starts nothing that the repository names, and a folder that looks like a repository is none.</summary>
public sealed class HostileRepositoryTests : IDisposable
{
    private readonly TestRepository repository = new();
    private readonly TemporaryFolder outside = new();
    private readonly Fresh fresh = new(7);
    private readonly string mark;
    private readonly string script;

    public HostileRepositoryTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the hostile programs are shell scripts");
        mark = outside["started"];
        script = outside.WriteProgram("program", $"#!/bin/sh\necho \"$0 $*\" >> \"{mark}\"\nexit 1\n");
        repository.Write("a.txt", $"AWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n");
        repository.Write(".gitattributes", "* filter=x diff=x\n");
        repository.Git("add", ".");
        repository.Git("commit", "-qm", "x");
        repository.Write("b.txt", $"AWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n");
        repository.Git("add", ".");
    }

    [Theory]
    [InlineData("core.fsmonitor")]
    [InlineData("diff.external")]
    [InlineData("diff.x.command")]
    [InlineData("diff.x.textconv")]
    [InlineData("filter.x.clean", "filter.x.smudge")]
    [InlineData("filter.x.process")]
    [InlineData("core.pager", "pager.diff", "pager.cat-file", "pager.rev-list")]
    [InlineData("gpg.program", "gpg.ssh.program")]
    [InlineData("core.alternateRefsCommand")]
    [InlineData("credential.helper")]
    [InlineData("alias.diff", "alias.cat-file", "alias.rev-list", "alias.rev-parse")]
    public void A_program_that_the_configuration_names_is_not_started(params string[] keys)
    {
        foreach (string key in keys)
        {
            repository.Git("config", key, key.StartsWith("alias.", StringComparison.Ordinal) ? "!" + script : script);
        }

        repository.Git("config", "log.showSignature", "true");
        AssertScansQuietly(1);
    }

    [Theory]
    [InlineData("core.sshCommand", "ssh://host.example/x")]
    [InlineData("core.gitProxy", "git://host.example/x")]
    [InlineData("remote.origin.uploadpack", ".")]
    [InlineData("remote.origin.vcs", "planted")]
    [InlineData("", "planted::x")]
    public void What_a_partial_clone_lacks_is_not_fetched(string key, string url)
    {
        string bin = outside[""];
        File.Copy(script, Path.Combine(bin, "git-remote-planted"));
        repository.Git("config", "extensions.partialClone", "origin");
        repository.Git("config", "remote.origin.promisor", "true");
        repository.Git("config", "remote.origin.url", url);
        repository.Git("config", "protocol.allow", "always");
        repository.Git("config", "protocol.ssh.allow", "always");
        if (key.Length > 0)
        {
            repository.Git("config", key, key.EndsWith("vcs", StringComparison.Ordinal) ? url : script);
        }

        // The index names an object that is not there.
        string blob = repository.Git("rev-parse", ":b.txt").Trim();
        File.SetAttributes(repository[$".git/objects/{blob[..2]}/{blob[2..]}"], FileAttributes.Normal);
        File.Delete(repository[$".git/objects/{blob[..2]}/{blob[2..]}"]);
        ToolProcess run = ToolProcess.Run(repository[""], bin + ":" + Environment.GetEnvironmentVariable("PATH"), "scan", "--staged");
        Assert.False(File.Exists(mark), File.Exists(mark) ? File.ReadAllText(mark) : "");
        Assert.Contains("1 unreadable", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_committed_folder_that_looks_like_a_repository_is_none(bool hasWorkTree)
    {
        // With a work tree of its own, a comparison with it would start the monitor that its configuration names.
        string inner = repository["inner"];
        Directory.CreateDirectory(Path.Combine(inner, "objects"));
        Directory.CreateDirectory(Path.Combine(inner, "refs"));
        repository.Write("inner/HEAD", "ref: refs/heads/main\n");
        repository.Write("inner/config",
            $"[core]\n repositoryformatversion = 0\n bare = {(hasWorkTree ? "false\n worktree = " + inner : "true")}\n fsmonitor = {script}\n hooksPath = {outside["hooks"]}\n");
        foreach (string below in (string[])["inner", "inner/objects"])
        {
            ToolRun staged = ToolRun.Command("scan", "--staged", repository[below]);
            Assert.Contains("b.txt:1:", staged.Output, StringComparison.Ordinal);
            ToolRun history = ToolRun.Command("scan", "--history", repository[below]);
            Assert.Equal(2, history.Lines.Count(line => line.Contains("error PSEC1003: ", StringComparison.Ordinal)));
        }

        Assert.Equal(0, ToolRun.Command("install-hook", inner).ExitCode);
        Assert.True(File.Exists(repository[".git/hooks/pre-commit"]));
        Assert.False(Directory.Exists(outside["hooks"]));
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public void A_bare_repository_that_is_named_is_read_and_its_programs_are_not_started()
    {
        using var bare = new TemporaryFolder();
        repository.Git("clone", "-q", "--bare", repository[""], bare["x.git"]);
        File.AppendAllText(bare["x.git/config"], $"[core]\n fsmonitor = {script}\n sshCommand = {script}\n");
        ToolRun run = ToolRun.Command("scan", "--history", bare["x.git"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("a.txt", run.Lines[0], StringComparison.Ordinal);
        Assert.False(File.Exists(mark));

        // One that is found only in a folder above belongs to nobody.
        Assert.Equal(2, ToolRun.Command("scan", "--history", bare["x.git/objects"]).ExitCode);
    }

    [Fact]
    public void An_object_is_read_as_it_is_and_not_as_what_replaces_it()
    {
        repository.Git("commit", "-qm", "y");
        repository.Write("clean.txt", "nothing\n");
        string clean = repository.Git("hash-object", "-w", repository["clean.txt"]).Trim();
        repository.Git("replace", repository.Git("rev-parse", "HEAD:a.txt").Trim(), clean);
        Assert.Contains("a.txt:1:", ToolRun.Command("scan", "--history", repository[""]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scan_writes_nothing_into_the_repository()
    {
        // A file that is as it was, with another time: git would note that in the index.
        File.SetLastWriteTimeUtc(repository["a.txt"], new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        byte[] index = File.ReadAllBytes(repository[".git/index"]);
        ToolRun.Command("scan", "--staged", repository[""]);
        Assert.Equal(index, File.ReadAllBytes(repository[".git/index"]));
    }

    [Theory]
    [InlineData("diff.relative", "true")]
    [InlineData("diff.ignoreSubmodules", "none")]
    [InlineData("diff.orderFile", "no/such/file")]
    [InlineData("diff.noprefix", "true")]
    [InlineData("diff.renames", "copies")]
    public void A_preference_of_the_configuration_hides_nothing(string key, string value)
    {
        Directory.CreateDirectory(repository["sub"]);
        repository.Git("config", key, value);
        Assert.Contains("b.txt:1:", ToolRun.Command("scan", "--staged", repository["sub"]).Output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        repository.Dispose();
        outside.Dispose();
    }

    private void AssertScansQuietly(int found)
    {
        Assert.Equal(found, ToolRun.Command("scan", "--staged", repository[""]).Lines
            .Count(line => line.Contains("error PSEC1003: ", StringComparison.Ordinal)));
        Assert.Equal(found + 1, ToolRun.Command("scan", "--history", repository[""]).Lines
            .Count(line => line.Contains("error PSEC1003: ", StringComparison.Ordinal)));
        Assert.False(File.Exists(mark), File.Exists(mark) ? File.ReadAllText(mark) : "");
    }
}
