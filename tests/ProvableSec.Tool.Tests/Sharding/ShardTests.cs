using System.Text.Json;
using System.Text.RegularExpressions;
using ProvableSec.Tool.Tests.Verify;

namespace ProvableSec.Tool.Tests.Sharding;

/// <summary>The parts of a run put together are the run: in every format, with its exit code. What is not whole is nothing.</summary>
public sealed partial class ShardTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, int> Runs()
    {
        var runs = new TheoryData<string, int>();
        foreach (string run in (string[])["check samples/policies", "check samples/guardrails samples/account samples/organization",
            "check samples/policies --fail-on error", "check samples/policies --baseline @baseline",
            "check samples/guardrails --waivers @waivers", "check samples/leaky-app samples/cloudhsm-container --no-ignore",
                "verify samples/guardrails/provablesec.json", "verify samples/organization/provablesec.json",
            "check @secret", "verify @broken", "diff samples/pull-request/before samples/pull-request/after",
                "diff samples/pull-request/before samples/pull-request/after --allow @approved", "diff samples/policies samples/guardrails --fail-on never"])
        {
            runs.Add(run, 1);
            runs.Add(run, 3);
            runs.Add(run, 50);
        }

        return runs;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_parts_together_are_the_whole(string run, int count)
    {
        string[] args = Arguments(run);
        string[] formats = Formats(args[0]);
        string[] whole = [.. args, .. formats.SelectMany(format => (string[])["--output", $"{format}={folder["whole." + format]}"])];
        ToolRun once = ToolRun.Command(whole);
        string[] results = [.. Enumerable.Range(1, count).Select(i => folder[$"part-{i}.json"])];
        for (int i = 1; i <= count; i++)
        {
            ToolRun part = ToolRun.Command([.. args, "--shard", $"{i}/{count}", "--output", $"json={results[i - 1]}"]);
            Assert.NotEqual(70, part.ExitCode);
        }

        ToolRun merged =
            ToolRun.Command(["merge", .. results.Reverse(), .. formats.SelectMany(format => (string[])["--output", $"{format}={folder["merged." + format]}"])]);
        Assert.Equal(once.ExitCode, merged.ExitCode);
        foreach (string format in formats)
        {
            Assert.Equal(Stable(format, File.ReadAllText(folder["whole." + format])), Stable(format, File.ReadAllText(folder["merged." + format])));
        }

        Assert.Equal(Stable("text", once.Output), Stable("text", merged.Output));
    }

    [Fact]
    public void Every_file_is_of_exactly_one_part()
    {
        for (int i = 0; i < 12; i++)
        {
            folder.Write($"policies/p{i}.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}}""");
        }

        string[] files =
            [.. Enumerable.Range(1, 5)
            .SelectMany(i => JsonDocument.Parse(ToolRun.Command("check", folder["policies"], "--shard", $"{i}/5", "--format", "json").Output).RootElement
            .GetProperty("files").EnumerateArray().Select(file => Path.GetFileName(file.GetProperty("name").GetString()!)))];
        Assert.Equal(12, files.Length);
        Assert.Equal(12, files.Distinct().Count());
    }

    [Fact]
    public void A_missing_part_is_an_error_and_nothing_is_reported()
    {
        string[] results = Parts(3);
        ToolRun run = ToolRun.Command("merge", results[0], results[2], "--output", $"json={folder["out.json"]}");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("shard 2 of 3 is missing", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
        Assert.False(File.Exists(folder["out.json"]));
    }

    [Fact]
    public void A_doubled_part_is_an_error()
    {
        string[] results = Parts(2);
        ToolRun run = ToolRun.Command("merge", results[0], results[1], results[1]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("are the same shard, 2/2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_different_runs_are_an_error()
    {
        string[] results = Parts(2);
        folder.Write("policies/a.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}""");
        string[] changed = Parts(2, "other");
        ToolRun run = ToolRun.Command("merge", results[0], changed[1]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("are not of one run", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, ToolRun.Command("merge", Parts(2)[0], Parts(2, "never", "--fail-on", "never")[1]).ExitCode);
    }

    [Theory]
    [InlineData("[]", "is not the result of a shard")]
    [InlineData("{\"v\": 1}", "is not the result of a shard")]
    [InlineData("{\"shard\": 1}", "is not a result of this version")]
    [InlineData("no", "is not JSON")]
    public void What_is_no_result_is_an_error(string text, string message)
    {
        ToolRun run = ToolRun.Command("merge", folder.Write("r.json", text));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"findings\"", "\"found\"")]
    [InlineData("\"rule\":", "\"role\":")]
    [InlineData("\"start\":", "\"begin\":")]
    public void A_result_that_was_changed_is_an_error(string from, string to)
    {
        string[] results = Parts(1);
        File.WriteAllText(results[0], File.ReadAllText(results[0]).Replace(from, to, StringComparison.Ordinal));
        ToolRun run = ToolRun.Command("merge", results[0]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("was changed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_format_that_the_command_lacks_is_an_error()
    {
        ToolRun run = ToolRun.Command("merge", Parts(1)[0], "--format", "ndjson");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("check has no format ndjson", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0/2")]
    [InlineData("3/2")]
    [InlineData("2")]
    [InlineData("1/0")]
    [InlineData("a/b")]
    [InlineData("1/1001")]
    public void What_is_no_part_is_a_usage_error(string shard) => Assert.Equal(2, ToolRun.Command("verify", "--shard", shard).ExitCode);

    [Fact]
    public void Parts_of_nothing_are_no_success()
    {
        Directory.CreateDirectory(folder["empty"]);
        string[] results = [.. Enumerable.Range(1, 2).Select(i => folder[$"e{i}.json"])];
        for (int i = 1; i <= 2; i++)
        {
            Assert.Equal(0, ToolRun.Command("check", folder["empty"], "--shard", $"{i}/2", "--output", $"json={results[i - 1]}").ExitCode);
        }

        ToolRun run = ToolRun.Command(["merge", .. results]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("nothing is checked", run.Error, StringComparison.Ordinal);
    }

    private string[] Parts(int count, string name = "part", params string[] options)
    {
        if (!File.Exists(folder["policies/a.json"]))
        {
            folder.Write("policies/a.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}}""");
            folder.Write("policies/b.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}}""");
        }

        string[] results = [.. Enumerable.Range(1, count).Select(i => folder[$"{name}-{i}.json"])];
        for (int i = 1; i <= count; i++)
        {
            ToolRun.Command(["check", folder["policies"], "--shard", $"{i}/{count}", "--output", $"json={results[i - 1]}", .. options]);
        }

        return results;
    }

    private static string[] Formats(string command) => command switch
    {
        "check" => ["text", "json", "sarif", "github", "junit", "markdown", "html"],
        "verify" => ["text", "json", "ndjson", "sarif", "github", "junit", "markdown", "html", "msbuild"],
        _ => ["text", "json", "sarif", "github", "junit", "markdown", "html"],
    };

    private string[] Arguments(string run) =>
    [
        .. run.Split(' ').Select(word => word switch
        {
            "@baseline" => Baseline(),
            "@waivers" => folder.Write("waivers.json", """
                [{"rule": "PSEC3005", "file": "nothing.json", "reason": "gone", "until": "2999-01-01"},
                 {"rule": "PSEC2005", "file": "power-user-before.json", "reason": "known", "until": "2999-01-01"}]
                """),
            "@approved" => folder.Write("approved.json", """
                [{"statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, "owner": "ann", "reason": "asked for", "expires": "2999-01-01"},
                 {"statement": {"Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*"}, "owner": "bob", "reason": "unused", "expires": "2999-01-01"}]
                """),
            "@broken" => Broken(),
            "@secret" => folder.Write("compose.yaml", $"services:\n  shop:\n    image: shop\n    environment:\n      DB_PASSWORD: {new Fresh(1).Password()}\n"),
            _ when word.StartsWith("samples/", StringComparison.Ordinal) => Path.Combine(Repository.Root, word),
            _ => word,
        }),
    ];

    private string Baseline()
    {
        ToolRun.Command("check", Path.Combine(Repository.Root, "samples/policies"), "--write-baseline", folder["baseline.json"]);
        string[] lines = File.ReadAllLines(folder["baseline.json"]);
        File.WriteAllLines(folder["baseline.json"], lines.Where((_, i) => i != 3));
        return folder["baseline.json"];
    }

    /// <summary>Properties of every outcome, documents with problems, waivers of no use.</summary>
    private string Broken()
    {
        folder.Write("v/app.json", """{"Version": "2012-10-17", "Statement": [{"Sid": "A", "Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]}""");
        folder.Write("v/bad.json", "{");
        folder.Write("v/stop.json", VerifyFolder.Property("ec2:StopInstances"));
        folder.Write("v/role.json", VerifyFolder.Property("iam:CreateRole"));
        return folder.Write("v/provablesec.json", """
            {
              "version": 1,
              "documents": [{"files": "*p.json", "type": "identity", "check": true}, {"files": "bad.json", "type": "scp"}],
              "stacks": {"one": {"account": "111122223333", "identityPolicies": ["app.json"]}, "two": {"account": "111122223334", "identityPolicies": ["app.json"]}},
              "properties": [
                {"id": "holds", "says": "no role", "question": "not-granted", "stacks": ["one", "two"], "forbidden": "role.json"},
                {"id": "violated", "owner": "ann", "rationale": "it costs", "question": "not-granted", "stacks": ["one", "two"], "forbidden": "stop.json"},
                {"id": "waived", "question": "not-granted", "stacks": ["one"], "forbidden": "stop.json", "waivers": [{"reason": "soon", "until": "2999-01-01", "owner": "bob"}]},
                {"id": "unused", "question": "not-granted", "stacks": ["one"], "forbidden": "role.json", "waivers": [{"reason": "soon", "until": "2999-01-01", "owner": "bob"}]},
                {"id": "expected", "question": "not-granted", "stacks": ["one"], "forbidden": "stop.json", "expect": "violated"},
                {"id": "unexpected", "question": "not-granted", "stacks": ["one"], "forbidden": "role.json", "expect": "violated"},
                {"id": "unknown", "question": "not-granted", "stacks": ["one"], "forbidden": "role.json", "budget": 1},
                {"id": "not-asked", "question": "not-granted", "stacks": ["none"], "forbidden": "role.json"}
              ]
            }
            """);
    }

    private static string Stable(string format, string text)
    {
        text = Timings.Removed(text);
        text = Numbers().Replace(text, "$1N");
        return format switch
        {
            "github" or "markdown" or "html" or "junit" or "text" or "msbuild" => Summary().Replace(Seconds().Replace(text, "T"), "S"),
            _ => text,
        };
    }

    [GeneratedRegex("""("(?:micros|millis)": ?)\d+""")]
    private static partial Regex Numbers();

    [GeneratedRegex("""time="[\d.]+"|\d+\.\d\d s""")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"\d+ ms|\d+ µs|\d+ s\b")]
    private static partial Regex Summary();
}
