using System.Text.Json;

namespace ProvableSec.Tool.Tests.Scan;

/// <summary>What <c>scan PATH…</c> finds, as a user meets it.</summary>
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
        run.AssertHides(secret, id);
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
        run.AssertHides(secret, id);

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
    public void A_clean_folder_is_a_success()
    {
        folder.Write("a.txt", "nothing\n");
        ToolRun run = ToolRun.Command("scan", folder[""]);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Equal("1 text (0.0 MB): no credentials", run.Error.Trim());
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
}
