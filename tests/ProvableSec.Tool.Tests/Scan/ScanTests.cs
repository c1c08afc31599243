using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Tests.Scan;

/// <summary><c>scan PATH…</c> as a user meets it.</summary>
public sealed class ScanTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Fresh fresh = new(1);

    [Fact]
    public void A_finding_has_its_place_and_shows_no_secret()
    {
        string id = fresh.AccessKeyId("AKIA", 111_122_223_333), secret = fresh.SecretKey();
        folder.Write("src/a.cs", $"class A\n{{\n    var c = new BasicAWSCredentials(\"{id}\", \"{secret}\");\n}}\n");
        ToolRun run = ToolRun.Command("scan", folder["src"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"{folder["src"]}/a.cs:3:38: error PSEC1001: Hard-coded access key with its secret: AKIA…{id[16..]}, account 111122223333.", run.Lines[0]);
        Assert.Equal("1 text (0.0 MB): 1 error", run.Error.Trim());
        AssertTold(run, secret, id);
    }

    [Fact]
    public void A_key_that_stands_at_several_places_is_one_finding_with_all_of_them()
    {
        string id = fresh.AccessKeyId(), secret = fresh.SecretKey(), both = $"AWS_ACCESS_KEY_ID={id}\nAWS_SECRET_ACCESS_KEY={secret}\n";
        folder.Write("a.txt", $"key {id}\n");
        folder.Write("b.env", both);
        folder.Write("c.env", "X=1\n" + both);
        folder.Write("d.yaml", $"aws_secret_access_key: {secret}\n");
        ToolRun run = ToolRun.Command("scan", folder[""]);
        Assert.Equal(
            ["b.env:1:19: error PSEC1001", "  also at c.env:2:19", "  also at d.yaml:1:24", "  also at a.txt:1:5"],
            run.Lines[..4].Select(line => line.Replace(folder[""] + "/", "", StringComparison.Ordinal).Split(": Hard-coded ")[0]));
        Assert.Equal("4 texts (0.0 MB): 1 error", run.Error.Trim());
        JsonElement found = Assert.Single(JsonDocument.Parse(ToolRun.Command("scan", folder[""], "-f", "json").Output).RootElement.EnumerateArray());
        Assert.Equal([2, 1, 1], found.GetProperty("alsoAt").EnumerateArray().Select(place => place.GetProperty("line").GetInt32()));
        Assert.Equal(4, System.Text.RegularExpressions.Regex.Count(ToolRun.Command("scan", folder[""], "-f", "github").Output, "(?m)^::"));
        JsonElement sarif = JsonDocument.Parse(ToolRun.Command("scan", folder[""], "-f", "sarif").Output).RootElement.GetProperty("runs")[0]
            .GetProperty("results");
        Assert.Equal(4, Assert.Single(sarif.EnumerateArray()).GetProperty("locations").GetArrayLength());
        AssertTold(run, secret, id);

        // Each place is in the list of what is known.
        ToolRun.Command("scan", folder[""], "--write-baseline", folder["known"]);
        Assert.Equal(0, ToolRun.Command("scan", folder[""], "--baseline", folder["known"]).ExitCode);
    }

    /// <summary>No text says that these belong together.</summary>
    [Fact]
    public void An_id_and_a_secret_in_different_files_are_two_findings()
    {
        folder.Write("a.env", $"AWS_ACCESS_KEY_ID={fresh.AccessKeyId()}\n");
        folder.Write("b.env", $"AWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n");
        Assert.Equal("2 texts (0.0 MB): 1 error, 1 warning", ToolRun.Command("scan", folder[""]).Error.Trim());
    }

    [Fact]
    public void Passwords_that_are_alike_are_not_one()
    {
        string password = fresh.Password();
        folder.Write("a.env", $"HSM_PASSWORD={password}\n");
        folder.Write("b.env", $"HSM_PASSWORD={password}\n");
        Assert.Equal("2 texts (0.0 MB): 2 errors", ToolRun.Command("scan", folder[""]).Error.Trim());
    }

    [Fact]
    public void Many_places_are_counted_and_the_rest_is_in_json()
    {
        string id = fresh.AccessKeyId();
        for (int i = 0; i < 9; i++)
        {
            folder.Write($"{i}.txt", $"key {id}\n");
        }

        ToolRun run = ToolRun.Command("scan", folder[""]);
        Assert.Equal("  and at 3 more locations, which --format json lists", run.Lines[6]);
        Assert.Equal(8, JsonDocument.Parse(ToolRun.Command("scan", folder[""], "-f", "json").Output).RootElement[0].GetProperty("alsoAt").GetArrayLength());
    }

    [Fact]
    public void A_clean_folder_is_a_success()
    {
        folder.Write("a.txt", "nothing\n");
        ToolRun run = ToolRun.Command("scan", folder[""]);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Equal("1 text (0.0 MB): no credentials", run.Error.Trim());
    }

    [Fact]
    public void Json_is_an_array_of_findings()
    {
        string secret = fresh.SecretKey();
        folder.Write("b/.env", $"X=1\nAWS_SECRET_ACCESS_KEY={secret}\n");
        folder.Write("a.txt", $"key {fresh.AccessKeyId()}\n");
        ToolRun run = ToolRun.Command("scan", folder[""], "--format", "json");
        JsonElement[] findings = [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()];
        Assert.Equal(["PSEC1002", "PSEC1003"], findings.Select(f => f.GetProperty("rule").GetString()));
        Assert.Equal(["warning", "error"], findings.Select(f => f.GetProperty("severity").GetString()));
        Assert.Equal([1, 2], findings.Select(f => f.GetProperty("line").GetInt32()));
        Assert.Equal([5, 23], findings.Select(f => f.GetProperty("column").GetInt32()));
        Assert.EndsWith("/b/.env", findings[1].GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.All(findings, f => Assert.Matches("^[0-9a-f]{64}$", f.GetProperty("fingerprint").GetString()));
        AssertTold(run, secret);
    }

    [Fact]
    public void Sarif_names_the_rule_the_place_and_the_fingerprint()
    {
        string secret = fresh.SecretKey();
        folder.Write("a b.txt", $"AWS_SECRET_ACCESS_KEY={secret}\n");
        ToolRun run = ToolRun.Command("scan", folder[""], "--format", "sarif");
        JsonElement log = JsonDocument.Parse(run.Output).RootElement.GetProperty("runs")[0];
        JsonElement result = Assert.Single(log.GetProperty("results").EnumerateArray());
        JsonElement rule = log.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()];
        Assert.Equal("PSEC1003", rule.GetProperty("id").GetString());
        Assert.Equal("PSEC1003", result.GetProperty("ruleId").GetString());
        JsonElement at = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.EndsWith("/a%20b.txt", at.GetProperty("artifactLocation").GetProperty("uri").GetString(), StringComparison.Ordinal);
        // No end: it would tell how long the secret is.
        Assert.Equal("""{"startLine":1,"startColumn":23}""", JsonSerializer.Serialize(at.GetProperty("region")));
        Assert.Equal(64, result.GetProperty("partialFingerprints").GetProperty("credential/v1").GetString()!.Length);
        AssertTold(run, secret);
    }

    [Fact]
    public void Github_shows_it_beside_the_line()
    {
        folder.Write("a.txt", $"key {fresh.AccessKeyId()}\n");
        ToolRun run = ToolRun.Command("scan", folder["a.txt"], "--format", "github");
        Assert.StartsWith($"::warning file={folder["a.txt"]},line=1,col=5,endColumn=24,title=PSEC1002 Access key ID::Hard-coded access key ID: AKIA…",
            run.Output, StringComparison.Ordinal);
    }

    /// <summary>What is written is searched for every secret wherever a test runs a command; here it runs on all kinds.</summary>
    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("github")]
    public void No_format_and_no_baseline_holds_a_secret(string format)
    {
        string smtp = $"host: email-smtp.eu-west-1.amazonaws.com\nuser: {fresh.AccessKeyId()}\npassword: {fresh.SmtpPassword()}\n";
        folder.Write(".env", $"AWS_ACCESS_KEY_ID={fresh.AccessKeyId()}\nAWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\nAWS_SESSION_TOKEN={fresh.SessionToken()}\nAWS_BEARER_TOKEN_BEDROCK={fresh.BedrockKey()}\n");
        folder.Write("mail.yml", smtp);
        folder.Write("url.txt", fresh.PresignedUrl("20260701T000000Z"));
        folder.Write("key.pem", $"-----BEGIN PRIVATE {"KEY"}-----\n{fresh.PrivateKeyBody()}\n");
        folder.Write("db.json", $"{{\"Main\":\"Host=db.rds.amazonaws.com;Password={fresh.Password()}\"}}");
        folder.Write("Dockerfile", $"ENV HSM_PASSWORD {fresh.Password()}\n");
        ToolRun run = ToolRun.Command("scan", folder[""], "--format", format);
        Assert.Equal(1, run.ExitCode);
        Assert.All((string[])["1001", "1005", "1006", "1007", "1008", "1009", "1010", "1011"],
            rule => Assert.Contains("PSEC" + rule, run.Output, StringComparison.Ordinal));
        Assert.Equal(0, ToolRun.Command("scan", folder[""], "--write-baseline", folder["known.txt"]).ExitCode);
        Fresh.AssertHidden(File.ReadAllText(folder["known.txt"]));
    }

    [Theory]
    [InlineData("warning", 1)]
    [InlineData("error", 0)]
    [InlineData("info", 1)]
    [InlineData("never", 0)]
    public void Fail_on_decides_about_the_exit_code(string least, int code)
    {
        folder.Write("a.txt", $"key {fresh.AccessKeyId()}\n");
        Assert.Equal(code, ToolRun.Command("scan", folder[""], "--fail-on", least).ExitCode);
    }

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

    /// <summary>A mark at the beginning says that it is text, whatever is in it.</summary>
    [Fact]
    public void Marked_text_with_a_zero_is_scanned()
    {
        folder.Write("a.txt", [0xEF, 0xBB, 0xBF, 0, (byte)'\n', .. System.Text.Encoding.ASCII.GetBytes($"AWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n")]);
        Assert.Contains("a.txt:2:23: error PSEC1003", ToolRun.Command("scan", folder[""]).Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_text_is_counted()
    {
        folder.Write("a.bin", [1, 0, 2]);
        folder.Write("b.zip", "PK");
        folder.Write("c.txt", new string('x', (1 << 20) + 1));
        ToolRun run = ToolRun.Command("scan", folder[""], "--max-size", "1");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("0 texts (0.0 MB): no credentials · skipped: 1 binary, 1 archive, 1 too large", run.Error.Trim());
    }

    [Fact]
    public void Standard_input_is_scanned()
    {
        ToolRun run = ToolRun.Of($"x\nAWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n", "scan", "-");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("-:2:23: error PSEC1003", run.Lines[0], StringComparison.Ordinal);
        Assert.Equal(0, ToolRun.Of("nothing\n", "scan", "-").ExitCode);
        run = ToolRun.Of(new string('x', (1 << 20) + 1), "scan", "-", "--max-size", "1");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("provablesec: standard input is larger than the limit of 1 MB (--max-size)", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, ToolRun.Of("", "scan", "--staged", "-").ExitCode);
    }

    /// <summary>Which has no length, and cannot be sought in.</summary>
    [Fact]
    public async Task A_pipe_that_is_named_is_scanned()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such pipes");
        string pipe = folder["pipe"];
        using (Process mkfifo = Process.Start("mkfifo", [pipe]))
        {
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Task writing = Task.Run(() => File.WriteAllText(pipe, new string('x', 200_000) + $"\nAWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n"),
            TestContext.Current.CancellationToken);
        ToolRun run = ToolRun.Command("scan", pipe);
        await writing;
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("pipe:2:23: error PSEC1003", run.Lines[0], StringComparison.Ordinal);
    }

    /// <summary>Whatever was named and not read must not pass for clean.</summary>
    [Fact]
    public void What_is_named_is_read_or_an_error()
    {
        string archive = folder.Write("b.zip", "PK"), large = folder.Write("c.txt", new string('x', (1 << 20) + 1));
        string binary = folder.Write("a.bin", [1, 0, (byte)'\n', .. Encoding.ASCII.GetBytes($"AWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n")]);
        Assert.Equal(1, ToolRun.Command("scan", binary).ExitCode);
        ToolRun run = ToolRun.Command("scan", archive, large, "--max-size", "1");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"provablesec: {archive} is an archive", run.Error, StringComparison.Ordinal);
        Assert.Contains($"provablesec: {large} is larger than the limit of 1 MB", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, ToolRun.Command("scan", folder[""], "--max-size", "1").ExitCode);
    }

    [Fact]
    public void Utf16_without_a_mark_is_text_and_other_zeros_are_not()
    {
        string text = $"é = 1\nAWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n";
        foreach (byte[] bytes in (byte[][])[Encoding.Unicode.GetBytes(text), Encoding.BigEndianUnicode.GetBytes(text),
            Encoding.Unicode.GetBytes("漢字漢字漢字\n" + text[6..])])
        {
            folder.Write("a.txt", bytes);
            Assert.Contains("a.txt:2:23: error PSEC1003", ToolRun.Command("scan", folder[""]).Lines[0], StringComparison.Ordinal);
        }

        folder.Write("a.txt", [7, 0, 1, 0, 2, 0, 3, 0]);
        Assert.Contains("skipped: 1 binary", ToolRun.Command("scan", folder[""]).Error, StringComparison.Ordinal);
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
    public void So_many_patterns_for_so_many_findings_are_an_error()
    {
        folder.Write("a.txt", string.Concat(Enumerable.Range(0, 400).Select(_ => $"{new string('x', 4000)} AWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n")));
        folder.Write(".gitallowed", string.Concat(Enumerable.Repeat("^z\n", 4000)));
        ToolRun run = ToolRun.Command("scan", folder[""]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(".gitallowed has too many patterns for this many findings (more than 2,000,000,000 comparisons)", run.Error, StringComparison.Ordinal);
        Assert.Contains("400 errors", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Encodings_and_line_ends_do_not_matter()
    {
        string text = $"é = 1\nAWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n";
        string windows = text.ReplaceLineEndings("\r\n");
        byte[][] forms =
        [
            Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(windows), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(windows)],
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
                [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(windows)],
            Encoding.Latin1.GetBytes(text),
        ];
        string[] outputs = [.. forms.Select(bytes => ToolRun.Command("scan", folder.Write("a.txt", bytes)).Output)];
        Assert.Contains(":2:23: error PSEC1003", outputs[0], StringComparison.Ordinal);
        Assert.Single(outputs.Distinct());
    }

    [Fact]
    public void A_loop_of_links_ends_and_a_missing_path_is_told()
    {
        folder.Write("a/x.txt", "x");
        Directory.CreateSymbolicLink(folder["a/loop"], folder["a"]);
        ToolRun run = ToolRun.Command("scan", folder["a"], folder["missing"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"provablesec: {folder["missing"]} does not exist", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 text (0.0 MB): no credentials", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--staged", "--history")]
    [InlineData("--nonsense")]
    [InlineData("--max-size", "0")]
    public void Bad_usage_is_told_on_the_error_stream(params string[] args)
    {
        ToolRun run = ToolRun.Command(["scan", .. args]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public void This_repository_has_none()
    {
        ToolRun run = ToolRun.Command("scan", Repository.Root, "--fail-on", "info");
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public void The_answers_do_not_depend_on_the_number_of_threads()
    {
        for (int i = 0; i < 200; i++)
        {
            folder.Write($"d{i % 7}/f{i}.txt", $"{i}\nAWS_SECRET_ACCESS_KEY={fresh.SecretKey()}\n");
        }

        string one = ToolRun.Command("scan", folder[""], "--jobs", "1").Output;
        Assert.Equal(201, one.Split('\n').Count(line => line.Contains("PSEC1003", StringComparison.Ordinal)));
        Assert.Equal(one, ToolRun.Command("scan", folder[""], "--jobs", "8").Output);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>All files that something was found in, also where it is one secret in several.</summary>
    private string[] Files(ToolRun run) =>
    [
        .. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()
            .SelectMany(f => f.TryGetProperty("alsoAt", out JsonElement others) ? others.EnumerateArray().Prepend(f) : [f])
            .Select(f => Path.GetRelativePath(folder[""], f.GetProperty("file").GetString()!)).Order(StringComparer.Ordinal),
    ];

    private static void AssertTold(ToolRun run, params string[] secrets)
    {
        foreach (string secret in secrets)
        {
            Assert.DoesNotContain(secret[..8], run.Output + run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(secret[^8..], run.Output + run.Error, StringComparison.Ordinal);
        }
    }
}
