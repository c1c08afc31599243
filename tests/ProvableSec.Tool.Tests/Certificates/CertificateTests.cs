using System.Text.Json;

namespace ProvableSec.Tool.Tests.Certificates;

/// <summary>Certificates written, checked, and refused when somebody has been at them.</summary>
public sealed class CertificateTests : IDisposable
{
    private const string Get = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}""";
    private const string Every = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}""";
    private const string Holds = $$"""{"id":"q","question":"no-new-access","policy":{{Get}},"baseline":{{Every}}}""";
    private const string Violated = $$"""{"id":"r","question":"no-new-access","policy":{{Every}},"baseline":{{Get}}}""";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Answers_of_a_batch_name_their_certificates_or_say_why_they_have_none()
    {
        var run = ToolRun.Of(Holds + "\n" + Violated, "prove", "--batch", "-", "--certificate", folder["c"]);
        Assert.Equal(1, run.ExitCode);
        string file = run.Answers[0].GetProperty("certificate").GetProperty("file").GetString()!;
        Assert.Equal([file], Directory.GetFiles(folder["c"]));
        Assert.StartsWith("q-", Path.GetFileName(file), StringComparison.Ordinal);
        Assert.Equal("""{"none":"the witness shows it"}""", run.Answers[1].GetProperty("certificate").GetRawText());
    }

    [Fact]
    public void Nobody_who_does_not_ask_gets_one() =>
        Assert.False(ToolRun.Of(Holds, "prove", "--batch", "-").Answers[0].TryGetProperty("certificate", out _));

    [Fact]
    public void A_certificate_that_was_written_is_confirmed_in_words()
    {
        (string policy, string file) = Prove();
        var run = ToolRun.Command("certificate", "check", file);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal($"✓ {file}  valid", run.Lines[0]);
        Assert.Equal($"    proved: every request that {policy} allows, {folder["all.json"]} allows", run.Lines[1]);
        Assert.Matches(@"^    \d+ clauses?, \d+ lemmas?, \d+ steps?$", run.Lines[^2]);
        Assert.Equal($"    about the policies as they stand in it; --compare-files compares them with {policy}, {folder["all.json"]}", run.Lines[^1]);
    }

    [Fact]
    public void A_tampered_certificate_is_refused()
    {
        (_, string file) = Prove();
        string text = File.ReadAllText(file);
        folder.Write("tampered.json", text.Replace(@"\""s3:Get*\""", @"\""s3:*\"",\""sqs:*\""", StringComparison.Ordinal));
        Assert.NotEqual(text, File.ReadAllText(folder["tampered.json"]));
        var run = ToolRun.Command("certificate", "check", folder["tampered.json"], file);
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal($"✗ {folder["tampered.json"]}  refused", run.Lines[0]);
        Assert.Contains($"✓ {file}  valid", run.Lines);
    }

    [Fact]
    public void A_certificate_about_what_a_file_said_once_is_a_finding()
    {
        (string policy, string file) = Prove();
        Assert.Equal(0, ToolRun.Command("certificate", "check", file, "--compare-files", "--allow-outside").ExitCode);
        File.WriteAllText(policy, Every);
        Assert.Equal(0, ToolRun.Command("certificate", "check", file).ExitCode);
        var run = ToolRun.Command("certificate", "check", file, "--compare-files", "--allow-outside");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"    but {policy} is another policy now than the one it is about", run.Lines[^1]);
    }

    [Fact]
    public void The_files_that_a_certificate_names_are_not_opened_unless_asked_nor_elsewhere()
    {
        (string policy, string file) = Prove();
        File.Delete(policy);
        Assert.Equal((0, ""), (ToolRun.Command("certificate", "check", file) is var plain ? plain.ExitCode : 0, plain.Error));
        var outside = ToolRun.Command("certificate", "check", file, "--compare-files");
        Assert.Equal(2, outside.ExitCode);
        Assert.Contains("lies outside of", outside.Error, StringComparison.Ordinal);
        var gone = ToolRun.Command("certificate", "check", file, "--compare-files", "--allow-outside");
        Assert.Equal(2, gone.ExitCode);
        Assert.Contains($"{policy} does not exist", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_is_bad_input_and_the_rest_is_checked()
    {
        (_, string file) = Prove();
        folder.Write("broken.json", "{");
        var run = ToolRun.Command("certificate", "check", folder["nowhere.json"], folder["broken.json"], file);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("nowhere.json", run.Error, StringComparison.Ordinal);
        Assert.Equal($"✗ {folder["broken.json"]}  refused", run.Lines[0]);
        Assert.Contains($"✓ {file}  valid", run.Lines);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_bad_input()
    {
        folder.Write("file", "");
        var run = ToolRun.Of(Holds, "prove", "--batch", "-", "--certificate", Path.Combine(folder["file"], "c"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("cannot be written", run.Error, StringComparison.Ordinal);
        Assert.Equal("holds", run.Answers[0].GetProperty("verdict").GetString());
    }

    [Fact]
    public void Every_stack_of_a_property_has_a_certificate_of_its_own()
    {
        folder.Write("get.json", Get);
        folder.Write("all.json", Every);
        folder.Write("list.json", Get.Replace("s3:Get*", "s3:List*", StringComparison.Ordinal));
        folder.Write("iam.json", Get.Replace("s3:Get*", "iam:*", StringComparison.Ordinal));
        string configuration = folder.Write("provablesec.json", """
            {"version":1,
             "stacks":{"a":{"identityPolicies":["get.json"]},"b":{"identityPolicies":["list.json"]}},
             "properties":[{"id":"no-iam","says":"Nobody touches IAM","question":"not-granted","stacks":["a","b"],"forbidden":"iam.json"}]}
            """);
        var run = ToolRun.Command("verify", configuration, "--certificate", folder["c"], "--format", "ndjson");
        Assert.Equal(0, run.ExitCode);
        JsonElement files = run.Answers[0].GetProperty("certificate").GetProperty("files");
        Assert.Equal(Directory.GetFiles(folder["c"], "no-iam-*.json").Order(StringComparer.Ordinal),
            files.EnumerateArray().Select(f => f.GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(2, files.GetArrayLength());
        var check = ToolRun.Command(["certificate", "check", .. Directory.GetFiles(folder["c"])]);
        Assert.Equal(0, check.ExitCode);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A proof about two files, with its certificate.</summary>
    private (string Policy, string Certificate) Prove()
    {
        folder.Write("get.json", Get);
        folder.Write("all.json", Every);
        var run = ToolRun.Command("prove", "no-new-access", "--policy", folder["get.json"], "--baseline", folder["all.json"], "--certificate", folder["c"]);
        Assert.Equal(0, run.ExitCode);
        string file = Assert.Single(Directory.GetFiles(folder["c"]));
        Assert.Contains($"    certificate  {file}", run.Lines);
        return (folder["get.json"], file);
    }
}
