namespace ProvableSec.Tool.Tests.Files;

/// <summary>What is written: no link of a repository takes it elsewhere, modes and links stay, pipes are written to.</summary>
public sealed class OutputFileTests : IDisposable
{
    private const string Policy = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:GetObject","s3:GetObject"],"Resource":"*"}}""";
    private const string Question = """{"id":"q","question":"not-granted","policy":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}},"forbidden":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:*","Resource":"*"}}}""";
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private readonly TestRepository repository = new();
    private readonly TemporaryFolder outside = new();

    public OutputFileTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        repository.Write("a.txt", $"AWS_SECRET_ACCESS_KEY={new Fresh(13).SecretKey()}\n");
        repository.Write("dump.json", """{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[],"Policies":[]}""");
        outside.Write("victim", "untouched\n");
        Directory.CreateDirectory(outside["folder"]);
    }

    /// <summary>Options that write, with how the rest of the command is.</summary>
    public static TheoryData<string, bool> Outputs => new() { { "--write-baseline", false }, { "--prove", false }, { "--output", false },
        { "--unprocessed", false }, { "--smt2", true }, { "--certificate", true } };

    [Theory]
    [MemberData(nameof(Outputs))]
    public void A_link_that_a_repository_holds_takes_no_output_out_of_it(string option, bool isFolder)
    {
        string before = Snapshot();
        File.CreateSymbolicLink(repository["link"], outside["victim"]);
        File.CreateSymbolicLink(repository["dangling"], outside["new"]);
        File.CreateSymbolicLink(repository["git-link"], ".git/config");
        Directory.CreateSymbolicLink(repository["folder-link"], outside["folder"]);
        Directory.CreateSymbolicLink(repository["git-folder-link"], ".git/hooks");
        foreach (string target in isFolder ? (string[])["folder-link", "folder-link/new", "git-folder-link"]
            : ["link", "dangling", "folder-link/new", "git-link"])
        {
            ToolRun run = Write(option, repository[target]);
            Assert.Equal(2, run.ExitCode);
            Assert.Matches("cannot be written: a link leads (out of|into)", run.Error);
            Assert.DoesNotContain("internal error", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void A_new_place_is_written_to(string option, bool isFolder)
    {
        foreach (string target in (string[])[repository["new/deep"], outside["new/deep"]])
        {
            Assert.InRange(Write(option, target).ExitCode, 0, 1);
            Assert.True(isFolder ? Directory.GetFiles(target).Length == 1 : File.Exists(target));
        }
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void A_link_inside_stays_and_a_file_keeps_its_mode(string option, bool isFolder)
    {
        if (isFolder)
        {
            Directory.CreateDirectory(repository["real"]);
            Directory.CreateSymbolicLink(repository["link"], "real");
            Assert.Equal(0, Write(option, repository["link"]).ExitCode);
            Assert.Single(Directory.GetFiles(repository["real"]));
            return;
        }

        UnixFile.SetMode(repository.Write("real", "old\n"), Mode);
        File.CreateSymbolicLink(repository["link"], "real");
        Assert.InRange(Write(option, repository["link"]).ExitCode, 0, 1);
        Assert.Equal("real", new FileInfo(repository["link"]).LinkTarget);
        Assert.Equal(Mode, UnixFile.ModeOf(repository["real"]));
        Assert.DoesNotContain("old", File.ReadAllText(repository["real"]), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(repository[""], ".*.tmp"));
    }

    [Fact]
    public async Task A_pipe_and_a_device_are_written_to_and_stay()
    {
        UnixFile.MakePipe(outside["pipe"]);
        // Opening a pipe waits for its other end.
        var reading = Task.Run(() => File.ReadAllText(outside["pipe"]), TestContext.Current.CancellationToken);
        Write("--write-baseline", outside["pipe"]);
        Assert.StartsWith("# Findings", await reading, StringComparison.Ordinal);
        Assert.InRange(Write("--write-baseline", "/dev/null").ExitCode, 0, 1);
        Assert.Equal(0, new FileInfo("/dev/null").Length);
        Assert.Contains("# Findings", ToolProcess.Run(repository[""], null, "scan", ".", "--write-baseline", "/dev/stdout").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Mending_keeps_mode_and_link()
    {
        UnixFile.SetMode(repository.Write("real.json", Policy), Mode);
        File.CreateSymbolicLink(repository["link.json"], "real.json");
        Assert.Contains("fixed", ToolRun.Command("check", repository["link.json"], "--fix").Error, StringComparison.Ordinal);
        Assert.Equal("real.json", new FileInfo(repository["link.json"]).LinkTarget);
        Assert.Equal(Mode, UnixFile.ModeOf(repository["real.json"]));
        Assert.DoesNotContain("""["s3:GetObject","s3:GetObject"]""", File.ReadAllText(repository["real.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Mending_does_not_leave_the_repository()
    {
        outside.Write("policy.json", Policy);
        File.CreateSymbolicLink(repository["link.json"], outside["policy.json"]);
        ToolRun run = ToolRun.Command("check", repository["link.json"], "--fix");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("cannot be written: a link leads out of the repository", run.Error, StringComparison.Ordinal);
        Assert.Equal(Policy, File.ReadAllText(outside["policy.json"]));
    }

    [Theory]
    [InlineData("hooks-link/hooks")]
    [InlineData("outside")]
    public void Hooks_outside_of_the_repository_are_not_touched_unasked(string way)
    {
        Directory.CreateSymbolicLink(repository["hooks-link"], outside["folder"]);
        repository.Git("config", "core.hooksPath", way == "outside" ? outside["hooks"] : way);
        ToolRun run = ToolRun.Command("install-hook", repository[""]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("core.hooksPath", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(outside["hooks"]) || Directory.Exists(outside["folder/hooks"]));
        Assert.Equal(way == "outside" ? 0 : 2, ToolRun.Command("install-hook", repository[""], "--allow-outside").ExitCode);
    }

    [Fact]
    public void A_hook_of_the_working_tree_is_not_written_through_a_link()
    {
        repository.Git("config", "core.hooksPath", ".hooks");
        Directory.CreateDirectory(repository[".hooks"]);
        File.CreateSymbolicLink(repository[".hooks/pre-commit"], outside["new"]);
        Assert.Equal(2, ToolRun.Command("install-hook", repository[""], "--force").ExitCode);
        Assert.False(File.Exists(outside["new"]));
    }

    [Fact]
    public void Hooks_of_a_linked_working_tree_are_those_of_its_repository()
    {
        repository.Git("commit", "-qm", "x", "--allow-empty");
        repository.Git("worktree", "add", "-q", outside["tree"]);
        Assert.Equal(0, ToolRun.Command("install-hook", outside["tree"]).ExitCode);
        Assert.True(File.Exists(repository[".git/hooks/pre-commit"]));
    }

    public void Dispose()
    {
        repository.Dispose();
        outside.Dispose();
    }

    private ToolRun Write(string option, string target) => option switch
    {
        "--write-baseline" => ToolRun.Command("scan", repository["a.txt"], option, target),
        "--output" or "--unprocessed" => ToolRun.Command("trim", repository["a.txt"], option, target),
        "--prove" => ToolRun.Command("ask", "who-can", "s3:GetObject", "--dump", repository["dump.json"], option, target),
        _ => ToolRun.Of(Question, "prove", "--batch", "-", option, target),
    };

    /// <summary>What lies outside and in .git.</summary>
    private string Snapshot() => string.Join('\n', ((string[])[outside[""], repository[".git"]])
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal).Select(file => $"{file} {Convert.ToHexString(File.ReadAllBytes(file))}"));
}
