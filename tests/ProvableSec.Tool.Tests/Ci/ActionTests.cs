using System.IO.Compression;
using System.Text.Json;

namespace ProvableSec.Tool.Tests.Ci;

/// <summary>The steps of action.yml, run one after the other as GitHub does.</summary>
public sealed class ActionTests : IDisposable
{
    private readonly CiJob job = new();
    private readonly JsonElement action = CiJob.Yaml("action.yml");

    public ActionTests()
    {
        foreach (JsonProperty input in action.GetProperty("inputs").EnumerateObject())
        {
            job.Values["inputs." + input.Name] = job.Filled(input.Value.GetProperty("default").ToString());
        }

        job.Values["github.base_ref"] = "main";
        job.Values["github.event.number"] = "7";
        job.Values["github.repository"] = "owner/name";
        job.Values["github.sha"] = new string('a', 40);
        job.Values["github.ref"] = "refs/pull/7/merge";
        job.Environment["RUNNER_TEMP"] = job["temp"];
        job.Environment["GITHUB_OUTPUT"] = job["temp/output"];
        job.Environment["GITHUB_PATH"] = job["temp/path"];
        job.Environment["GITHUB_STEP_SUMMARY"] = job["temp/summary"];
    }

    public void Dispose() => job.Dispose();

    /// <summary>Runs all steps; a failed one ends the job.</summary>
    private (int ExitCode, string Output) Run()
    {
        string log = "";
        foreach (JsonElement step in action.GetProperty("runs").GetProperty("steps").EnumerateArray())
        {
            Assert.Equal("bash", step.GetProperty("shell").GetString());
            (int code, string output) = job.Bash(job.Filled(step.GetProperty("run").GetString()!), ["--noprofile", "--norc", "-eo", "pipefail"],
                [.. job.EnvironmentOf(step)]);
            log += output;
            if (code != 0)
            {
                return (code, log);
            }

            foreach (string[] pair in step.TryGetProperty("id", out JsonElement id)
                ? job.Read("temp/output").Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2) : [])
            {
                job.Values[$"steps.{id.GetString()}.outputs.{pair[0]}"] = pair[1];
            }
        }

        return (0, log);
    }

    private void NewAccess()
    {
        job.Write("work/policies/app.json", CiJob.Policy("s3:*"));
        job.Commit("work", "more");
    }

    [Fact]
    public void New_access_fails_the_job_and_becomes_a_comment()
    {
        NewAccess();
        (int code, string output) = Run();
        Assert.Equal(1, code);
        Assert.Contains("::error file=policies/app.json", output, StringComparison.Ordinal);
        Assert.Contains("--method POST repos/owner/name/issues/7/comments", job.Read("gh.log"), StringComparison.Ordinal);
        Assert.StartsWith("<!-- provablesec diff -->\n### ✗ 1 line of new access in 1 policy\n", job.Read("temp/sent-body"), StringComparison.Ordinal);
        Assert.Contains("1 line of new access", job.Read("temp/summary"), StringComparison.Ordinal);
        Assert.DoesNotContain("code-scanning", job.Read("gh.log"), StringComparison.Ordinal);
        Assert.All((string[])["md", "sarif", "xml", "html"], extension => Assert.True(new FileInfo(job["temp/provablesec/diff." + extension]).Length > 0));
    }

    [Fact]
    public void A_change_without_new_access_passes_and_the_known_comment_is_kept_up_to_date()
    {
        job.Write("work/readme.md", "nothing");
        job.Commit("work", "words");
        job.Write("gh.known", "4711\n");
        Assert.Equal(0, Run().ExitCode);
        Assert.Contains("--method PATCH repos/owner/name/issues/comments/4711", job.Read("gh.log"), StringComparison.Ordinal);
        Assert.StartsWith("<!-- provablesec diff -->\n### ✓ No new access\n", job.Read("temp/sent-body"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_may_not_comment_changes_no_result()
    {
        job.Write("gh.fails", "");
        job.Values["inputs.sarif"] = "true";
        (int code, string output) = Run();
        Assert.Equal(0, code);
        Assert.Contains("::notice::the comment was not written", output, StringComparison.Ordinal);
        Assert.Contains("::notice::diff.sarif was not uploaded", output, StringComparison.Ordinal);
        NewAccess();
        Assert.Equal(1, Run().ExitCode);
    }

    [Fact]
    public void Findings_are_uploaded_as_code_scanning_takes_them()
    {
        NewAccess();
        job.Values["inputs.sarif"] = "true";
        job.Values["inputs.comment"] = "false";
        Run();
        string log = job.Read("gh.log");
        Assert.Contains("--method POST repos/owner/name/code-scanning/sarifs --field commit_sha=" + new string('a', 40), log, StringComparison.Ordinal);
        Assert.DoesNotContain("comments", log, StringComparison.Ordinal);
        using var zip = new GZipStream(new MemoryStream(Convert.FromBase64String(job.Read("temp/sent-sarif"))), CompressionMode.Decompress);
        Assert.Equal("2.1.0", JsonDocument.Parse(zip).RootElement.GetProperty("version").GetString());
    }

    [Fact]
    public void Properties_and_files_are_looked_at_too_and_the_worst_counts()
    {
        job.Values["github.base_ref"] = "";
        job.Write("work/provablesec.json", """{"version": 1, "stacks": {"app": {"account": "111122223333", "identityPolicies": ["policies/app.json"]}}, "properties": [{"id": "no", "question": "not-granted", "stacks": ["app"], "forbidden": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}}}]}""");
        Assert.Equal(0, Run().ExitCode);
        Assert.Contains("✓", job.Read("temp/summary"), StringComparison.Ordinal);
        job.Values["inputs.check"] = "policies nonesuch.json";
        Assert.Equal(2, Run().ExitCode);
    }

    [Fact]
    public void A_job_with_nothing_to_do_fails()
    {
        job.Values["github.base_ref"] = "";
        (int code, string output) = Run();
        Assert.Equal(2, code);
        Assert.Contains("::error::provablesec has nothing to do", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_wanted_version_is_installed_from_the_wanted_source()
    {
        job.InstallTools();
        job.Values["inputs.version"] = "1.2.3";
        job.Values["inputs.source"] = "my feed";
        Assert.Equal(0, Run().ExitCode);
        string tools = job["temp/provablesec-tools"];
        Assert.Equal($"tool install provablesec --tool-path {tools} --version 1.2.3 --add-source my feed\n", job.Read("dotnet.log"));
        Assert.Equal(tools + "\n", job.Read("temp/path"));
    }

    [Fact]
    public void Inputs_are_words_and_no_commands()
    {
        NewAccess();
        job.Values["inputs.base"] = "main; touch owned";
        job.Values["inputs.fail-on"] = "$(touch owned)";
        job.Values["inputs.configuration"] = "`touch owned`";
        Assert.Equal(2, Run().ExitCode);
        Assert.False(File.Exists(job["work/owned"]));
        // Only what is set as a variable is a word; nothing of a pull request stands in a script.
        Assert.All(action.GetProperty("runs").GetProperty("steps").EnumerateArray(),
            step => Assert.DoesNotContain("${{", step.GetProperty("run").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_of_others_is_used() =>
        Assert.All(action.GetProperty("runs").GetProperty("steps").EnumerateArray(), step => Assert.False(step.TryGetProperty("uses", out _)));
}
