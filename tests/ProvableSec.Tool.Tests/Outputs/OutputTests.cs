using System.Text.Json;
using System.Text.RegularExpressions;
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
        ToolRun run = ToolRun.Command("check", policy, "--format", "github", "--output", $"json={folder["a/out.json"]}", "--output",
            $"sarif={folder["a/out.sarif"]}", "-o", $"html={folder["out.html"]}",
            "-o", $"junit={folder["out.xml"]}", "-o", $"markdown={folder["out.md"]}", "-o", $"text={folder["out.txt"]}");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("::", run.Output, StringComparison.Ordinal);
        foreach ((string format, string file) in (ReadOnlySpan<(string, string)>)[("json", "a/out.json"), ("sarif", "a/out.sarif"), ("html", "out.html"),
            ("junit", "out.xml"), ("markdown", "out.md"), ("text", "out.txt")])
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
        ToolRun run = ToolRun.Command("check", folder.Write("p.json", Broad), "--output", $"json={folder["taken"]}", "--output",
            $"markdown={folder["out.md"]}");
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
        ToolRun run = ToolRun.Command("ask", "who-can", "s3:GetObject", "--dump", dump, "--output", $"html={folder["a.html"]}", "--output",
            $"markdown={folder["a.md"]}", "--output", $"junit={folder["a.xml"]}");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("<h1>Who can s3:GetObject on *</h1>", File("a.html"), StringComparison.Ordinal);
        Assert.Contains("<code>arn:aws:iam::111122223333:user/ann</code>", File("a.html"), StringComparison.Ordinal);
        Assert.Contains("| `arn:aws:iam::111122223333:user/ann` | `s3:GetObject` | `arn:aws:s3:::reports/*` |", File("a.md"), StringComparison.Ordinal);
        XElement suite = XDocument.Parse(File("a.xml")).Root!;
        Assert.Equal("0", (string?)suite.Attribute("skipped"));
        Assert.Contains(suite.Elements("testcase"), test => ((string)test.Attribute("name")!)
            .StartsWith("arn:aws:iam::111122223333:user/ann: may s3:GetObject", StringComparison.Ordinal));
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

    [Fact]
    public void Prove_writes_its_answer_in_every_format()
    {
        string policy = folder.Write("p.json", Broad);
        string[] formats = ["text", "json", "ndjson", "junit", "markdown", "html"],
            line = ["prove", "not-granted", "--policy", policy, "--forbid", "iam:PassRole"];
        ToolRun run = ToolRun.Command([.. line, .. formats.SelectMany(format => (string[])["--output", $"{format}={folder["out." + format]}"])]);
        Assert.Equal(1, run.ExitCode);
        Assert.All(formats, format => Assert.Equal(Timeless(ToolRun.Command([.. line, "--format", format]).Output), Timeless(File("out." + format))));
        Assert.Contains("A request that gets through", File("out.html"), StringComparison.Ordinal);
        Assert.Contains("\n  action      iam:PassRole\n", File("out.markdown"), StringComparison.Ordinal);
        XElement suite = XDocument.Parse(File("out.junit")).Root!;
        Assert.Contains("iam:PassRole", (string?)Assert.Single(suite.Elements("testcase").Elements("failure")).Attribute("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "--filter @", "junit", "what is proved of a filter is written as text, json, ndjson, not as junit")]
    [InlineData("", "--batch @", "html", "the answers of a batch are ndjson or text, not html")]
    public void A_format_that_an_answer_has_not_is_a_usage_error(string input, string question, string format, string message)
    {
        ToolRun run = ToolRun.Command(["prove", .. question.Replace("@", folder.Write("in", input), StringComparison.Ordinal).Split(' '), "--output",
            $"{format}={folder["out"]}"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(folder["out"]));
    }

    [Fact]
    public void The_answers_of_check_on_a_batch_go_to_no_file()
    {
        ToolRun run = ToolRun.Command("check", "--batch", folder.Write("in", ""), "--output", $"json={folder["out"]}");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--output takes no batch", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Both streams of answers, for a batch, whose lines several workers answer, and for one document.</summary>
    [Theory]
    [InlineData("simulate", "ndjson", "text")]
    [InlineData("simulate", "text", "ndjson")]
    [InlineData("prove --batch", "ndjson", "text")]
    [InlineData("prove --batch", "text", "ndjson")]
    public void Answers_that_are_written_as_they_come_go_to_files_too(string command, string standard, string other)
    {
        string[] lines = [.. Enumerable.Range(0, 500).Select(i => command == "simulate"
            ? $$$"""{"id":"c{{{i}}}","identityPolicies":[{{{Narrow}}}],"request":{"principal":"arn:aws:iam::111122223333:user/a","action":"s3:{{{(i % 3 == 0 ? "Get" : "Put")}}}Object","resource":"arn:aws:s3:::reports/k"}}"""
            : $$$"""{"id":"q{{{i}}}","question":"can","policy":{{{Narrow}}},"request":{"action":"s3:{{{(i % 3 == 0 ? "Get" : "Put")}}}Object"}}"""), "nonsense"];
        string input = folder.Write("in", string.Join('\n', lines) + "\n");
        string[] args = [.. command.Split(' '), input, "--jobs", "2"];
        ToolRun run = ToolRun.Command([.. args, "--format", standard, "--output", $"{other}={folder["a/other"]}", "--output", $"{standard}={folder["same"]}"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(run.Output, File("same"));
        Assert.Equal(501, run.Output.Split('\n').Count(line => line.Length > 0 && line[0] != ' '));
        Assert.Equal(Timeless(ToolRun.Command([.. args, "--format", other]).Output), Timeless(File("a/other")));
    }

    [Fact]
    public void The_cases_of_a_document_go_to_files_too()
    {
        string cases = folder.Write("in.json", $$$"""
            {"cases": [{"id": "one", "identityPolicies": [{{{Narrow}}}], "request": {"principal": "arn:aws:iam::111122223333:user/a", "action": "s3:GetObject", "resource": "arn:aws:s3:::reports/k"}}]}
            """);
        ToolRun run = ToolRun.OnTerminal("", "simulate", cases, "--format", "text", "--output", $"ndjson={folder["out.ndjson"]}", "--output",
            $"text={folder["out.txt"]}");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\u001b[32mallow", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("one  allow  allowed by ", File("out.txt"), StringComparison.Ordinal);
        Assert.Equal("allow", JsonDocument.Parse(File("out.ndjson")).RootElement.GetProperty("decision").GetString());
    }

    [Fact]
    public void A_file_that_takes_no_answers_leaves_the_others_alone()
    {
        folder.Write("taken/x", "");
        string cases = folder.Write("in.json", $$$"""{"identityPolicies": [{{{Narrow}}}], "request": {"principal": "arn:aws:iam::111122223333:user/a", "action": "s3:GetObject", "resource": "arn:aws:s3:::reports/k"}}""");
        ToolRun run = ToolRun.Command("simulate", cases, "--output", $"text={folder["taken"]}", "--output", $"ndjson={folder["out"]}");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("taken cannot be written", run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Output, File("out"));
    }

    [Fact]
    public void What_cannot_be_read_leaves_no_file()
    {
        ToolRun run = ToolRun.Command("simulate", folder["nowhere"], "--output", $"text={folder["new/out"]}");
        Assert.Equal(2, run.ExitCode);
        Assert.False(Directory.Exists(folder["new"]));
    }

    [Fact]
    public void Escalation_is_written_in_every_format_in_one_run()
    {
        string dump = folder.Write("dump.json", """
            {"UserDetailList": [{"UserName": "ann", "Arn": "arn:aws:iam::111122223333:user/ann", "UserPolicyList": [{"PolicyName": "p", "PolicyDocument":
               {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:PutUserPolicy", "Resource": "*"}]}}], "GroupList": [], "AttachedManagedPolicies": []},
              {"UserName": "bob", "Arn": "arn:aws:iam::111122223333:user/bob", "UserPolicyList": [], "GroupList": [], "AttachedManagedPolicies": []}],
             "GroupDetailList": [], "RoleDetailList": [], "Policies": []}
            """);
        string[] formats = ["text", "json", "junit", "markdown", "html", "svg", "dot", "mermaid"];
        ToolRun run = ToolRun.Command(["ask", "escalation", "--dump", dump,
            .. formats.SelectMany(format => (string[])["--output", $"{format}={folder["out." + format]}"])]);
        Assert.Equal(1, run.ExitCode);
        Assert.All(formats, format => Assert.Equal(ToolRun.Command("ask", "escalation", "--dump", dump, "--format", format).Output, File("out." + format)));
        XElement[] cases = [.. XDocument.Parse(File("out.junit")).Root!.Elements("testcase")];
        Assert.Equal(["arn:aws:iam::111122223333:user/ann", "arn:aws:iam::111122223333:user/bob"], cases.Select(test => (string?)test.Attribute("name")));
        Assert.Contains("iam:PutUserPolicy", (string?)cases[0].Element("failure")!.Attribute("message"), StringComparison.Ordinal);
        Assert.Null(cases[1].Element("failure"));
        Assert.Contains("| `arn:aws:iam::111122223333:user/ann` | `iam:PutUserPolicy on itself` | 1 |", File("out.markdown"), StringComparison.Ordinal);
        Assert.Contains("1 of 2 users and roles can become administrators", File("out.markdown"), StringComparison.Ordinal);
    }

    /// <summary>How long an answer took is no part of it.</summary>
    private static string Timeless(string text) => Regex.Replace(text, @" *[\d.,]+ (µs|ms|s)\b|""micros"":\s?\d+|time=""[^""]*""", "");
}
