namespace ProvableSec.Tool.Tests.Files;

/// <summary>What a pull request holds leads to no file outside of it, and nothing in it is waited for.</summary>
public sealed class InputScopeTests : IDisposable
{
    private const string Policy = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}""";
    private const string Forbidden = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:*","Resource":"*"}}""";

    private readonly TestRepository repository = new();
    private readonly TemporaryFolder outside = new();

    public InputScopeTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        outside.Write("policy.json", Policy);
        outside.Write("inner/policy.json", Policy);
        repository.Write("good.json", Policy);
        repository.Write("forbidden.json", Forbidden);
        repository.Write("config/here", "");
    }

    public static TheoryData<string> WaysOut => ["link.json", "linked/policy.json", "two.json", "config/../link.json", "loop.json", "absolute", "relative",
        ".git/policy.json", "into-git.json", "GIT~1/policy.json", "sub/.Git. /policy.json", ".g\u200Cit/policy.json"];

    [Theory]
    [MemberData(nameof(WaysOut))]
    public void A_configuration_reads_nothing_outside(string way)
    {
        string path = Lead(way);
        string file = repository.Write("provablesec.json", Configuration($$"""{"files":"{{path}}","type":"identity"}""", path));
        ToolRun run = ToolRun.Command("verify", file);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(way.Contains("git", StringComparison.OrdinalIgnoreCase) || way[0] == '.' ? "lies in the .git of" : way == "loop.json" ? "in a circle"
            : "lies outside of", run.Error, StringComparison.Ordinal);
        Assert.Contains("provablesec.json:1:", run.Error, StringComparison.Ordinal);
        if (way != "loop.json")
        {
            Assert.Contains("--allow-outside", run.Error, StringComparison.Ordinal);
            Assert.Equal(0, ToolRun.Command("verify", file, "--allow-outside").ExitCode);
        }
    }

    [Theory]
    [MemberData(nameof(WaysOut))]
    public void Questions_and_cases_and_organizations_read_nothing_outside(string way)
    {
        string path = Lead(way);
        string question = repository.Write("q.ndjson", $$"""{"id":"q","question":"not-granted","policy":"{{path}}","forbidden":"forbidden.json"}""" + "\n");
        string single = repository.Write("q.json", $$"""{"question":"not-granted","policy":"{{path}}","forbidden":"forbidden.json"}""");
        string cases = repository.Write("cases.ndjson", $$"""{"identityPolicies":["{{path}}"],"request":{"principal":"arn:aws:iam::111122223333:user/a","action":"s3:GetObject","resource":"arn:aws:s3:::b/k","context":{} } }""" + "\n");
        string dump = repository.Write("dump.json", """{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[],"Policies":[]}""");
        string organization = repository.Write("o.json", $$"""{"organization":{"id":"o-abcdefghij"},"serviceControlPolicies":{"root":["{{path}}"]} }""");
        foreach (string[] command in (string[][])[["prove", "--batch", question], ["prove", single], ["simulate", cases],
            ["ask", "who-can", "s3:GetObject", "--dump", dump, "--organization", organization]])
        {
            ToolRun run = ToolRun.Command(command);
            Assert.Equal(2, run.ExitCode);
            Assert.Matches("lies outside of|lies in |in a circle", run.Output + run.Error);
            Assert.DoesNotMatch("lies outside of|lies in /", ToolRun.Command([.. command, "--allow-outside"]).Error);
        }
    }

    [Theory]
    [InlineData("policies/*.json", true)]
    [InlineData("policies/*/*.json", true)]
    [InlineData("policies/**/*.json", true)]
    [InlineData("policies/sub/*.json", false)]
    [InlineData("policies/sub/**/*.json", false)]
    public void A_pattern_finds_nothing_outside_and_says_so(string pattern, bool inCheck)
    {
        repository.Write("policies/good.json", Policy);
        repository.Write("policies/deep/good.json", Policy);
        File.CreateSymbolicLink(repository["policies/link.json"], outside["policy.json"]);
        File.CreateSymbolicLink(repository["policies/deep/link.json"], outside["policy.json"]);
        Directory.CreateSymbolicLink(repository["policies/sub"], outside["inner"]);
        string file = repository.Write("provablesec.json", Configuration($$"""{"files":"{{pattern}}","type":"identity"}""", "good.json"));
        // What stands before the wildcards on the command line, the user has named.
        foreach (string[] command in inCheck ? (string[][])[["verify", file], ["check", repository[pattern]]] : [["verify", file]])
        {
            ToolRun run = ToolRun.Command(command);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("lies outside of", run.Error, StringComparison.Ordinal);
            Assert.InRange(ToolRun.Command([.. command, "--allow-outside"]).ExitCode, 0, 1);
        }
    }

    [Fact]
    public void A_pattern_does_not_walk_the_whole_disk()
    {
        string file = repository.Write("provablesec.json", Configuration("""{"files":"/**/*.json","type":"identity"},{"files":"../../../../../../**/*.json","type":"identity"}""", "good.json"));
        ToolRun run = ToolRun.Command("verify", file);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(2, run.Error.Split('\n').Count(line => line.Contains("lies outside of", StringComparison.Ordinal)));
        Assert.DoesNotContain(outside["policy.json"], run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_and_paths_inside_the_repository_are_followed()
    {
        repository.Write("policies/real/a.json", Policy);
        File.CreateSymbolicLink(repository["policies/b.json"], "real/a.json");
        Directory.CreateSymbolicLink(repository["config/linked"], repository["policies/real"]);
        string file = repository.Write("config/provablesec.json", Configuration(
            """{"files":"../policies/*.json","type":"identity"},{"files":"linked/a.json","type":"identity"}""", "../good.json", "../forbidden.json"));
        Assert.Equal(0, ToolRun.Command("verify", file).ExitCode);
    }

    [Fact]
    public void What_the_command_line_names_is_read_wherever_it_is()
    {
        File.CreateSymbolicLink(repository["link.json"], outside["policy.json"]);
        Assert.Equal(0, ToolRun.Command("prove", "not-granted", "--policy", repository["link.json"], "--forbid", "iam:*").ExitCode);
        Assert.Equal(0, ToolRun.Command("check", repository["link.json"], "--fail-on", "error").ExitCode);
    }

    [Fact]
    public void A_configuration_that_nobody_named_is_one_of_the_repository()
    {
        outside.Write("provablesec.json", Configuration($$"""{"files":"policy.json","type":"identity"}""", "policy.json", "policy.json"));
        File.CreateSymbolicLink(repository["provablesec.json"], outside["provablesec.json"]);
        ToolProcess run = ToolProcess.Run(repository[""], null, "verify");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("provablesec.json lies outside of", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_what_is_known_are_those_of_the_repository()
    {
        foreach (string name in (string[])[".provablesec-allowed", ".gitallowed"])
        {
            using var other = new TestRepository();
            other.Write("a.txt", $"AWS_SECRET_ACCESS_KEY={new Fresh(9).SecretKey()}\n");
            outside.Write("list", ".*\n");
            File.CreateSymbolicLink(other[name], outside["list"]);
            ToolRun run = ToolRun.Command("scan", other[""]);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains($"{name} lies outside of", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_pipe_that_was_not_named_is_waited_for()
    {
        repository.Write("policies/good.json", Policy);
        foreach (string pipe in (string[])["policies/pipe.json", "policies/a.txt", ".provablesec-allowed", ".gitallowed"])
        {
            UnixFile.MakePipe(repository[pipe]);
        }

        string file = repository.Write("provablesec.json", Configuration("""{"files":"policies/*.json","type":"identity"}""", "policies/pipe.json"));
        // Each would wait for ever.
        Assert.Equal(2, ToolRun.Command("verify", file).ExitCode);
        Assert.Equal(0, ToolRun.Command("check", repository["policies"], "--fail-on", "error").ExitCode);
        Assert.Equal(1, ToolRun.Command("check", repository["policies/*.json"], "--fail-on", "error").ExitCode);
        Assert.Equal(0, ToolRun.Command("scan", repository[""]).ExitCode);
    }

    [Fact]
    public async Task A_pipe_or_device_that_was_named_is_read()
    {
        UnixFile.MakePipe(repository["pipe.json"]);
        var writing = Task.Run(() => File.WriteAllText(repository["pipe.json"], Policy), TestContext.Current.CancellationToken);
        Assert.Equal(0, ToolRun.Command("check", repository["pipe.json"], "--fail-on", "error").ExitCode);
        await writing;
        Assert.Contains("is larger than the limit", ToolRun.Command("check", "/dev/zero").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[default]\naws_secret_access_key = {0}\n")]
    [InlineData("{{\"password\": \"{0}\"}}")]
    [InlineData("{{\"password\": {0}}}")]
    [InlineData("[{0}]")]
    [InlineData("{{\"a\":1, \"a\":2}} {0}")]
    public void No_text_of_a_file_that_is_no_policy_is_shown(string content)
    {
        string secret = new Fresh(11).SecretKey();
        string file = outside.Write("credentials.json", string.Format(System.Globalization.CultureInfo.InvariantCulture, content, secret));
        foreach (string[] command in (string[][])
            [
                ["check", file], ["check", outside["*.json"]], ["verify", file], ["prove", file], ["prove", "--batch", file], ["prove", "--filter", file],
                    ["simulate", file], ["certificate", "check", file],
                ["ask", "who-can", "s3:*", "--dump", file], ["check", "--batch", file], ["check", repository["good.json"], "--waivers", file],
                    ["check", repository["good.json"], "--last-accessed", file],
                ["prove", "not-granted", "--policy", file, "--forbid", "s3:*"], ["trim", "--rules", file, file], ["scan", "--baseline", file, repository[""]],
            ])
        {
            // The run itself asserts that no part of the secret is in its output.
            ToolRun run = ToolRun.Command(command);
            Assert.DoesNotContain("│", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_text_of_a_policy_with_a_mistake_is_shown()
    {
        foreach (string broken in (string[])[Policy[..^1], Policy.Replace("Statement", "Statment", StringComparison.Ordinal)])
        {
            Assert.Contains("│", ToolRun.Command("check", outside.Write("broken.json", broken)).Output, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        repository.Dispose();
        outside.Dispose();
    }

    private static string Configuration(string documents, string policy, string forbidden = "forbidden.json") =>
        $$"""{"version":1,"documents":[{{documents}}],"properties":[{"id":"p","question":"not-granted","policy":"{{policy}}","forbidden":"{{forbidden}}"}]}""";

    /// <summary>Makes what leads out of the repository, or in a circle, or into its .git.</summary>
    private string Lead(string way)
    {
        File.CreateSymbolicLink(repository["link.json"], outside["policy.json"]);
        File.CreateSymbolicLink(repository["two.json"], "link.json");
        File.CreateSymbolicLink(repository["loop.json"], "loop.json");
        Directory.CreateSymbolicLink(repository["linked"], Path.GetRelativePath(repository[""], outside[""]));
        foreach (string folder in (string[])[".git", "GIT~1", "sub/.Git. ", ".g\u200Cit"])
        {
            repository.Write(folder + "/policy.json", Policy);
        }

        File.CreateSymbolicLink(repository["into-git.json"], ".git/policy.json");
        return way switch
        {
            "absolute" => outside["policy.json"],
            "relative" => Path.GetRelativePath(repository[""], outside["policy.json"]),
            _ => way,
        };
    }
}
