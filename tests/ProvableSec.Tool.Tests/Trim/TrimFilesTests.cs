using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Tests.Trim;

/// <summary>Where <c>trim</c> reads and writes: nothing is written over what is read, or twice, and nothing that is not a file is replaced by one.</summary>
public sealed class TrimFilesTests : IDisposable
{
    private const string Redacting = """{"version":1,"redact":[{"field":"args","by":"mask"}]}""";

    private static readonly string One = WafRecord.Of("BLOCK", "r-1") + "\n", Two = WafRecord.Of("BLOCK", "r-2") + "\n", Broken = "{\"cut off\n";

    private readonly TemporaryFolder folder = new();

    private string Root => folder["x"][..^1];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_without_files_is_said_to_be_one()
    {
        Directory.CreateDirectory(folder["empty"]);
        ToolRun run = ToolRun.Command("trim", folder["empty"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"there are no files in {folder["empty"]}\n", run.Error, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Clashes() => new()
    {
        { "trim a.log -o a.log", "the output a.log is the same file as the input a.log, which would be overwritten" },
        { "trim a.log -o ./sub/../a.log", "which would be overwritten" },
        { "trim a.log -o link.log", "which would be overwritten" },
        { "trim a.log -o hard.log", "which would be overwritten" },
        { "trim a.log --unprocessed a.log", "which would be overwritten" },
        { "trim a.log --unprocessed hard.log", "which would be overwritten" },
        { "trim a.log -o out.log --unprocessed out.log", "are the same file: each needs its own" },
        { "trim a.log -o new.log --unprocessed ./sub/../new.log", "are the same file: each needs its own" },
        { "trim a.log -o new/new.log --unprocessed new/./new.log", "are the same file: each needs its own" },
        { "trim a.log -o dangling.log --unprocessed not-there.log", "are the same file: each needs its own" },
        { "trim a.log -r rules.json -o rules.json --unprocessed rest.log", "the output rules.json is the same file as the rules rules.json" },
        { "trim a.log -r rules.json --unprocessed rules.json", "the rules rules.json" },
        { "trim a.log --hmac-key key --unprocessed key", "the key key" },
        { "trim a.log sub/b.log -o .", "the output ./a.log is the same file as the input a.log" },
        { "trim sub sub2 -o new", "are the same file: each needs its own" },
        { "trim sub a.log -o sub", "which would be overwritten" },
        { "trim . -o sub", "which would be overwritten" },
        { "trim - -", "standard input is named twice" },
    };

    [Theory]
    [MemberData(nameof(Clashes))]
    public void What_would_lose_records_is_refused(string command, string said)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        string[] names = ["a.log", "sub/b.log", "sub/a.log", "sub2/b.log", "out.log", "rules.json", "key"];
        foreach (string name in names)
        {
            folder.Write(name, name == "rules.json" ? Redacting : One);
        }

        File.CreateSymbolicLink(folder["link.log"], "a.log");
        File.CreateSymbolicLink(folder["dangling.log"], "not-there.log");
        Link(folder["a.log"], folder["hard.log"]);
        ToolRun run = InFolder(command);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Error.Replace(Root, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(names, name => Assert.Equal(name == "rules.json" ? Redacting : One, File.ReadAllText(folder[name])));
        Assert.False(Path.Exists(folder["new"]) || Path.Exists(folder["new.log"]) || Path.Exists(folder["not-there.log"]));
    }

    [Fact]
    public void A_link_stays_and_its_file_is_written()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        folder.Write("real/kept.log", "old");
        File.CreateSymbolicLink(folder["kept.log"], Path.Combine("real", "kept.log"));
        File.CreateSymbolicLink(folder["rest.log"], Path.Combine("real", "rest.log"));
        folder.Write("a.log", One + Broken);
        Assert.Equal(0, InFolder("trim a.log -o kept.log --unprocessed rest.log").ExitCode);
        Assert.Equal(Path.Combine("real", "kept.log"), new FileInfo(folder["kept.log"]).LinkTarget);
        Assert.Equal((One, Broken), (File.ReadAllText(folder["real/kept.log"]), File.ReadAllText(folder["real/rest.log"])));
        Assert.Equal(2, Directory.GetFiles(folder["real"]).Length);
    }

    [Fact]
    public async Task A_FIFO_is_written_to_and_read_from()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are none");
        foreach (string name in new[] { "in", "out" })
        {
            using var make = System.Diagnostics.Process.Start("mkfifo", [folder[name]]);
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Task write = Task.Run(() => File.WriteAllText(folder["in"], One + Two), TestContext.Current.CancellationToken);
        Task<string> read = Task.Run(() => File.ReadAllText(folder["out"]), TestContext.Current.CancellationToken);
        ToolRun run = ToolRun.Command("trim", folder["in"], "-o", folder["out"]);
        Assert.Equal((0, One + Two), (run.ExitCode, await read));
        await write;
        Assert.Equal(["in", "out"], Directory.GetFiles(Root).Select(file => Path.GetFileName(file)!).Order());
    }

    [Fact]
    public void A_device_is_written_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is none of that name");
        string file = folder.Write("a.log", One + Broken);
        Assert.Equal(0, ToolRun.Command("trim", file, "-o", "/dev/null", "--unprocessed", "/dev/null").ExitCode);
        Assert.Equal(0, ToolRun.Command("trim", file, "--unprocessed", "/dev/null").ExitCode);
        Assert.Equal(FileAttributes.Normal, File.GetAttributes("/dev/null") & FileAttributes.Normal);
        Assert.Equal(FileKind.Device, FileIdentity.Of("/dev/null").Kind);
    }

    [Fact]
    public void A_hyphen_is_standard_output()
    {
        string file = folder.Write("a.log", One);
        Assert.Equal(One, ToolRun.Command("trim", file, "-o", "-").Output);
        ToolRun refused = ToolRun.Command("trim", file, "--unprocessed", "-");
        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("--unprocessed takes a file", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_replaced_keeps_its_permissions()
    {
        string file = folder.Write("a.log", One), output = folder.Write("out.log", "old");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(output, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Assert.Equal(0, ToolRun.Command("trim", file, "-o", output).ExitCode);
        Assert.Equal(One, File.ReadAllText(output));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(output) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Theory]
    [InlineData("trim a.log -o new/", "new/a.log")]
    [InlineData("trim a.log -o new/deeper/", "new/deeper/a.log")]
    [InlineData("trim sub -o new", "new/b.log")]
    [InlineData("trim a.log -o new/kept.log", "new/kept.log")]
    [InlineData("trim a.log -o sub2", "sub2/a.log")]
    public void A_folder_is_made_where_there_is_none(string command, string written)
    {
        folder.Write("a.log", One);
        folder.Write("sub/b.log", One);
        Directory.CreateDirectory(folder["sub2"]);
        Assert.Equal(0, InFolder(command).ExitCode);
        Assert.Equal(One, File.ReadAllText(folder[written]));
    }

    [Theory]
    [InlineData("trim a.log -o a.log/kept.log", "a.log/kept.log cannot be written")]
    [InlineData("trim a.log --unprocessed a.log/rest.log", "a.log/rest.log cannot be written")]
    [InlineData("trim a.log --unprocessed sub", "sub cannot be written")]
    public void What_cannot_be_written_is_named(string command, string said)
    {
        folder.Write("a.log", One);
        folder.Write("sub/b.log", One);
        ToolRun run = InFolder(command);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Error.Replace(Root, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void The_objects_of_a_folder_of_Firehose_are_logs_whatever_they_are_called()
    {
        folder.Write("in/2026/01/01/11/aws-waf-logs-site-2-2026-01-01-11-00-01-b66eb75e-6ddd-4419-96ac-c8d2716e5434", "\uFEFF\n" + One);
        folder.Write("in/aws-waf-logs-my.site-1-2026-01-01-11-00-02-0c8f2d51-86a5-4c4f-8b1e-0f6a6e1b7d11", Two);
        File.WriteAllBytes(folder["in/compressed-object"], WafRecord.Gzip(WafRecord.Of("BLOCK", "r-3") + "\n"));
        File.WriteAllBytes(folder["in/object.zst"], WafRecord.Zstandard(WafRecord.Of("BLOCK", "r-4") + "\n"));
        folder.Write("in/readme.md", "# a.log holds \"webaclId\"");
        folder.Write("in/package", "{\"name\":\"a\"}");
        folder.Write("in/.kept.tmp", One);
        ToolRun run = ToolRun.Command("trim", folder["in"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["r-1", "r-2", "r-3", "r-4"], run.Answers.Select(record => record.GetProperty("httpRequest").GetProperty("requestId").GetString())
            .Order());
        Assert.Contains("3 files were skipped that do not look like logs", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_holds_itself_is_read_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        folder.Write("in/a.log", One);
        Directory.CreateSymbolicLink(folder["in/again"], folder["in"]);
        Assert.Equal(One, ToolRun.Command("trim", folder["in"]).Output);
    }

    [Fact]
    public void A_file_that_cannot_be_read_leaves_nothing_and_is_not_counted()
    {
        byte[] whole = WafRecord.Gzip(string.Concat(Enumerable.Range(0, 3000).Select(i => WafRecord.Of("BLOCK", $"{i * 7919}") + "\n" + Broken)));
        Directory.CreateDirectory(folder["in"]);
        folder.Write("in/a.log.gz", whole[..(whole.Length / 2)]);
        folder.Write("in/b.log.gz", WafRecord.Gzip(Two + Broken));
        ToolRun run = InFolder("trim in -o out --unprocessed rest.log --format json");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("in/a.log.gz: the compressed data break off", run.Error, StringComparison.Ordinal);
        Assert.Contains("\"records\":2,", run.Error, StringComparison.Ordinal);
        Assert.Equal([folder["out/b.log.gz"]], Directory.GetFiles(folder["out"]));
        Assert.Equal(Broken, File.ReadAllText(folder["rest.log"]));
    }

    private ToolRun InFolder(string command) =>
        ToolRun.Command([.. command.Split(' ').Select((part, i) => i == 0 || part.StartsWith('-') || part == "json" ? part : Root + part)]);

    private static void Link(string file, string link)
    {
        using var make = System.Diagnostics.Process.Start("ln", [file, link]);
        make.WaitForExit();
    }
}
