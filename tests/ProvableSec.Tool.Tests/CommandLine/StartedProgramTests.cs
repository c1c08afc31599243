namespace ProvableSec.Tool.Tests.CommandLine;

/// <summary>A file that is called like a program which the tool starts is not that program: the current folder may hold somebody else's files.</summary>
public sealed class StartedProgramTests : IDisposable
{
    private static readonly string[] ScanFolder = ["scan", "."], ScanStaged = ["scan", "--staged"], ScanHistory = ["scan", "--history"], InstallHook =
        ["install-hook"];

    private readonly TemporaryFolder folder = new();

    public StartedProgramTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the hostile files are shell scripts");

    public static TheoryData<string, string[]> Starts =>
    [
        ("git", ScanFolder), ("git", ScanStaged), ("git", ScanHistory), ("git", InstallHook),
        ("z3", Prove("z3")), ("cvc5", Prove("cvc5")),
    ];

    [Theory]
    [MemberData(nameof(Starts))]
    public void A_file_of_the_current_folder_is_not_started(string program, string[] command)
    {
        Plant(program);
        string path = Environment.GetEnvironmentVariable("PATH")!;
        foreach (string given in (string[])[path, ":" + path, ".:" + path, "bin:../" + Path.GetFileName(folder["x"]) + ":" + path, path + ":", "", "."])
        {
            ToolProcess run = ToolProcess.Run(folder[""], given, command);
            Assert.False(File.Exists(folder["started"]), $"With PATH={given} the file {program} of the current folder was started.");
            Assert.InRange(run.ExitCode, 0, 3);
        }
    }

    [Fact]
    public void Programs_that_a_program_starts_are_none_of_the_current_folder_either()
    {
        // Git finds its helpers on the PATH that it is given.
        Plant("git-remote-planted");
        string bin = Directory.CreateDirectory(folder["absolute"]).FullName;
        folder.WriteProgram("absolute/git", "#!/bin/sh\ncommand -v git-remote-planted\nprintf %s \"$PATH\" > \"" + folder["path"] + "\"\n");
        ToolProcess.Run(folder[""], ".:" + bin + "::/usr/bin:/bin:sub", "scan", "--staged");
        Assert.Equal(bin + ":/usr/bin:/bin", File.ReadAllText(folder["path"]));
    }

    [Fact]
    public void A_folder_or_a_file_without_permission_to_run_is_no_program()
    {
        string first = Directory.CreateDirectory(folder["first/git"]).Parent!.FullName, second = Directory.CreateDirectory(folder["second"]).FullName;
        File.WriteAllText(Path.Combine(second, "git"), "#!/bin/sh\ntouch started\n");
        using var repository = new TestRepository();
        repository.Write("a.txt", $"AWS_SECRET_ACCESS_KEY={new Fresh(5).SecretKey()}\n");
        repository.Git("add", ".");
        ToolProcess run = ToolProcess.Run(repository[""], $"{first}:{second}:{Environment.GetEnvironmentVariable("PATH")}", "scan", "--staged");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("PSEC1003", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static string[] Prove(string solver) => ["prove", "granted", "--policy", "policy.json", "--require", "s3:GetObject", "--on", "*",
        "--second-opinion", solver, "--undecided", "pass"];

    /// <summary>Writes a file that leaves a mark when it is started.</summary>
    private void Plant(string program)
    {
        folder.Write("policy.json", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}""");
        foreach (string place in (string[])["", "bin/", "x/"])
        {
            folder.WriteProgram(place + program, $"#!/bin/sh\ntouch \"{folder["started"]}\"\necho unsat\n");
        }
    }
}
