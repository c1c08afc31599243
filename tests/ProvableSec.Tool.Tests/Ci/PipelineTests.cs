using System.Text.Json;
using System.Xml.Linq;

namespace ProvableSec.Tool.Tests.Ci;

/// <summary>The scripts of the templates for GitLab and Azure Pipelines, and the hooks for pre-commit, run as these systems do.</summary>
public sealed class PipelineTests : IDisposable
{
    private readonly CiJob job = new();

    public void Dispose() => job.Dispose();

    private void NewAccess()
    {
        job.Write("work/policies/app.json", CiJob.Policy("s3:*"));
        job.Commit("work", "more");
    }

    private (int ExitCode, string Output) GitLab()
    {
        JsonElement template = CiJob.Yaml("ci/gitlab.yml").GetProperty("provablesec");
        foreach (JsonProperty variable in template.GetProperty("variables").EnumerateObject())
        {
            job.Environment.TryAdd(variable.Name, variable.Value.GetString()!);
        }

        job.Environment["CI_PROJECT_DIR"] = job["work"];
        string[] lines = [.. template.GetProperty("before_script").EnumerateArray().Concat(template.GetProperty("script").EnumerateArray())
            .Select(line => line.GetString()!)];
        return job.Bash(string.Join('\n', lines), ["-eo", "pipefail"]);
    }

    [Fact]
    public void A_merge_request_with_new_access_fails_in_GitLab_and_leaves_reports()
    {
        NewAccess();
        job.Environment["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] = "main";
        (int code, string output) = GitLab();
        Assert.Equal(1, code);
        Assert.Contains("1 line of new access in 1 policy", output, StringComparison.Ordinal);
        Assert.Equal("1", (string?)XDocument.Parse(job.Read("work/.provablesec/diff.xml")).Root!.Attribute("failures"));
        Assert.True(File.Exists(job["work/.provablesec/diff.html"]));
        job.Environment["PROVABLESEC_ARGUMENTS"] = "--fail-on public";
        Assert.Equal(0, GitLab().ExitCode);
    }

    [Fact]
    public void A_pipeline_with_nothing_to_do_fails()
    {
        Assert.Equal(2, GitLab().ExitCode);
        Assert.Equal(2, Azure().ExitCode);
    }

    [Fact]
    public void Properties_are_proved_in_both()
    {
        job.Write("work/provablesec.json", """{"version": 1, "stacks": {"app": {"account": "111122223333", "identityPolicies": ["policies/app.json"]}}, "properties": [{"id": "no", "question": "not-granted", "stacks": ["app"], "forbidden": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}}}]}""");
        Assert.Equal(0, GitLab().ExitCode);
        Assert.Equal(0, Azure().ExitCode);
        Assert.Equal("1", (string?)XDocument.Parse(job.Read("temp/provablesec/verify.xml")).Root!.Attribute("tests"));
    }

    private (int ExitCode, string Output) Azure()
    {
        JsonElement template = CiJob.Yaml("ci/azure-pipelines.yml");
        foreach (JsonElement parameter in template.GetProperty("parameters").EnumerateArray())
        {
            job.Values.TryAdd("parameters." + parameter.GetProperty("name").GetString(), parameter.GetProperty("default").GetString()!);
        }

        job.Environment["AGENT_TEMPDIRECTORY"] = job["temp"];
        string log = "";
        foreach (JsonElement step in template.GetProperty("steps").EnumerateArray().Where(step => step.TryGetProperty("bash", out _)))
        {
            (int code, string output) = job.Bash(step.GetProperty("bash").GetString()!, ["--noprofile", "--norc"], [.. job.EnvironmentOf(step)]);
            log += output;
            if (code != 0)
            {
                return (code, log);
            }
        }

        return (0, log);
    }

    [Fact]
    public void A_pull_request_with_new_access_fails_in_Azure_Pipelines_and_its_comment_is_in_the_summary()
    {
        NewAccess();
        job.Environment["SYSTEM_PULLREQUEST_TARGETBRANCH"] = "refs/heads/main";
        (int code, string output) = Azure();
        Assert.Equal(1, code);
        Assert.Contains($"##vso[task.uploadsummary]{job["temp/provablesec/diff.md"]}", output, StringComparison.Ordinal);
        Assert.Contains("### ✗ 1 line of new access", job.Read("temp/provablesec/diff.md"), StringComparison.Ordinal);
    }

    /// <summary>Before 3.2, pre-commit has other names for some stages, and refuses the whole file for one that it does not know.</summary>
    [Fact]
    public void Hooks_name_only_stages_that_every_pre_commit_knows() => Assert.Equal(["commit-msg"], CiJob.Yaml(".pre-commit-hooks.yaml").EnumerateArray()
        .SelectMany(hook => hook.TryGetProperty("stages", out JsonElement stages) ? stages.EnumerateArray().Select(stage => stage.GetString()!) : [])
            .Distinct());

    [Fact]
    public void The_hooks_of_pre_commit_find_what_is_about_to_be_committed()
    {
        Dictionary<string, string> hooks = CiJob.Yaml(".pre-commit-hooks.yaml").EnumerateArray()
            .ToDictionary(hook => hook.GetProperty("id").GetString()!, hook =>
        {
            Assert.Equal("system", hook.GetProperty("language").GetString());
            return hook.GetProperty("entry").GetString()!;
        });
        foreach (string id in (string[])["provablesec-scan", "provablesec-check"])
        {
            Assert.Equal(0, job.Bash(hooks[id], ["-e"]).ExitCode);
        }

        job.Write("work/policies/new.json", CiJob.Policy("s3:GetObjct"));
        var fresh = new Fresh(29);
        job.Write("work/notes.txt", $"aws_access_key_id = {fresh.AccessKeyId()}\naws_secret_access_key = {fresh.SecretKey()}\n");
        job.Git("work", "add", ".");
        foreach (string id in (string[])["provablesec-scan", "provablesec-check"])
        {
            Assert.Equal(1, job.Bash(hooks[id], ["-e"]).ExitCode);
        }

        job.Write("work/message", "words\n");
        Assert.Equal(0, job.Bash(hooks["provablesec-scan-message"] + " message", ["-e"]).ExitCode);
    }

    [Fact]
    public void Tasks_and_actions_of_others_are_pinned_or_of_the_system()
    {
        Assert.All(CiJob.Yaml("ci/azure-pipelines.yml").GetProperty("steps").EnumerateArray(),
            step => Assert.True(step.TryGetProperty("bash", out _) || step.GetProperty("task").GetString() == "PublishTestResults@2"));
    }
}
