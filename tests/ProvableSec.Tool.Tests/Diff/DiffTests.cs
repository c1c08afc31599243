using System.Text.Json;

namespace ProvableSec.Tool.Tests.Diff;

/// <summary><c>diff</c> over repositories that a test makes, and over files.</summary>
public sealed class DiffTests : IDisposable
{
    private const string Read = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::logs/*"}]}""";
    private const string ReadAndWrite = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::logs/*"}]}""";
    private const string ReadInOtherWords = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:getobject"],"Resource":["arn:aws:s3:::logs/*"]}]}""";

    private readonly TestRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Fact]
    public void The_default_is_the_default_branch_against_the_working_tree()
    {
        Commit(("app.json", Read), ("same.json", Read));
        repository.Write("app.json", ReadAndWrite);
        var run = Diff();
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            $"""
             main ({Head()}) → the working tree

             app.json  identity policy
               + may      s3:PutObject
                 on       arn:aws:s3:::logs/*
                 such as  arn:aws:iam::111122223333:role/someone · s3:PutObject · arn:aws:s3:::logs/example

             1 line of new access in 1 policy.

             """.ReplaceLineEndings("\n"),
            run.Output);
        Assert.StartsWith("1 policy changed: 1 line of access added, 0 removed · 1 policy unchanged · ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_revisions_are_read_from_git()
    {
        Commit(("app.json", Read));
        repository.Git("checkout", "-q", "-b", "change");
        Commit(("app.json", ReadAndWrite));
        repository.Git("checkout", "-q", "main");
        JsonElement change = OnlyChange("main..change");
        Assert.Equal("may s3:PutObject on arn:aws:s3:::logs/*", Assert.Single(change.GetProperty("added").EnumerateArray()).GetProperty("says").GetString());
    }

    [Fact]
    public void What_the_default_branch_got_since_is_no_change()
    {
        Commit(("app.json", Read));
        repository.Git("checkout", "-q", "-b", "change");
        repository.Git("checkout", "-q", "main");
        Commit(("other.json", Read));
        repository.Git("checkout", "-q", "change");
        Assert.Equal(0, Diff("main").ExitCode);
    }

    [Fact]
    public void Other_words_for_the_same_are_proved_to_be_the_same_and_counted()
    {
        Commit(("app.json", Read));
        repository.Write("app.json", ReadInOtherWords);
        var run = Diff();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("No new access.", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 proved to allow the same", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_policy_shows_what_it_grants_and_one_that_goes_what_goes_with_it()
    {
        Commit(("old.json", Read));
        File.Delete(repository["old.json"]);
        repository.Write("new.json", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:*","Resource":"*"}]}""");
        JsonElement[] changes = [.. Json().GetProperty("changes").EnumerateArray()];
        Assert.Equal(["added", "removed"], changes.Select(change => change.GetProperty("change").GetString()));
        Assert.Equal("may sqs:* on *", changes[0].GetProperty("added")[0].GetProperty("says").GetString());
        Assert.Equal("may s3:GetObject on arn:aws:s3:::logs/*", changes[1].GetProperty("removed")[0].GetProperty("says").GetString());
    }

    [Fact]
    public void A_file_that_moves_is_known_again_by_its_content()
    {
        Commit(("a/app.json", Read));
        repository.Git("mv", "a/app.json", "app.json");
        repository.Write("app.json", ReadAndWrite);
        JsonElement change = OnlyChange();
        Assert.Equal(("moved", "app.json", "a/app.json"), (change.GetProperty("change").GetString(), change.GetProperty("file").GetString(),
            change.GetProperty("movedFrom").GetString()));
        Assert.Equal(1, change.GetProperty("added").GetArrayLength());
        Assert.Equal(0, change.GetProperty("removed").GetArrayLength());
    }

    [Fact]
    public void A_line_is_a_policy_that_approves_it()
    {
        Commit(("app.json", Read));
        repository.Write("app.json", ReadAndWrite);
        string policy = OnlyChange().GetProperty("added")[0].GetProperty("policy").GetRawText();
        string approvals = repository.Write(
            "approved.txt",
            $$"""
            [{"policy":{{policy}},"owner":"ann","reason":"uploads","expires":"2999-01-01"},
             {"statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*"},"owner":"bob","reason":"queues","expires":"2999-01-01"},
             {"statement":{"Effect":"Allow","Action":"*","Resource":"*"},"owner":"eve","reason":"all","expires":"2020-01-01"}]
            """);
        var run = Diff("--allow", approvals);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("approved by ann until 2999-01-01: uploads", run.Output, StringComparison.Ordinal);
        Assert.Contains("the approval of bob approves nothing of this change", run.Error, StringComparison.Ordinal);
        Assert.Contains("the approval of eve expired on 2020-01-01", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_are_compared_without_a_repository()
    {
        using var folder = new TemporaryFolder();
        var run = ToolRun.Command("diff", folder.Write("old.json", Read), folder.Write("new.json", ReadAndWrite), "--format", "json");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(1, JsonDocument.Parse(run.Output).RootElement.GetProperty("newAccess").GetInt32());
    }

    [Fact]
    public void What_only_the_deployment_knows_has_its_name()
    {
        const string Template = """
            {"Resources":{"Bucket":{"Type":"AWS::S3::Bucket"},"Policy":{"Type":"AWS::IAM::ManagedPolicy","Properties":{"PolicyDocument":
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":{"Fn::Sub":"${Bucket.Arn}/*"}}]}}}}}
            """;
        Commit(("template.json", Template));
        repository.Write("template.json", Template.Replace("s3:GetObject", "s3:*", StringComparison.Ordinal));
        JsonElement change = OnlyChange();
        Assert.Equal("may s3:* on arn:aws:s3:::${Bucket.Arn}/*; besides s3:GetObject on arn:aws:s3:::${Bucket.Arn}/*",
            change.GetProperty("added")[0].GetProperty("says").GetString());
        Assert.Contains("known only at deployment", change.GetProperty("given")[0].GetString(), StringComparison.Ordinal);
        repository.Write("template.json", Template.Replace("${Bucket.Arn}", "${Other.Arn}", StringComparison.Ordinal));
        Assert.Equal(1, OnlyChange().GetProperty("added").GetArrayLength());
    }

    [Fact]
    public void A_policy_that_cannot_be_read_is_unknown_and_hides_no_other()
    {
        Commit(("app.json", Read), ("broken.json", Read));
        repository.Write("app.json", ReadAndWrite);
        repository.Write("broken.json", Read.Replace("Allow", "Alow", StringComparison.Ordinal));
        var run = Diff("--fail-on", "never");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("s3:PutObject", run.Output, StringComparison.Ordinal);
        Assert.Contains("? unknown: AWS would refuse the policy", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nosuch", "nosuch is not a revision of this repository")]
    [InlineData("main..nosuch", "nosuch is not a revision of this repository")]
    public void A_revision_that_is_not_there_is_refused(string range, string words)
    {
        Commit(("app.json", Read));
        var run = Diff(range);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shallow_clone_says_what_to_do()
    {
        Commit(("app.json", Read));
        repository.Git("checkout", "-q", "-b", "change");
        Commit(("app.json", ReadAndWrite));
        using var clone = new TemporaryFolder();
        repository.Git("clone", "-q", "--depth", "1", "--no-single-branch", "file://" + repository[""].TrimEnd('/'), clone["c"]);
        var run = ToolRun.Command("diff", "origin/main", "--repository", clone["c"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the clone is shallow", run.Error, StringComparison.Ordinal);
        Assert.Contains("git fetch --unshallow", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_compare_is_no_success()
    {
        Commit(("notes.json", "{}"));
        var run = Diff();
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("has a policy, template, account dump or plan, so nothing is compared", run.Error, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        folder.Write("a.json", Read);
        Assert.Contains("not a git repository", ToolRun.Command("diff", "--repository", folder[""]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_comment_is_the_same_each_time_and_takes_no_markup_from_files()
    {
        Commit(("app.json", Read));
        repository.Write("a`<b>|@x.json", ReadAndWrite.Replace("logs", "<img src=x>|`@all`", StringComparison.Ordinal));
        string first = Diff("--format", "markdown").Output;
        Assert.Equal(first, Diff("--format", "markdown", "--jobs", "1").Output);
        Assert.StartsWith("### ✗ 1 line of new access in 1 policy\n", first, StringComparison.Ordinal);
        Assert.Contains("<details><summary><code>a`&lt;b&gt;|&#64;x.json</code>", first, StringComparison.Ordinal);
        Assert.DoesNotContain(first.Split('\n'), line => line.StartsWith("<img", StringComparison.Ordinal));
        Assert.Contains("``may s3:GetObject, s3:PutObject on arn:aws:s3:::<img src=x>|`@all`/*``", first, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_format_has_the_line_and_takes_no_command_from_files()
    {
        Commit(("app.json", Read));
        repository.Write("app.json", ReadAndWrite.Replace("logs/*", "logs/%0A::error::x/*", StringComparison.Ordinal));
        Assert.StartsWith("::error file=app.json,line=1,col=1,title=New access%3A app.json::may s3:PutObject on arn:aws:s3:::logs/%250A::error::x/*", Diff("--format", "github").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\n::error::", Diff("--format", "github").Output, StringComparison.Ordinal);
        JsonElement sarif = JsonDocument.Parse(Diff("--format", "sarif").Output).RootElement;
        JsonElement result = sarif.GetProperty("runs")[0].GetProperty("results")[0];
        Assert.Equal(("new-access", "app.json"), (result.GetProperty("ruleId").GetString(),
            result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()));
        string page = Diff("--format", "html").Output;
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Contains("<dt>may</dt><dd><code>s3:", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Public_access_and_ways_to_more_access_are_failures_of_their_own()
    {
        Commit(("app.json", Read), ("bucket.json", Bucket("\"arn:aws:iam::111122223333:root\"")));
        repository.Write("app.json", ReadAndWrite);
        Assert.Equal((0, 0, 0, 1), (Diff("--fail-on", "public").ExitCode, Diff("--fail-on", "escalation").ExitCode, Diff("--fail-on", "never").ExitCode,
            Diff().ExitCode));
        repository.Write("bucket.json", Bucket("\"*\""));
        Assert.Equal(1, Diff("--fail-on", "public").ExitCode);
        repository.Write("app.json", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:PutRolePolicy","Resource":"*"}]}""");
        Assert.Equal(1, Diff("--fail-on", "escalation").ExitCode);

        static string Bucket(string principal) => $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":{{{principal}}}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::logs/*"}]}""";
    }

    [Fact]
    public void A_control_policy_that_is_deleted_is_one_by_the_configuration_and_lets_through_what_it_denied()
    {
        Commit(
            ("provablesec.json", """{"version":1,"documents":[{"files":"guardrails/*.json","type":"scp"}],"stacks":{},"properties":[]}"""),
            ("guardrails/buckets.json", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}]}"""));
        File.Delete(repository["guardrails/buckets.json"]);
        JsonElement change = OnlyChange();
        Assert.Equal(("removed", "scp"), (change.GetProperty("change").GetString(), change.GetProperty("type").GetString()));
        Assert.Equal("may s3:DeleteBucket on *", change.GetProperty("added")[0].GetProperty("says").GetString());
    }

    private void Commit(params (string Name, string Text)[] files)
    {
        foreach ((string name, string text) in files)
        {
            repository.Write(name, text);
        }

        repository.Git("symbolic-ref", "HEAD", repository.Git("for-each-ref", "refs/heads").Length == 0 ? "refs/heads/main"
            : repository.Git("symbolic-ref", "HEAD").Trim());
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "change");
    }

    private string Head() => repository.Git("rev-parse", "HEAD")[..10];

    private ToolRun Diff(params string[] arguments) => ToolRun.Command(["diff", .. arguments, "--repository", repository[""]]);

    private JsonElement Json(params string[] arguments) => JsonDocument.Parse(Diff([.. arguments, "--format", "json"]).Output).RootElement;

    private JsonElement OnlyChange(params string[] arguments) => Assert.Single(Json(arguments).GetProperty("changes").EnumerateArray());
}
