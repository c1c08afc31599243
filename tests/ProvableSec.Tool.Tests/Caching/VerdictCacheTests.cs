using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ProvableSec.Tool.Caching;
using ProvableSec.Tool.Tests.Verify;

namespace ProvableSec.Tool.Tests.Caching;

/// <summary>A verdict of the cache is the one that would be found; what does not fit, or somebody brought along, is none.</summary>
public sealed partial class VerdictCacheTests : IDisposable
{
    private const string Properties = """
        {"id": "regions", "question": "not-granted", "stacks": ["app", "guarded"], "forbidden": "properties/regions.json"},
        {"id": "stop", "question": "not-granted", "stacks": ["app", "guarded"], "forbidden": "properties/stop.json"},
        {"id": "roles", "question": "not-granted", "stacks": ["app", "guarded"], "forbidden": "properties/roles.json"},
        {"id": "can", "question": "can", "stacks": ["app"], "request": {"action": "s3:GetObject"}},
        {"id": "unknown", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/roles.json", "budget": 1},
        {"id": "vacuous", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/nothing.json"}
        """;

    private readonly VerifyFolder folder = new();

    public VerdictCacheTests() => folder.Write("properties/nothing.json",
        """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"} }""");

    public void Dispose() => folder.Dispose();

    private ToolRun Verify(params string[] options) => folder.Verify(Properties, ["--cache", folder["cache"], .. options]);

    private string[] Entries() => [.. Directory.GetFiles(folder["cache"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("junit")]
    [InlineData("markdown")]
    [InlineData("html")]
    public void A_cached_run_reports_what_the_first_one_did(string format)
    {
        ToolRun asked = folder.Verify(Properties, "--format", format), first = Verify("--format", format), second = Verify("--format", format);
        Assert.Equal(asked.ExitCode, first.ExitCode);
        Assert.Equal(first.ExitCode, second.ExitCode);
        Assert.Equal(Stable(asked.Output), Stable(first.Output));
        Assert.Equal(Stable(asked.Output), Stable(second.Output));
        Assert.Contains("9 answers from the cache", Verify().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_changed_is_asked_again()
    {
        Verify();
        int before = Entries().Length;
        folder.Write("policies/scp/mfa.json", """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"ec2:*","Resource":"*"}}""");
        ToolRun run = Verify("--format", "json");
        Assert.Contains("\"verdict\": \"holds\"", run.Output, StringComparison.Ordinal);
        Assert.InRange(Entries().Length - before, 1, 3);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    public void Properties_of_many_stacks_are_known_as_a_whole_until_one_changes(string format)
    {
        for (int i = 0; i < 40; i++)
        {
            folder.Write($"many/r{i}.json", i % 7 == 3 ? VerifyFolder.Property("ec2:StopInstances")
                : VerifyFolder.Property(i % 2 == 0 ? "s3:GetObject" : "iam:CreateRole"));
        }

        string stacks = string.Join(",", Enumerable.Range(0, 40).Select(i => "\"rN\": {\"account\": \"1111222233NN\", \"identityPolicies\": [\"many/rN.json\"]}"
            .Replace("NN", i.ToString("00", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("N", $"{i}", StringComparison.Ordinal)));
        string names = string.Join(",", Enumerable.Range(0, 40).Select(i => $"\"r{i}\""));
        string configuration = "{\"version\": 1, \"stacks\": {" + stacks + "}, \"properties\": ["
            + "{\"id\": \"stop\", \"question\": \"not-granted\", \"stacks\": [" + names + "], \"forbidden\": \"properties/stop.json\"},"
            + "{\"id\": \"regions\", \"question\": \"not-granted\", \"stacks\": [" + names + "], \"forbidden\": \"properties/regions.json\"}]}";
        ToolRun Run(params string[] options) => folder.VerifyText(configuration, ["--format", format, .. options]);
        ToolRun asked = Run(), first = Run("--cache", folder["cache"]), second = Run("--cache", folder["cache"]);
        Assert.Equal(1, asked.ExitCode);
        Assert.Equal(Stable(asked.Output), Stable(first.Output));
        Assert.Equal(asked.ExitCode, second.ExitCode);
        Assert.Equal(Questions().Replace(Stable(asked.Output), ""), Questions().Replace(Stable(second.Output), ""));
        folder.Write("many/r39.json", VerifyFolder.Property("account:EnableRegion"));
        ToolRun changed = Run(), known = Run("--cache", folder["cache"]);
        Assert.NotEqual(Stable(asked.Output), Stable(changed.Output));
        Assert.Equal(Stable(changed.Output), Stable(known.Output));
        Assert.Equal(Questions().Replace(Stable(Run("--as-of", "2031-01-01").Output), ""),
            Questions().Replace(Stable(Run("--as-of", "2031-01-01", "--cache", folder["cache"]).Output), ""));
    }

    [Fact]
    public void Another_budget_day_or_reading_is_another_question()
    {
        Verify();
        int before = Entries().Length;
        foreach (string[] options in (string[][])[["--budget", "12345"], ["--as-of", "2031-01-01"], ["--readings", "default"]])
        {
            Assert.DoesNotContain(" 9 answers from the cache", Verify(options).Output, StringComparison.Ordinal);
            Assert.True(Entries().Length > before);
            before = Entries().Length;
        }
    }

    [Fact]
    public void What_is_corrupt_is_asked_again()
    {
        string asked = Stable(Verify("--format", "json").Output);
        byte[][] contents = [.. Entries().Select(File.ReadAllBytes)];
        foreach (Func<byte[], int, byte[]> damage in (Func<byte[], int, byte[]>[])
            [
                (_, _) => [], (content, _) => content[..(content.Length / 2)], (content, _) => [.. content, (byte)' '],
                    (content, i) => contents[(i + 1) % contents.Length],
                (content, _) => [.. content.Select((b, at) => at == content.Length - 9 ? (byte)(b ^ 1) : b)],
                    (_, _) => Encoding.UTF8.GetBytes("{\"verdict\":\"holds\"}"),
                (content, _) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content).Replace("\"violated\"", "\"holds\"", StringComparison.Ordinal)),
            ])
        {
            string[] entries = Entries();
            for (int i = 0; i < entries.Length; i++)
            {
                File.WriteAllBytes(entries[i], damage(contents[i], i));
            }

            ToolRun run = Verify("--format", "json");
            Assert.Equal(asked, Stable(run.Output));
        }
    }

    [Fact]
    public void What_was_made_without_the_key_does_not_count()
    {
        string key = new CacheKey("test").ToString();
        new VerdictCache(folder["cache"], null).Keep(key, "forged"u8.ToArray());
        Assert.Null(new VerdictCache(folder["cache"], "secret").Find(key, bytes => bytes));
        new VerdictCache(folder["cache"], "other").Keep(key, "forged"u8.ToArray());
        Assert.Null(new VerdictCache(folder["cache"], "secret").Find(key, bytes => bytes));
        new VerdictCache(folder["cache"], "secret").Keep(key, "kept"u8.ToArray());
        Assert.Equal("kept", Encoding.UTF8.GetString(new VerdictCache(folder["cache"], "secret").Find(key, bytes => bytes)!));
    }

    [Fact]
    public void A_sealed_entry_that_cannot_be_read_counts_as_none()
    {
        string key = new CacheKey("test").ToString();
        var cache = new VerdictCache(folder["cache"], null);
        cache.Keep(key, "{}"u8.ToArray());
        Assert.Null(cache.Find<string>(key, _ => throw new KeyNotFoundException()));
        Assert.Equal(0, cache.Hits);
    }

    [Fact]
    public void Keys_tell_parts_apart()
    {
        Assert.NotEqual(new CacheKey("k").Add("a", "1").Add("b", "2").ToString(), new CacheKey("k").Add("a", "1\nb 1 2").ToString());
        Assert.NotEqual(new CacheKey("k").Add("a", ["1", "2"]).ToString(), new CacheKey("k").Add("a", ["1"]).Add("a", "2").ToString());
        Assert.NotEqual(new CacheKey("k").Add("a", (string?)null).ToString(), new CacheKey("k").Add("a", "").ToString());
        Assert.NotEqual(new CacheKey("k").ToString(), new CacheKey("l").ToString());
    }

    /// <summary>However long: parts are hashed in blocks, and texts in slices that end at no half of a character.</summary>
    [Fact]
    public void Keys_of_long_texts_are_hashes_of_all_of_them()
    {
        foreach (int length in (int[])[0, 1, 1000, 4095, 4096, 4097, 20_000, 70_000, 300_000])
        {
            foreach (string unit in (string[])["a", "é", "→", "😀"])
            {
                string text = string.Concat(Enumerable.Repeat(unit, length)) + "b";
                byte[] whole = Encoding.UTF8.GetBytes($"engine {CacheKey.EngineVersion.Length} {CacheKey.EngineVersion}\nkind 1 k\na {text.Length} {text}\nb 1 1\nc -\n");
                Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(whole)),
                    new CacheKey("k").Add("a", text).Add("b", "1").Add("c", (string?)null).ToString());
            }
        }
    }

    [Fact]
    public void A_folder_that_holds_files_of_the_repository_is_refused()
    {
        using var repository = new TestRepository();
        repository.Write("cache/ab/abcd", "brought along");
        repository.Write("p.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}""");
        Assert.Equal(0, ToolRun.Command("diff", repository["p.json"], repository["p.json"], "--cache", repository["cache"]).ExitCode);
        repository.Git("add", ".");
        ToolRun run = ToolRun.Command("diff", repository["p.json"], repository["p.json"], "--cache", repository["cache"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("a change could bring answers along", run.Error, StringComparison.Ordinal);
        File.CreateSymbolicLink(repository["link"], repository["cache"]);
        Assert.Equal(2, ToolRun.Command("diff", repository["p.json"], repository["p.json"], "--cache", repository["link"]).ExitCode);
        Assert.Equal(2, ToolRun.Command("diff", repository["p.json"], repository["p.json"], "--cache", repository["p.json"]).ExitCode);
        Assert.Equal(0, ToolRun.Command("diff", repository["p.json"], repository["p.json"], "--cache", repository["other"]).ExitCode);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_changes_no_verdict()
    {
        folder.Write("taken", "");
        ToolRun run = folder.Verify(Properties, "--cache", folder["taken/cache"]), asked = folder.Verify(Properties);
        Assert.Equal(asked.ExitCode, run.ExitCode);
        Assert.Equal(Stable(asked.Output), Stable(run.Output));
        Assert.Contains("the cache cannot be written", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("markdown")]
    public void A_cached_diff_says_what_the_first_one_did(string format)
    {
        foreach ((string before, string after) in (ReadOnlySpan<(string, string)>)[("samples/pull-request/before", "samples/pull-request/after"),
            ("samples/policies", "samples/guardrails")])
        {
            string[] args = ["diff", Path.Combine(Repository.Root, before), Path.Combine(Repository.Root, after), "--format", format];
            ToolRun asked = ToolRun.Command(args), first = ToolRun.Command([.. args, "--cache", folder["cache"]]), second =
                ToolRun.Command([.. args, "--cache", folder["cache"]]);
            Assert.Equal(asked.ExitCode, second.ExitCode);
            Assert.Equal(asked.Output, first.Output);
            Assert.Equal(asked.Output, second.Output);
            Assert.Contains("from the cache", second.Error, StringComparison.Ordinal);
        }
    }

    private string Stable(string text) => Cached().Replace(Micros().Replace(folder.Stable(text), "$1N"), "");

    [GeneratedRegex("""("(?:micros|millis)": ?)\d+|time="[\d.]+""")]
    private static partial Regex Micros();

    [GeneratedRegex("""\d+ proved|"questions": \d+""")]
    private static partial Regex Questions();

    [GeneratedRegex(@"\d+ answers? from the cache (·|&#183;) ")]
    private static partial Regex Cached();
}
