namespace ProvableSec.Tool.Tests.Configurations;

/// <summary><c>"baseline": "git:main"</c>: policies compared with what they were.</summary>
public sealed class RevisionBaselineTests : IDisposable
{
    private const string Read = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::logs/*"}]}""";
    private const string ReadAndWrite = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::logs/*"}]}""";

    private readonly TestRepository repository = new();

    public RevisionBaselineTests()
    {
        repository.Git("checkout", "-q", "-b", "main");
        repository.Write("policies/a.json", Read);
        repository.Write("policies/b.json", ReadAndWrite);
        Commit();
    }

    public void Dispose() => repository.Dispose();

    [Fact]
    public void Nothing_changed_and_less_access_hold()
    {
        repository.Write("policies/b.json", Read);
        ToolRun run = Verify(Each("git:main"));
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("✓ wider", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 pairs of stack and property", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Each_policy_is_compared_with_its_own_file()
    {
        // Both are the same now: only their baselines tell them apart.
        repository.Write("policies/a.json", ReadAndWrite);
        ToolRun run = Verify(Each("git:main"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("✗ wider", run.Output, StringComparison.Ordinal);
        Assert.Contains("(stack policies/a.json)", run.Output, StringComparison.Ordinal);
        Assert.Contains("s3:PutObject", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("(stack policies/b.json)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_committed_change_of_a_branch_counts_as_well()
    {
        repository.Git("checkout", "-q", "-b", "change");
        repository.Write("policies/a.json", ReadAndWrite);
        Commit();
        Assert.Equal(1, Verify(One("git:main")).ExitCode);
        Assert.Equal(0, Verify(One("git:change")).ExitCode);
        Assert.Equal(1, Verify(One("git:HEAD~1")).ExitCode);
        Assert.Equal(1, Verify(One($"git:{repository.Git("rev-parse", "main").Trim()}")).ExitCode);
    }

    [Fact]
    public void A_new_file_is_new_access_and_a_warning_says_why()
    {
        repository.Write("policies/new.json", Read);
        ToolRun run = Verify(Each("git:main"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("(stack policies/new.json)", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"provablesec\.json:2:\d+: .*policies/new\.json is not a file in main \([0-9a-f]{10}\), so that everything that it allows is new", run.Output.ReplaceLineEndings(" "));
    }

    [Fact]
    public void A_new_file_that_allows_nothing_is_no_new_access()
    {
        repository.Write("policies/new.json", """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}""");
        Assert.Equal(0, Verify(Each("git:main").Replace("}", """, "vacuous": "allow"}""", StringComparison.Ordinal)).ExitCode);
    }

    [Fact]
    public void The_configuration_may_lie_in_a_folder_of_the_repository()
    {
        repository.Write("policies/a.json", ReadAndWrite);
        ToolRun run =
            ToolRun.Command("verify", repository.Write("gate/provablesec.json",
            Configuration(One("git:main").Replace("policies/a.json", "../policies/a.json", StringComparison.Ordinal))));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("s3:PutObject", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("git:", "\"git:\" names no revision; write git:main for the branch main")]
    [InlineData("git:mian", "the baseline git:mian cannot be read: mian is not a revision of this repository; git fetch brings those of the remote")]
    [InlineData("git:--help", "the baseline git:--help cannot be read: --help is not a revision of this repository")]
    [InlineData("git:main:policies/a.json", "main:policies/a.json is not a revision of this repository")]
    public void A_revision_that_is_none_is_exit_2_with_its_place(string baseline, string message)
    {
        ToolRun run = Verify(One(baseline));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Matches(@"provablesec\.json:2:\d+: ", run.Error);
        Assert.Contains("! wider", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_branch_of_the_remote_is_what_is_proposed()
    {
        repository.Git("update-ref", "refs/remotes/origin/release", "main");
        ToolRun run = Verify(One("git:release"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("release is not a revision of this repository, and origin/release is: write that, or git fetch origin release:release", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, Verify(One("git:origin/release")).ExitCode);
    }

    [Fact]
    public void A_shallow_clone_says_how_to_get_the_revision()
    {
        repository.Git("tag", "first");
        repository.Write("policies/a.json", ReadAndWrite);
        Commit();
        using var clone = new TemporaryFolder();
        repository.Git("clone", "-q", "--depth", "1", "file://" + repository[""], clone["clone"]);
        ToolRun run = ToolRun.Command("verify", clone.Write("clone/provablesec.json", Configuration(One("git:first"))));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("first is not a revision of this repository; the clone is shallow: git fetch --unshallow, or fetch-depth: 0 in the checkout step", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_repository_is_exit_2()
    {
        using var folder = new TemporaryFolder();
        folder.Write("policies/a.json", Read);
        ToolRun run = ToolRun.Command("verify", folder.Write("provablesec.json", Configuration(One("git:main"))));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is not in a git repository, or git is not installed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_no_policy_is_exit_2_with_its_place_at_the_revision()
    {
        repository.Write("policies/a.json", "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [{\"Effect\": \"Allows\"}]}");
        Commit();
        repository.Write("policies/a.json", Read);
        ToolRun run = Verify(One("git:main"));
        Assert.Equal(2, run.ExitCode);
        Assert.Matches(@"policies/a\.json@main:3:\d+: ", run.Error);
    }

    [Fact]
    public void A_policy_that_is_written_out_has_no_baseline_in_git()
    {
        ToolRun run = Verify("""{"id": "wider", "question": "no-new-access", "policy": {"Version":"2012-10-17","Statement":[]}, "baseline": "git:main"}""");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("this property has no policy that is a file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_that_compares_nothing_does_not_read_it()
    {
        ToolRun run = Verify("""{"id": "wider", "question": "no-public-access", "policy": "policies/a.json", "baseline": "git:main"}""");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no-public-access does not read baseline, which is for no-new-access and equivalent", run.Error, StringComparison.Ordinal);
    }

    private static string Each(string baseline) => $$"""{"id": "wider", "question": "no-new-access", "policies": "policies/*.json", "baseline": "{{baseline}}"}""";

    private static string One(string baseline) => $$"""{"id": "wider", "question": "no-new-access", "policy": "policies/a.json", "baseline": "{{baseline}}"}""";

    private static string Configuration(string property, string members = "") => $$"""
        {"version": 1, {{members}} "properties": [
          {{property}}]}
        """;

    private ToolRun Verify(string property, string members = "") => ToolRun.Command("verify",
        repository.Write("provablesec.json", Configuration(property, members)));

    private void Commit()
    {
        repository.Git("add", "policies");
        repository.Git("commit", "-q", "-m", "Change policies");
    }
}
