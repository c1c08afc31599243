using System.Text;
using System.Text.Json;

namespace ProvableSec.Tool.Tests.Simulate;

public sealed class SimulateTests : IDisposable
{
    private const string AllowS3 = """{"Version":"2012-10-17","Statement":{"Sid":"Read","Effect":"Allow","Action":"s3:*","Resource":"*"}}""";
    private const string Request = """{"principal":"arn:aws:iam::111122223333:user/a","action":"s3:GetObject","resource":"arn:aws:s3:::b/k"}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Allowed(string more = "") => $$"""{"identityPolicies":[{{AllowS3}}],"request":{{Request}}{{more}}}""";

    private static string Denied(string more = "") => $$"""{"identityPolicies":[],"request":{{Request}}{{more}}}""";

    [Fact]
    public void An_answer_has_its_members_in_the_published_order()
    {
        ToolRun run = ToolRun.Of(Allowed(""","id":"c1","expected":"allow" """) + "\n", "simulate", "-");
        Assert.Equal(
            """{"v":1,"id":"c1","decision":"allow","reason":"allowed","by":[{"policy":"identityPolicies[0]","statement":0,"sid":"Read","effect":"Allow"}],"blockedBy":[],"missing":[],"warnings":[],"expected":"allow","ok":true}""" + "\n",
            run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void The_deciding_deny_is_named()
    {
        ToolRun run = ToolRun.Of(
            $$"""{"identityPolicies":[{{AllowS3}}],"serviceControlPolicies":[[{{AllowS3}},{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"s3:Get*","Resource":"*"}]}]],"request":{{Request}}}""",
            "simulate",
            "-");
        JsonElement answer = Assert.Single(run.Answers);
        Assert.Equal(("deny", "explicit-deny"), (answer.GetProperty("decision").GetString(), answer.GetProperty("reason").GetString()));
        JsonElement by = Assert.Single(answer.GetProperty("by").EnumerateArray());
        Assert.Equal(("serviceControlPolicies[0][1]", 1, "Deny"), (by.GetProperty("policy").GetString(), by.GetProperty("statement").GetInt32(),
            by.GetProperty("effect").GetString()));
        Assert.False(by.TryGetProperty("sid", out _));
        Assert.False(answer.TryGetProperty("id", out _));
        Assert.False(answer.TryGetProperty("ok", out _));
    }

    [Fact]
    public void An_expectation_that_is_not_met_is_exit_1()
    {
        ToolRun run = ToolRun.Of(Denied(""","expected":"allow" """), "simulate", "-");
        Assert.Equal(1, run.ExitCode);
        JsonElement answer = Assert.Single(run.Answers);
        Assert.False(answer.GetProperty("ok").GetBoolean());
        Assert.Equal("allow", answer.GetProperty("expected").GetString());
        Assert.Equal(["identityPolicies"], answer.GetProperty("blockedBy").EnumerateArray().Select(layer => layer.GetString()));
    }

    [Fact]
    public void A_denied_request_that_nobody_expected_otherwise_is_exit_0() =>
        Assert.Equal(0, ToolRun.Of(Denied(), "simulate", "-").ExitCode);

    [Fact]
    public void A_malformed_line_has_its_answer_in_order_and_the_others_theirs()
    {
        ToolRun run = ToolRun.Of($"{Allowed()}\n{{\"id\":7,\"request\":\n{Denied(""","expected":"allow" """)}\n", "simulate", "-");
        Assert.Equal(2, run.ExitCode);
        JsonElement[] answers = run.Answers;
        Assert.Equal("allow", answers[0].GetProperty("decision").GetString());
        Assert.Equal("deny", answers[2].GetProperty("decision").GetString());
        JsonElement error = answers[1];
        Assert.Equal((1, 2, 7), (error.GetProperty("v").GetInt32(), error.GetProperty("line").GetInt32(), error.GetProperty("id").GetInt32()));
        JsonElement problem = error.GetProperty("problems")[0];
        Assert.Equal(error.GetProperty("error").GetString(), problem.GetProperty("message").GetString());
        Assert.Equal(("-", 2, 19), (problem.GetProperty("file").GetString(), problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()));
        Assert.Contains("-:2:19: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_with_errors_is_refused_with_every_problem()
    {
        ToolRun run = ToolRun.Of($$"""{"resourcePolicy":{"Statement":{"Effect":"allow","Action":"s3","Principal":"*","Resource":"*"} },"request":{{Request}}}""", "simulate", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            ["/resourcePolicy/Statement/Effect", "/resourcePolicy/Statement/Action"],
            run.Answers[0].GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("pointer").GetString()));
        Assert.Equal(2, run.Error.Split('\n').Count(line => line.StartsWith("-:1:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Invalid_utf8_hits_its_line_only()
    {
        byte[] input = [.. Encoding.UTF8.GetBytes(Allowed() + "\n{\"id\":\"ü"), 0xFF, .. Encoding.UTF8.GetBytes("\"}\n" + Allowed() + "\n")];
        ToolRun run = ToolRun.Of(input, "simulate", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["decision", "line", "decision"], run.Answers.Select(answer => answer.EnumerateObject().ElementAt(1).Name));
        Assert.Contains("-:2:9: byte 9 of the line (0xFF) is not valid UTF-8", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nul_byte_hits_its_line_only()
    {
        ToolRun run = ToolRun.Of($"\0\n{Allowed()}\n", "simulate", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("allow", run.Answers[1].GetProperty("decision").GetString());
        Assert.Contains("-:1:1: unexpected U+0000", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_lines_are_passed_over_and_counted()
    {
        ToolRun run = ToolRun.Of($"\n \t\n{Allowed()}\n\r\nx\n\n", "simulate", "-");
        Assert.Equal(2, run.Answers.Length);
        Assert.Equal(5, run.Answers[1].GetProperty("line").GetInt32());
    }

    [Fact]
    public void An_input_without_a_case_decides_nothing_and_says_so()
    {
        foreach (string input in (string[])["", "\n \n"])
        {
            ToolRun run = ToolRun.Of(input, "simulate", "-");
            Assert.Equal((3, ""), (run.ExitCode, run.Output));
            Assert.StartsWith("0 cases, 0 allowed, 0 denied, 0 unexpected, 0 errors · ", run.Error, StringComparison.Ordinal);
            Assert.EndsWith("provablesec: the input holds no case, so nothing is decided\n", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Byte_order_marks_and_crlf_are_no_part_of_a_line()
    {
        string text = $"{Allowed()}\r\n{Denied()}\r\n";
        foreach (Encoding encoding in (Encoding[])[new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)])
        {
            ToolRun run = ToolRun.Of([.. encoding.GetPreamble(), .. encoding.GetBytes(text)], "simulate", "-");
            Assert.Equal((0, 2), (run.ExitCode, run.Answers.Length));
        }
    }

    [Fact]
    public void Output_has_no_byte_order_mark_and_is_utf8()
    {
        ToolRun run = ToolRun.Of(Allowed(""","id":"ü→😀" """), "simulate", "-");
        Assert.StartsWith("{\"v\":1,\"id\":\"ü→😀\"", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one")]
    [InlineData("array")]
    [InlineData("cases")]
    public void A_document_is_answered_like_lines(string shape)
    {
        string first = Allowed(""","id":1 """), second = Denied(""","id":2,"smt2":"" """);
        string document = shape switch
        {
            "one" => Pretty(first),
            "array" => Pretty($"[{first},{second}]"),
            _ => Pretty($"{{\"cases\":[{first},{second}]}}"),
        };
        ToolRun run = ToolRun.Of(document, "simulate", "-");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(shape == "one" ? ["allow"] : ["allow", "deny"], run.Answers.Select(answer => answer.GetProperty("decision").GetString()));
    }

    [Fact]
    public void A_broken_case_of_a_document_is_told_with_its_place_in_the_document()
    {
        ToolRun run = ToolRun.Of($"{{\"cases\":[\n  {Allowed()},\n  {{\"id\":\"b\",\n   \"requets\":{{}}}},\n  {Denied()}\n]}}\n", "simulate", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(3, run.Answers.Length);
        JsonElement answer = run.Answers[1];
        Assert.Equal((3, "b"), (answer.GetProperty("line").GetInt32(), answer.GetProperty("id").GetString()));
        JsonElement problem = answer.GetProperty("problems")[0];
        Assert.Equal((4, 4, "/cases/1/requets"), (problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32(),
            problem.GetProperty("pointer").GetString()));
    }

    [Fact]
    public void A_repeated_key_in_one_case_of_a_document_spoils_that_case_only()
    {
        ToolRun run = ToolRun.Of($"[{Allowed(""","id":1,"id":2 """)},{Allowed()}]", "simulate", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["line", "decision"], run.Answers.Select(answer => answer.EnumerateObject().ElementAt(1).Name));
    }

    [Fact]
    public void A_document_that_is_no_json_is_one_error()
    {
        ToolRun run = ToolRun.Of($"[{Allowed()},\n nonsense", "simulate", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(2, Assert.Single(run.Answers).GetProperty("line").GetInt32());
    }

    [Fact]
    public void Policies_may_be_files_beside_the_cases()
    {
        folder.Write("policies/a.json", AllowS3);
        string cases = folder.Write("cases.ndjson", $$"""
            {"identityPolicies":["policies/a.json"],"request":{{Request}}}
            {"identityPolicies":["policies/none.json"],"request":{{Request}}}
            """);
        ToolRun run = ToolRun.Command("simulate", cases);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("allow", run.Answers[0].GetProperty("decision").GetString());
        Assert.Contains($"{cases}:2:22: {folder["policies/none.json"]} does not exist", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_exit_2_with_nothing_on_stdout()
    {
        foreach (string name in (string[])["none.ndjson", "."])
        {
            ToolRun run = ToolRun.Command("simulate", folder[name]);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.StartsWith("provablesec: ", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Unknown_members_are_warnings_in_the_answer()
    {
        JsonElement answer = Assert.Single(ToolRun.Of(Allowed(""","smt2":"(check-sat)" """), "simulate", "-").Answers);
        Assert.Contains("\"smt2\" is not a member of a case", Assert.Single(answer.GetProperty("warnings").EnumerateArray()).GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_reading_changes_the_decision_it_is_about()
    {
        string asked = $$"""{"identityPolicies":[{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringWeird":{"a:b":"c"} } } }],"request":{{Request}}}""";
        Assert.Equal("deny", ToolRun.Of(asked, "simulate", "-").Answers[0].GetProperty("decision").GetString());
        Assert.Equal("deny", ToolRun.Of(asked, "simulate", "-", "--readings", "default").Answers[0].GetProperty("decision").GetString());
        Assert.Equal("allow", ToolRun.Of(asked, "simulate", "-", "--reading", "unknown-operator-matches").Answers[0].GetProperty("decision").GetString());
        Assert.Equal("allow", ToolRun.Of(asked, "simulate", "-", "--reading", "bare-ipv6-is32", "--reading", "unknown-operator-matches").Answers[0]
            .GetProperty("decision").GetString());
    }

    [Fact]
    public void The_summary_goes_to_stderr()
    {
        ToolRun run = ToolRun.Of($"{Allowed()}\n{Denied(""","expected":"allow" """)}\nx\n", "simulate", "-");
        Assert.Matches(@"\n3 cases, 1 allowed, 1 denied, 1 unexpected, 1 error · \d+\.\d\d s\r?\n$", run.Error);
    }

    [Fact]
    public void Text_is_a_line_a_case()
    {
        ToolRun run = ToolRun.Of($"{Allowed(""","id":"a" """)}\n{Denied(""","id":"b","expected":"allow" """)}\nx\n", "simulate", "-", "--format", "text");
        Assert.Equal("a  allow  allowed by identityPolicies[0] statement 0 \"Read\"", run.Lines[0]);
        Assert.Equal("b  deny   not allowed by identityPolicies  expected allow", run.Lines[1]);
        Assert.StartsWith("line 3  error  -:3:1: ", run.Lines[2], StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public void Color_is_for_terminals_that_want_it()
    {
        Assert.DoesNotContain("\e", ToolRun.Of(Allowed(), "simulate", "-", "-f", "text").Output, StringComparison.Ordinal);
        string? before = Environment.GetEnvironmentVariable("NO_COLOR");
        string? terminal = Environment.GetEnvironmentVariable("TERM");
        try
        {
            Environment.SetEnvironmentVariable("TERM", "xterm");
            Environment.SetEnvironmentVariable("NO_COLOR", null);
            Assert.Contains("\e[32mallow", ToolRun.OnTerminal(Allowed(), "simulate", "-", "-f", "text").Output, StringComparison.Ordinal);
            Assert.DoesNotContain("\e", ToolRun.OnTerminal(Allowed(), "simulate", "-").Output, StringComparison.Ordinal);
            Environment.SetEnvironmentVariable("NO_COLOR", "1");
            Assert.DoesNotContain("\e", ToolRun.OnTerminal(Allowed(), "simulate", "-", "-f", "text").Output, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("NO_COLOR", before);
            Environment.SetEnvironmentVariable("TERM", terminal);
        }
    }

    [Fact]
    public void Control_characters_of_the_input_do_not_reach_the_terminal()
    {
        ToolRun run = ToolRun.Of("""{"request":{"principal":"\u001b[2J","action":"s3:GetObject","resource":"*"}}""", "simulate", "-", "-f", "text");
        Assert.DoesNotContain("\e", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Contains("\\u001b[2J", run.Error, StringComparison.Ordinal);
    }

    private static string Pretty(string json) =>
        JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement, new JsonSerializerOptions { WriteIndented = true });
}
