using System.Text.Json;
using System.Xml.Linq;

namespace ProvableSec.Tool.Tests.Outputs;

/// <summary>One run, several files of several formats beside standard output.</summary>
public sealed class OutputTests : IDisposable
{
    private const string Broad = """{"Version": "2012-10-17", "Statement": [{"Sid": "Pass", "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}]}""";
    private const string Narrow = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}]}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string File(string name) => System.IO.File.ReadAllText(folder[name]);

    [Fact]
    public void Several_files_of_several_formats_are_written_in_one_run()
    {
        string policy = folder.Write("p.json", Broad);
        ToolRun run = ToolRun.Command("check", policy, "--format", "github", "--output", $"json={folder["a/out.json"]}", "--output", $"sarif={folder["a/out.sarif"]}", "-o", $"html={folder["out.html"]}",
            "-o", $"junit={folder["out.xml"]}", "-o", $"markdown={folder["out.md"]}", "-o", $"text={folder["out.txt"]}");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("::", run.Output, StringComparison.Ordinal);
        foreach ((string format, string file) in (ReadOnlySpan<(string, string)>)[("json", "a/out.json"), ("sarif", "a/out.sarif"), ("html", "out.html"), ("junit", "out.xml"), ("markdown", "out.md"), ("text", "out.txt")])
        {
            Assert.Equal(ToolRun.Command("check", policy, "--format", format).Output, File(file));
        }
    }

    [Theory]
    [InlineData("sarif", "--output is written FORMAT=FILE, with a format among text, json, sarif")]
    [InlineData("out.sarif", "--output is written FORMAT=FILE")]
    [InlineData("pdf=out.pdf", "'pdf=out.pdf' is not")]
    [InlineData("json=", "--output json= needs a file")]
    [InlineData("json=-", "--output json= needs a file; standard output has the format that --format names")]
    public void What_is_no_output_is_a_usage_error(string output, string message)
    {
        ToolRun run = ToolRun.Command("check", folder.Write("p.json", Narrow), "--output", output);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_file_twice_is_a_usage_error()
    {
        ToolRun run = ToolRun.Command("check", folder.Write("p.json", Narrow), "--output", $"json={folder["o"]}", "--output", $"sarif={folder["o"]}");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("twice", run.Error, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(folder["o"]));
    }

    [Fact]
    public void A_file_that_cannot_be_written_leaves_the_others_alone_and_is_exit_code_2()
    {
        folder.Write("taken/x", "");
        ToolRun run = ToolRun.Command("check", folder.Write("p.json", Broad), "--output", $"json={folder["taken"]}", "--output", $"markdown={folder["out.md"]}");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("taken cannot be written", run.Error, StringComparison.Ordinal);
        Assert.Contains("PSEC2", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("### ✗ 1 ", File("out.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void JUnit_of_check_fails_what_counts_and_passes_the_files_without_findings()
    {
        folder.Write("broad.json", Broad);
        folder.Write("narrow.json", Narrow);
        XElement suite = XDocument.Parse(ToolRun.Command("check", folder[""], "--format", "junit").Output).Root!;
        Assert.Equal(("2", "1", "0"), ((string?)suite.Attribute("tests"), (string?)suite.Attribute("failures"), (string?)suite.Attribute("errors")));
        Assert.EndsWith("narrow.json", (string?)suite.Elements().First().Attribute("name"), StringComparison.Ordinal);
        suite = XDocument.Parse(ToolRun.Command("check", folder[""], "--format", "junit", "--fail-on", "never").Output).Root!;
        Assert.Equal("0", (string?)suite.Attribute("failures"));
    }

    [Fact]
    public void JUnit_of_diff_fails_the_policies_with_new_access()
    {
        string before = folder.Write("before/p.json", Narrow), after = folder.Write("after/p.json", Broad);
        XElement suite = XDocument.Parse(ToolRun.Command("diff", before, after, "--format", "junit").Output).Root!;
        XElement failure = Assert.Single(suite.Elements("testcase").Elements("failure"));
        Assert.Contains("iam:PassRole", (string?)failure.Attribute("message"), StringComparison.Ordinal);
        suite = XDocument.Parse(ToolRun.Command("diff", before, after, "--format", "junit", "--fail-on", "never").Output).Root!;
        Assert.Equal("0", (string?)suite.Attribute("failures"));
    }

    [Fact]
    public void Ask_has_a_page_a_table_and_tests()
    {
        string dump = folder.Write("dump.json", $$"""
            {"UserDetailList": [{"UserName": "ann", "Arn": "arn:aws:iam::111122223333:user/ann", "UserPolicyList": [{"PolicyName": "p", "PolicyDocument": {{Narrow}}}], "GroupList": [], "AttachedManagedPolicies": []}],
             "GroupDetailList": [], "RoleDetailList": [], "Policies": []}
            """);
        ToolRun run = ToolRun.Command("ask", "who-can", "s3:GetObject", "--dump", dump, "--output", $"html={folder["a.html"]}", "--output", $"markdown={folder["a.md"]}", "--output", $"junit={folder["a.xml"]}");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("<h1>Who can s3:GetObject on *</h1>", File("a.html"), StringComparison.Ordinal);
        Assert.Contains("<code>arn:aws:iam::111122223333:user/ann</code>", File("a.html"), StringComparison.Ordinal);
        Assert.Contains("| `arn:aws:iam::111122223333:user/ann` | `s3:GetObject` | `arn:aws:s3:::reports/*` |", File("a.md"), StringComparison.Ordinal);
        XElement suite = XDocument.Parse(File("a.xml")).Root!;
        Assert.Equal("0", (string?)suite.Attribute("skipped"));
        Assert.Contains(suite.Elements("testcase"), test => ((string)test.Attribute("name")!).StartsWith("arn:aws:iam::111122223333:user/ann: may s3:GetObject", StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_of_verify_explains_as_the_terminal_does()
    {
        folder.Write("app.json", Broad);
        folder.Write("pass.json", """{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}}""");
        string configuration = folder.Write("provablesec.json", """
            {"version": 1, "stacks": {"app": {"account": "111122223333", "identityPolicies": ["app.json"]}},
             "properties": [{"id": "no-pass", "says": "Nobody passes <any> role", "question": "not-granted", "stacks": ["app"], "forbidden": "pass.json"}]}
            """);
        string page = ToolRun.Command("verify", configuration, "--format", "html").Output;
        Assert.Contains("<h1 class=\"bad\">1 property: 1 violated</h1>", page, StringComparison.Ordinal);
        Assert.Contains("Nobody passes &lt;any&gt; role", page, StringComparison.Ordinal);
        Assert.Contains("A request that gets through", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"strong\">Allowed by </span>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_hold_no_color_where_a_terminal_has_it()
    {
        string policy = folder.Write("p.json", Broad);
        ToolRun run = ToolRun.OnTerminal("", "check", policy, "--output", $"text={folder["out.txt"]}");
        Assert.Contains('\u001b', run.Output);
        Assert.DoesNotContain('\u001b', File("out.txt"));
    }

    [Fact]
    public void The_answers_of_scan_go_to_files_too()
    {
        string file = folder.Write("a.txt", "nothing here");
        Assert.Equal(0, ToolRun.Command("scan", file, "--output", $"json={folder["out.json"]}").ExitCode);
        Assert.Equal(0, JsonDocument.Parse(File("out.json")).RootElement.GetArrayLength());
    }
}
