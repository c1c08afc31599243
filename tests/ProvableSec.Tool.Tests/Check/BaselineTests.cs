using System.Text.Json;

namespace ProvableSec.Tool.Tests.Check;

/// <summary>Findings that were there before.</summary>
public sealed class BaselineTests : IDisposable
{
    private const string PassRole = """{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}""";
    private const string Misspelled = """{"Sid": "Reads", "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "arn:aws:s3:::b/*"}""";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Broken => new()
    {
        { "{", "b.json:1:2: " },
        { "[]", "b.json:1:1: expected a baseline" },
        { """{"findings": []}""", "b.json:1:1: the baseline has no \"version\"" },
        { """{"version": 2, "findings": []}""", "b.json:1:13: this version of provablesec reads baselines of version 1" },
        { """{"version": 1}""", "the baseline has no \"findings\"" },
        { """{"version": 1, "findings": {}}""", "b.json:1:28: \"findings\" must be a list; this is an object" },
        { """{"version": 1, "findings": [], "more": 1}""", "\"more\" is not a member of a baseline" },
        { "{\"version\": 1, \"findings\": [\n  1]}", "b.json:2:3: expected a finding; this is a number" },
        { """{"version": 1, "findings": [{"rule": "PSEC2107", "file": "a.json"}]}""", "the finding has no \"fingerprint\"" },
        { """{"version": 1, "findings": [{"rule": "PSEC2107", "file": "a.json", "fingerprint": "12"}]}""",
            "b.json:1:83: a fingerprint has 64 hexadecimal digits" },
        { """{"version": 1, "findings": [{"rule": "PSEC2107", "file": "a.json", "fingerprint": "12", "count": 0}]}""", "\"count\" must be a whole number from 1" },
    };

    [Fact]
    public void Only_new_findings_count()
    {
        Write(PassRole);
        ToolRun written = Check("--write-baseline", Baseline);
        Assert.Equal(0, written.ExitCode);
        Assert.Contains("PSEC2107", written.Output, StringComparison.Ordinal);
        Assert.Matches("b.json holds [0-9]+ findings?\\.", written.Error);
        ToolRun same = Check("--baseline", Baseline);
        Assert.Equal((0, ""), (same.ExitCode, same.Output));
        Assert.Contains("no new findings", same.Error, StringComparison.Ordinal);
        Assert.Contains(" of the baseline", same.Error, StringComparison.Ordinal);
        Write(Misspelled + ", " + PassRole);
        ToolRun more = Check("--baseline", Baseline);
        Assert.Equal(1, more.ExitCode);
        Assert.Contains("PSEC3005", more.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PSEC2107", more.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_statement_like_a_known_one_is_new()
    {
        Write(PassRole);
        Check("--write-baseline", Baseline);
        Write(PassRole + ", " + PassRole);
        ToolRun run = Check("--baseline", Baseline);
        Assert.Equal(1, run.Output.Split("warning PSEC2107").Length - 1);
    }

    [Fact]
    public void A_copy_of_a_file_has_new_findings()
    {
        Write(PassRole);
        Check("--write-baseline", Baseline);
        folder.Write("p/x/a.json", File.ReadAllText(folder["p/a.json"]));
        ToolRun run = Check("--baseline", Baseline);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("p/x/a.json", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("p/a.json", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_that_are_gone_are_told()
    {
        Write(PassRole + ", " + Misspelled);
        Check("--write-baseline", Baseline, "--ignore", "PSEC2003");
        Write(PassRole);
        ToolRun run = Check("--baseline", Baseline, "--ignore", "PSEC2003");
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Contains("1 finding of the baseline is gone: write it anew with --write-baseline ", run.Error, StringComparison.Ordinal);
        File.Delete(folder["p/a.json"]);
        folder.Write("p/b.json", PolicyJson.Document(Misspelled.Replace("GetObjct", "GetObject", StringComparison.Ordinal)));
        Assert.Matches("[0-9] findings of the baseline are gone", Check("--baseline", Baseline).Error);
    }

    [Fact]
    public void What_is_not_checked_is_not_gone()
    {
        Write(PassRole);
        folder.Write("q/b.json", PolicyJson.Document(Misspelled));
        ToolRun.Command("check", folder["p"], folder["q"], "--write-baseline", Baseline);
        Assert.DoesNotContain("gone", Check("--baseline", Baseline).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_the_same_however_the_findings_are_found_and_holds_nothing_of_the_policy()
    {
        Write(PassRole + ", " + Misspelled);
        folder.Write("p/b.json", PolicyJson.Document(Misspelled));
        Check("--write-baseline", Baseline, "--jobs", "1");
        string first = File.ReadAllText(Baseline);
        ToolRun.Command("check", folder["p/b.json"], folder["p/a.json"], "--write-baseline", Baseline);
        Assert.Equal(first, File.ReadAllText(Baseline));
        foreach (string secret in (string[])["iam:", "s3:", "Reads", "arn:"])
        {
            Assert.DoesNotContain(secret, first, StringComparison.Ordinal);
        }

        Assert.Equal(["p/a.json", "p/b.json"], JsonDocument.Parse(first).RootElement.GetProperty("findings").EnumerateArray()
            .Select(finding => finding.GetProperty("file").GetString()).Distinct());
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_baseline_ends_the_run_with_its_place(string text, string message)
    {
        Write(PassRole);
        File.WriteAllText(Baseline, text);
        ToolRun run = Check("--baseline", Baseline);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_that_is_not_there_ends_the_run() => Assert.Equal(2, Check("--baseline", folder["none.json"]).ExitCode);

    [Fact]
    public void What_cannot_be_read_leaves_the_baseline_as_it_was()
    {
        Write(PassRole);
        File.WriteAllText(Baseline, "as it was");
        ToolRun run = ToolRun.Command("check", folder["p"], folder["none.json"], "--write-baseline", Baseline);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is not written", run.Error, StringComparison.Ordinal);
        Assert.Equal("as it was", File.ReadAllText(Baseline));
    }

    [Fact]
    public void No_link_of_a_repository_chooses_what_is_overwritten()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        Write(PassRole);
        Directory.CreateDirectory(folder["p/.git"]);
        string victim = folder.Write("victim", "as it was");
        File.CreateSymbolicLink(folder["p/b.json"], victim);
        ToolRun run = Check("--write-baseline", folder["p/b.json"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("a link leads out of the repository", run.Error, StringComparison.Ordinal);
        Assert.Equal("as it was", File.ReadAllText(victim));
    }

    [Fact]
    public void What_is_waived_is_neither_written_nor_gone()
    {
        Write(PassRole);
        Check("--write-baseline", Baseline);
        string waivers = folder.Write("w.json", """[{"rule": "PSEC2107", "file": "p/a.json", "reason": "the pipeline needs it", "until": "2999-01-31"}]""");
        ToolRun run = Check("--baseline", Baseline, "--waivers", waivers);
        Assert.DoesNotContain("gone", run.Error, StringComparison.Ordinal);
        Check("--write-baseline", Baseline, "--waivers", waivers);
        Assert.DoesNotContain("PSEC2107", File.ReadAllText(Baseline), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_format_has_the_new_findings_and_Sarif_the_state_of_each()
    {
        Write(PassRole + ", " + Misspelled);
        Check("--write-baseline", Baseline);
        Write(PassRole + ", " + """{"Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "arn:aws:s3:::b/*"}""");
        foreach (string format in (string[])["text", "json", "github", "asff"])
        {
            ToolRun run = Check("--baseline", Baseline, "--format", format, "--account", "111122223333", "--region", "eu-west-1");
            Assert.Equal(1, run.ExitCode);
            Assert.Contains("PSEC3005", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("PSEC2107", run.Output, StringComparison.Ordinal);
        }

        ToolRun sarif = Check("--baseline", Baseline, "--format", "sarif");
        Assert.Equal(1, sarif.ExitCode);
        string[] states = [.. JsonDocument.Parse(sarif.Output).RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
            .Select(result => $"{result.GetProperty("ruleId").GetString()} {result.GetProperty("baselineState").GetString()}")];
        Assert.Contains("PSEC2107 unchanged", states);
        Assert.Contains("PSEC3005 new", states);
        Assert.Contains("PSEC3005 absent", states);
        JsonElement without = JsonDocument.Parse(Check("--format", "sarif").Output).RootElement.GetProperty("runs")[0].GetProperty("results");
        Assert.DoesNotContain(without.EnumerateArray(), result => result.TryGetProperty("baselineState", out _));
    }

    [Fact]
    public void A_batch_takes_no_baseline() => Assert.Equal(2, ToolRun.Of("", "check", "--batch", "-", "--baseline", "b.json").ExitCode);

    public void Dispose() => folder.Dispose();

    private string Baseline => folder["b.json"];

    private void Write(string statements) => folder.Write("p/a.json", PolicyJson.Document(statements));

    private ToolRun Check(params string[] more) => ToolRun.Command(["check", folder["p"], .. more]);
}
