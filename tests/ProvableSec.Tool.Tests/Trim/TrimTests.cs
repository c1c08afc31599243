using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace ProvableSec.Tool.Tests.Trim;

public sealed class TrimTests : IDisposable
{
    private const string Masking = """{"version":1,"rules":[{"id":"static","when":{"uri":"/static/*"},"then":"drop"}],"redact":[{"field":"args","by":"mask"}]}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Standard_input_is_trimmed_to_standard_output()
    {
        var run = ToolRun.Of(Record("ALLOW") + "\n" + Record("BLOCK") + "\n\n" + Record("ALLOW"), "trim", "-");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Record("BLOCK") + "\n\n", run.Output);
        Assert.Contains("default-action-allow", run.Error, StringComparison.Ordinal);
        Assert.Contains("$0.00 at $0.50 a GB", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_redacted_is_for_its_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes");
        string kept = folder.Write("kept.log", "");
        UnixFile.SetMode(kept, (UnixFileMode)0b110_100_000);
        foreach ((string file, int mode) in new[] { (folder["new.log"], 0b110_000_000), (kept, 0b110_100_000) })
        {
            ToolRun.Of(Record("BLOCK") + "\n{\"broken\n", "trim", "--unprocessed", file, "-");
            Assert.Equal((UnixFileMode)mode, UnixFile.ModeOf(file));
            Assert.Equal("{\"broken\n", File.ReadAllText(file));
        }
    }

    [Theory]
    [InlineData("/##vso[task.complete]")]
    [InlineData("/::stop-commands::x")]
    [InlineData("/\u202e\u2028ä\ud83d\ude00")]
    public void Records_are_handed_on_to_the_byte_whatever_they_hold(string uri) =>
        Assert.Equal(Record("BLOCK", uri) + "\n", ToolRun.Of(Record("BLOCK", uri) + "\n", "trim", "-").Output);

    [Fact]
    public void Files_follow_each_other_even_when_one_ends_without_a_line_feed()
    {
        string a = folder.Write("a.log", Record("BLOCK")), b = folder.Write("b.log", Record("CAPTCHA") + "\n");
        Assert.Equal(Record("BLOCK") + "\n" + Record("CAPTCHA") + "\n", ToolRun.Command("trim", a, b).Output);
    }

    [Fact]
    public void A_folder_is_trimmed_into_a_folder_compressed_as_it_was()
    {
        folder.Write("in/day/a.log", Record("ALLOW") + "\n" + Record("BLOCK") + "\n");
        folder.Write("in/b.log.gz", Gzip(Record("ALLOW") + "\n" + Record("CHALLENGE") + "\n"));
        folder.Write("in/notes.pdf", "x");
        var run = ToolRun.Command("trim", folder["in"], "--output", folder["out"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Equal(Record("BLOCK") + "\n", File.ReadAllText(folder["out/day/a.log"]));
        Assert.Equal(Record("CHALLENGE") + "\n", Gunzip(folder["out/b.log.gz"]));
        Assert.Equal(2, Directory.GetFiles(folder["out"], "*", SearchOption.AllDirectories).Length);
        Assert.Contains("1 file was skipped that does not look like a log", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_from_a_file_filter_and_redact()
    {
        string rules = folder.Write("rules.json", Masking), unprocessed = folder["rest.log"];
        string input = Record("ALLOW", "/static/a.js") + "\n" + Record("ALLOW", "/b", "token=1") + "\n" + "{\"broken\n";
        var run = ToolRun.Of(input, "trim", "--rules", rules, "--unprocessed", unprocessed, "-");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Record("ALLOW", "/b", "REDACTED") + "\n", run.Output);
        Assert.Equal("{\"broken\n", File.ReadAllText(unprocessed));
        Assert.Contains("1 record redacted, 1 line that is not a record", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_seems_to_be_wrapped_is_told_and_unwrapped_when_asked()
    {
        string wrapped = $"{{\"time\":1,\"message\":{JsonSerializer.Serialize(WafRecord.Of("BLOCK", "r-1"))}}}\n", rest = folder["rest.log"];
        var told = ToolRun.Of(wrapped, "trim", "--unprocessed", rest, "-");
        Assert.Equal((0, "", wrapped), (told.ExitCode, told.Output, File.ReadAllText(rest)));
        Assert.Contains("1 of these lines seems to hold a record below \"message\": \"unwrap\": [\"message\"] in the rules (--rules FILE) finds it", told.Error, StringComparison.Ordinal);
        JsonElement counted = JsonDocument.Parse(ToolRun.Of(wrapped, "trim", "--dry-run", "-f", "json", "-").Output).RootElement;
        Assert.Equal((1, "message"), (counted.GetProperty("wrapped").GetInt32(), counted.GetProperty("wrapper").GetString()));
        Assert.Contains("below a member: \"unwrap\": [\"MEMBER\"]", ToolRun.Of(wrapped.Replace("message", "\\u001b[31m", StringComparison.Ordinal), "trim",
            "--dry-run", "-").Output, StringComparison.Ordinal);
        var unwrapped = ToolRun.Of(wrapped, "trim", "--rules", folder.Write("rules.json", """{"version":1,"unwrap":"message"}"""), "-");
        Assert.Equal((0, WafRecord.Of("BLOCK", "r-1") + "\n"), (unwrapped.ExitCode, unwrapped.Output));
        Assert.DoesNotContain("unwrap", unwrapped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_redact_need_a_place_for_what_cannot_be_redacted()
    {
        var run = ToolRun.Of(Record("ALLOW"), "trim", "--rules", folder.Write("rules.json", Masking), "-");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("--unprocessed FILE", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_writes_nothing_and_reports_what_would_be_saved()
    {
        string file = folder.Write("a.log", string.Concat(Enumerable.Repeat(Record("ALLOW") + "\n", 1000)) + Record("BLOCK") + "\n");
        var run = ToolRun.Command("trim", "--dry-run", "--format", "json", "--price-per-gb", "1000", "--output", folder["out"], file);
        Assert.Equal(0, run.ExitCode);
        JsonElement report = run.Answers.Single();
        Assert.Equal(1001, report.GetProperty("records").GetInt64());
        long bytes = 1000L * Record("ALLOW").Length;
        Assert.Equal((1000, bytes), (report.GetProperty("droppedRecords").GetInt64(), report.GetProperty("droppedBytes").GetInt64()));
        Assert.Equal(bytes / 1_000_000m, report.GetProperty("saved").GetDecimal());
        Assert.Equal("default-action-allow", report.GetProperty("reasons")[0].GetProperty("reason").GetString());
        Assert.False(Path.Exists(folder["out"]));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("3")]
    public void Lines_stay_in_order_whatever_the_number_of_workers(string jobs)
    {
        // Several blocks of a megabyte, and one line that is longer than a block.
        string[] records =
            [.. Enumerable.Range(0, 20_000).Select(i => Record(i % 3 == 0 ? "ALLOW" : "BLOCK", $"/{i}", i == 9_000 ? new string('x', 3_000_000) : ""))];
        var run = ToolRun.Of(string.Join('\n', records), "trim", "--jobs", jobs, "-");
        Assert.Equal(string.Join('\n', records.Where(record => record.Contains("BLOCK"))) + "\n", run.Output + (run.Output.EndsWith('\n') ? "" : "\n"));
    }

    [Fact]
    public void Rules_with_a_mistake_are_not_used()
    {
        string rules = folder.Write("rules.json", "{\"version\":1,\n\"rules\":[{\"id\":\"a\",\"when\":{\"action\":1},\"then\":\"drop\"}]}");
        var run = ToolRun.Of(Record("ALLOW"), "trim", "--rules", rules, "-");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"{rules}:2:37: action must be a string or an array of at least one string", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_file_that_breaks_off_leaves_no_output()
    {
        byte[] whole = Gzip(string.Concat(Enumerable.Range(0, 5000).Select(i => Record("BLOCK", $"/{i * 7919}") + "\n")));
        string broken = folder.Write("a.log.gz", whole[..(whole.Length / 2)]), good = folder.Write("b.log.gz", Gzip(Record("BLOCK")));
        var run = ToolRun.Command("trim", broken, good, "--output", folder["out"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(broken, run.Error, StringComparison.Ordinal);
        Assert.Equal([folder["out/b.log.gz"]], Directory.GetFiles(folder["out"]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(40)]
    [InlineData(100)]
    public void A_compressed_file_is_whole_or_an_error(int missing)
    {
        byte[] whole = Gzip(Record("BLOCK") + "\n");
        string file = folder.Write("a.gz", whole[..Math.Max(0, whole.Length - missing)]);
        Assert.Equal(2, ToolRun.Command("trim", file).ExitCode);
        var run = ToolRun.Command("trim", folder.Write("b.gz", [.. whole, .. Gzip(Record("CAPTCHA") + "\n")]));
        Assert.Equal((0, Record("BLOCK") + "\n" + Record("CAPTCHA") + "\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public void A_file_that_is_not_compressed_but_called_so_is_an_error()
    {
        var run = ToolRun.Command("trim", folder.Write("a.gz", Record("BLOCK")));
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("a.gz is plain text although its name says gzip; rename it", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_is_named_and_the_rest_is_trimmed()
    {
        var run = ToolRun.Command("trim", folder["missing.log"], folder.Write("a.log", Record("BLOCK") + "\n"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("missing.log does not exist", run.Error, StringComparison.Ordinal);
        Assert.Equal(Record("BLOCK") + "\n", run.Output);
    }

    [Fact]
    public void An_input_is_never_overwritten()
    {
        string file = folder.Write("a.log", Record("ALLOW"));
        var run = ToolRun.Command("trim", file, "--output", file);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(Record("ALLOW"), File.ReadAllText(file));
    }

    [Fact]
    public void Redaction_by_HMAC_asks_for_the_key()
    {
        string rules = folder.Write("rules.json", """{"version":1,"redact":[{"field":"uri","by":"hmac"}]}""");
        Assert.Contains("--hmac-key FILE", ToolRun.Of("", "trim", "--rules", rules, "-").Error, StringComparison.Ordinal);
        var run = ToolRun.Of(Record("BLOCK"), "trim", "--rules", rules, "--hmac-key", folder.Write("key", Guid.NewGuid().ToString("N")), "--unprocessed",
            folder["rest"], "-");
        Assert.Matches("\"uri\":\"[0-9a-f]{64}\"", run.Output);
    }

    private static string Record(string action, string uri = "/", string args = "") =>
        $"{{\"terminatingRuleId\":\"Default_Action\",\"action\":\"{action}\",\"httpRequest\":{{\"clientIp\":\"198.51.100.7\",\"uri\":\"{uri}\",\"args\":\"{args}\"}}}}";

    private static byte[] Gzip(string text)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private static string Gunzip(string file)
    {
        using var gzip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        return new StreamReader(gzip).ReadToEnd();
    }
}
