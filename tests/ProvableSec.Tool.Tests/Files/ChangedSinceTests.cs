using System.Text.Json;
using ProvableSec.Tool.Tests.Verify;

namespace ProvableSec.Tool.Tests.Files;

/// <summary>Only what changed is looked at, with what depends on it, and the summary says what was not.</summary>
public sealed class ChangedSinceTests : IDisposable
{
    private const string Clean = """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}}""";
    private const string Typo = """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}}""";

    private readonly TestRepository repository = new();

    public ChangedSinceTests()
    {
        repository.Write("policies/a.json", Typo);
        repository.Write("policies/b.json", Clean);
        repository.Write("app.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*"}}""");
        repository.Write("web.json", Clean);
        repository.Write("stop.json", VerifyFolder.Property("ec2:StopInstances"));
        repository.Write("provablesec.json", """
            {"version": 1, "stacks": {"app": {"account": "111122223333", "identityPolicies": ["app.json"]}, "web": {"account": "111122223333", "identityPolicies": ["web.json"]}},
             "properties": [{"id": "app", "question": "not-granted", "stacks": ["app"], "forbidden": "stop.json"}, {"id": "web", "question": "not-granted", "stacks": ["web"], "forbidden": "stop.json"}]}
            """);
        repository.Git("add", ".");
        repository.Git("commit", "-qm", "first");
    }

    public void Dispose() => repository.Dispose();

    private ToolRun Check(params string[] options) => ToolRun.Command(["check", repository["policies"], "--changed-since", "HEAD", .. options]);

    private string[] Verified(out ToolRun run, params string[] options)
    {
        run = ToolRun.Command(["verify", repository["provablesec.json"], "--changed-since", "HEAD", "--format", "json", .. options]);
        return [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("properties").EnumerateArray()
            .Select(property => property.GetProperty("id").GetString()!)];
    }

    [Fact]
    public void Check_of_nothing_changed_passes_and_says_so()
    {
        ToolRun run = Check();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("2 files not checked, unchanged since HEAD", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A hook runs before the first commit, too.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Before_the_first_commit_of_a_branch_everything_has_changed(bool isNew)
    {
        using var other = new TestRepository();
        TestRepository used = isNew ? other : repository;
        used.Write("policies/a.json", Typo);
        used.Git("checkout", "-q", "--orphan", "another");
        ToolRun run = ToolRun.Command("check", used["policies"], "--changed-since", "HEAD");
        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain("not checked", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, ToolRun.Command("check", used["policies"], "--changed-since", "HEAD~1").ExitCode);
    }

    [Fact]
    public void Check_looks_at_changed_and_new_files()
    {
        repository.Write("policies/b.json", Typo);
        repository.Write("policies/c.json", Typo);
        ToolRun run = Check("--format", "json");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["b.json", "c.json"], JsonDocument.Parse(run.Output).RootElement.EnumerateArray()
            .Select(finding => Path.GetFileName(finding.GetProperty("file").GetString())));
        Assert.Contains("1 file not checked", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_looks_at_all_files_whose_configuration_changed()
    {
        repository.Write("provablesec.json", """{"version": 1, "documents": [{"files": "policies/*.json", "type": "identity"}]}""");
        Assert.Equal(1, Check().ExitCode);
    }

    [Fact]
    public void Check_looks_at_all_files_when_the_waivers_changed()
    {
        string waivers = repository.Write("waivers.json", "[]");
        Assert.Equal(1, Check("--waivers", waivers).ExitCode);
        repository.Git("add", ".");
        repository.Git("commit", "-qm", "waivers");
        Assert.Equal(0, Check("--waivers", waivers).ExitCode);
    }

    [Fact]
    public void Verify_of_nothing_changed_passes_and_says_so()
    {
        Assert.Empty(Verified(out ToolRun run));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("2 properties not asked, unchanged since HEAD",
            ToolRun.Command("verify", repository["provablesec.json"], "--changed-since", "HEAD").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_asks_the_properties_that_rest_on_a_changed_policy()
    {
        repository.Write("app.json", Clean);
        Assert.Equal(["app"], Verified(out ToolRun run));
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("stop.json")]
    [InlineData("provablesec.json")]
    public void Verify_asks_all_where_what_they_share_changed(string file)
    {
        repository.Write(file, File.ReadAllText(repository[file]) + "\n");
        Assert.Equal(["app", "web"], Verified(out ToolRun run));
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public void Verify_asks_all_where_a_dump_changed()
    {
        repository.Write("dump.json", """{"UserDetailList": [], "GroupDetailList": [], "Policies": [], "RoleDetailList": [{"RoleName": "r", "Arn": "arn:aws:iam::111122223333:role/r", "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []}, "RolePolicyList": [], "AttachedManagedPolicies": []}]}""");
        repository.Write("provablesec.json", """
            {"version": 1, "stacks": {"roles": {"each": "role", "files": "dump.json"}, "web": {"account": "111122223333", "identityPolicies": ["web.json"]}},
             "properties": [{"id": "roles", "question": "not-granted", "stacks": ["roles"], "forbidden": "stop.json"}, {"id": "web", "question": "not-granted", "stacks": ["web"], "forbidden": "stop.json"}]}
            """);
        repository.Git("add", ".");
        repository.Git("commit", "-qm", "dump");
        Assert.Empty(Verified(out _));
        repository.Write("dump.json", File.ReadAllText(repository["dump.json"]).Replace("\"r\"", "\"s\"", StringComparison.Ordinal));
        Assert.Equal(["roles", "web"], Verified(out _));
    }

    [Fact]
    public void Verify_asks_all_where_a_file_is_gone_from_a_folder_it_reads()
    {
        repository.Write("spare.json", Clean);
        repository.Git("add", ".");
        repository.Git("commit", "-qm", "spare");
        File.Delete(repository["spare.json"]);
        Assert.Equal(["app", "web"], Verified(out _));
    }

    [Fact]
    public void The_parts_of_what_changed_are_merged_too()
    {
        repository.Write("policies/b.json", Typo);
        for (int i = 1; i <= 2; i++)
        {
            Check("--shard", $"{i}/2", "--output", $"json={repository[$".git/{i}.json"]}");
        }

        ToolRun merged = ToolRun.Command("merge", repository[".git/1.json"], repository[".git/2.json"]), whole = Check();
        Assert.Equal((whole.ExitCode, whole.Output), (merged.ExitCode, merged.Output));
        Assert.Contains("1 file not checked, unchanged since HEAD", merged.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_revision_is_an_error()
    {
        ToolRun run = ToolRun.Command("check", repository["policies"], "--changed-since", "nonesuch");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("nonesuch is not a revision of this repository", run.Error, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        run = ToolRun.Command("check", folder.Write("p.json", Clean), "--changed-since", "HEAD");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("needs a git repository", run.Error, StringComparison.Ordinal);
    }
}
