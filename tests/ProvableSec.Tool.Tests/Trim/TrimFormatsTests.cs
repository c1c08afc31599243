using System.Text;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Tests.Trim;

public sealed class TrimFormatsTests : IDisposable
{
    private static readonly string One = WafRecord.Of("BLOCK", "r-1"), Two = WafRecord.Of("BLOCK", "r-2");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_compressed_is_told_by_its_content()
    {
        byte[][] files = [Encoding.UTF8.GetBytes(One), WafRecord.Gzip(One), WafRecord.Zstandard(One),
            [.. WafRecord.Zstandard(""), .. WafRecord.Zstandard(One)]];
        foreach (byte[] bytes in files)
        {
            Assert.Equal(One + "\n", ToolRun.Command("trim", folder.Write("a.log", bytes)).Output);
            Assert.Equal(One + "\n", ToolRun.Of(bytes, "trim", "-").Output);
        }
    }

    [Fact]
    public void Outputs_in_a_folder_are_compressed_as_their_inputs_are_and_a_file_as_its_name_says()
    {
        Directory.CreateDirectory(folder["in"]);
        folder.Write("in/a", WafRecord.Gzip(One + "\n"));
        folder.Write("in/b.zst", WafRecord.Zstandard(One + "\n"));
        folder.Write("in/c.log", One + "\n");
        Assert.Equal(0, ToolRun.Command("trim", folder["in"], "-o", folder["out"]).ExitCode);
        Assert.Equal(One + "\n", WafRecord.Gunzip(File.ReadAllBytes(folder["out/a"])));
        Assert.Equal(One + "\n", WafRecord.Unzstandard(File.ReadAllBytes(folder["out/b.zst"])));
        Assert.Equal(One + "\n", File.ReadAllText(folder["out/c.log"]));
        Assert.Equal(0, ToolRun.Command("trim", folder["in/b.zst"], "-o", folder["b.gz"]).ExitCode);
        Assert.Equal(One + "\n", WafRecord.Gunzip(File.ReadAllBytes(folder["b.gz"])));
        Assert.Equal(0, ToolRun.Command("trim", folder["in/a"], "-o", folder["a.log"]).ExitCode);
        Assert.Equal(One + "\n", File.ReadAllText(folder["a.log"]));
    }

    [Theory]
    [InlineData("a.log.gz")]
    [InlineData("a.log.zst")]
    [InlineData("a.log")]
    public void A_file_of_which_nothing_is_kept_is_a_file_of_its_kind(string name)
    {
        string allowed = WafRecord.Of("ALLOW", "r-1") + "\n";
        Directory.CreateDirectory(folder["in"]);
        folder.Write("in/" + name, name.EndsWith("gz", StringComparison.Ordinal) ? WafRecord.Gzip(allowed) : name.EndsWith("zst", StringComparison.Ordinal)
            ? WafRecord.Zstandard(allowed) : Encoding.UTF8.GetBytes(allowed));
        Assert.Equal(0, ToolRun.Command("trim", folder["in"], "-o", folder["out"]).ExitCode);
        ToolRun again = ToolRun.Command("trim", folder["out/" + name]);
        Assert.Equal((0, ""), (again.ExitCode, again.Output));
        Assert.Contains("0.0 % of 0 bytes dropped", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Zstandard_that_cannot_be_a_log_is_not_decompressed_to_its_end()
    {
        var bomb = new MemoryStream();
        using (var compressed = new ZstdSharp.CompressionStream(bomb, leaveOpen: true))
        {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++)
            {
                compressed.Write(zeros);
            }
        }

        bomb.Position = 0;
        using var input = new ZstandardInput(bomb);
        Assert.Contains("decompresses to more than 500 times its size, and more than 256 MB",
            Assert.Throws<IOException>(() => input.CopyTo(Stream.Null)).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string> Unreadable()
    {
        byte[] gzip = WafRecord.Gzip(One), zstandard = WafRecord.Zstandard(One), changed = [.. gzip];
        changed[^7] ^= 1;
        return new()
        {
            { "a.log.gz", Encoding.UTF8.GetBytes(One), "is plain text although its name says gzip; rename it" },
            { "a.log.zst", Encoding.UTF8.GetBytes(One), "is plain text although its name says zstd; rename it" },
            { "a.log.gz", zstandard, "is compressed, but not by gzip as its name says; rename it" },
            { "a.log.gz", [], "is empty, not a gzip file" },
            { "a.log.gz", [1, 2, 3], "is not a gzip file" },
            { "a.log.gz", gzip[..^9], "the compressed data break off" },
            { "a.log", gzip[..^1], "the compressed data break off" },
            { "a.log.gz", [.. gzip, 0, 0, 0], "3 bytes follow the compressed data that are not gzip" },
            { "a.log.gz", changed, "the content does not have the checksum that stands behind it" },
            { "a.log.zst", zstandard[..^3], "the compressed data break off" },
            { "a.log.zst", [.. zstandard, .. "extra extra"u8], "the compressed data are damaged" },
            { "a.log", [.. "PK\u0003\u0004"u8, 1, 2], "is a zip archive; extract it first" },
            { "a.gz", [.. "PK\u0003\u0004"u8, 1, 2], "is a zip archive; extract it first" },
            { "a.log", [.. "BZh9"u8, 1, 2], "is compressed by bzip2" },
            { "a.log", [0xFD, .. "7zXZ"u8, 0], "is compressed by xz" },
            { "a.log", [.. "PAR1"u8, 0], "is a Parquet file" },
            { "a.log", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(One)], "is UTF-16; convert it first (iconv -f UTF-16 -t UTF-8)" },
            { "a.log", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(One)], "is UTF-16" },
            { "a.log", Encoding.Unicode.GetBytes(One), "is UTF-16; convert it first (iconv -f UTF-16LE -t UTF-8)" },
            { "a.log", Encoding.BigEndianUnicode.GetBytes(One), "is UTF-16; convert it first (iconv -f UTF-16BE -t UTF-8)" },
        };
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void What_cannot_be_read_is_called_what_it_is(string name, byte[] bytes, string said)
    {
        string file = folder.Write(name, bytes), good = folder.Write("good.log", Two);
        ToolRun run = ToolRun.Command("trim", file, good, "-o", folder["out"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Equal([folder["out/good.log"]], Directory.GetFiles(folder["out"]));
    }

    [Theory]
    [InlineData("{0}{1}")]
    [InlineData("[{0},\n{1}]")]
    [InlineData("\uFEFF{0}\n\uFEFF{1}")]
    public void Records_are_found_however_they_are_laid_out(string layout)
    {
        string file = folder.Write("a.log", layout.Replace("{0}", One, StringComparison.Ordinal)
            .Replace("{1}", Two.Replace(",\"", ",\n  \"", StringComparison.Ordinal), StringComparison.Ordinal));
        ToolRun run = ToolRun.Command("trim", file, "--unprocessed", folder["rest.log"]);
        Assert.Equal((0, 2, ""), (run.ExitCode, run.Answers.Length, File.ReadAllText(folder["rest.log"])));
    }

    [Fact]
    public void Nothing_is_said_when_the_reader_of_the_output_has_gone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes are others there");
        string file = folder.Write("a.log", string.Concat(Enumerable.Repeat(One + "\n", 20_000)));
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.Out);
        pipe.DisposeLocalCopyOfClientHandle();
        var error = new StringWriter();
        foreach (string[] options in new string[][] { ["--jobs", "1"], ["--jobs", "4"], ["--dry-run"], ["--dry-run", "-f", "json"] })
        {
            using var console = new CommandConsole(Stream.Null, pipe, error);
            int code = ProvableSecCommand.Run(["trim", file, .. options], console);
            Assert.Equal((0, ""), (code, error.ToString()));
        }

        Assert.Equal("", error.ToString());
    }

    [Fact]
    public void Samples_by_a_key_are_the_same_for_the_same_key_and_the_key_is_not_shown()
    {
        string Rules(string key) => $$"""{"version":1,{{key}}"rules":[{"id":"s","when":{},"then":"sample","oneIn":4}]}""";
        string key = Guid.NewGuid().ToString("N"), other = Guid.NewGuid().ToString("N");
        string input = string.Concat(Enumerable.Range(0, 400).Select(i => WafRecord.Of("BLOCK", $"r-{i}") + "\n"));
        ToolRun Sample(string rules) => ToolRun.Of(input, "trim", "-r", folder.Write("rules.json", rules), "-");
        ToolRun without = Sample(Rules("")), first = Sample(Rules($"\"samplingKey\":\"{key}\",")), second =
            Sample(Rules($"\"samplingKey\":\"{key}\",")), third = Sample(Rules($"\"samplingKey\":\"{other}\","));
        Assert.Contains("warning: these rules sample without a key", without.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", first.Error, StringComparison.Ordinal);
        Assert.Equal(first.Output, second.Output);
        Assert.Equal(4, new[] { without.Output, first.Output, third.Output, input }.Distinct().Count());
        Assert.InRange(first.Lines.Length, 50, 150);
        Assert.DoesNotContain(key, first.Output + first.Error + ToolRun.Command("prove", "--filter", folder["rules.json"]).Output, StringComparison.Ordinal);
        ToolRun refused = Sample(Rules("\"samplingKey\":\"short\","));
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("rules.json:1:28: samplingKey must have at least 16 bytes", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\"short\"", refused.Error, StringComparison.Ordinal);
    }
}
