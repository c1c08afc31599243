using System.Text;
using System.Text.Json;

namespace ProvableSec.Tool.Tests.Prove;

public sealed class ProveBatchTests : IDisposable
{
    private const string Allow = """{"Version":"2012-10-17","Statement":{"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}""";
    private const string Delete = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:DeleteObject","Resource":"*"}}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Holds(string more = "") => $$"""{"question":"not-granted","policy":{{Allow}},"forbidden":{{Delete}}{{more}}}""";

    private static string Violated(string more = "") => $$"""{"question":"not-granted","policy":{{Allow}},"forbidden":{{Allow}}{{more}}}""";

    private static string Undecided(string more = "") => Holds(",\"budget\":1" + more);

    private static string NoTime(string line) => System.Text.RegularExpressions.Regex.Replace(line, "\"(steps|micros)\":\\d+", "\"$1\":0");

    [Fact]
    public void An_answer_has_its_members_in_the_published_order()
    {
        ToolRun run = ToolRun.Of(Holds(""","id":"q1","expected":"holds" """), "prove", "--batch", "-");
        Assert.Equal(
            """{"v":1,"id":"q1","verdict":"holds","witness":null,"reason":"proved","because":[],"assumptions":[],"facts":[],"given":["one document as an identity policy"],"vacuous":null,"type":"identity","typeFrom":"content","engine":"native","steps":0,"micros":0,"opinions":{},"warnings":[],"expected":"holds","ok":true}""",
            NoTime(Assert.Single(run.Lines)));
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void A_violation_has_a_witness_and_the_statement_that_lets_it_through()
    {
        ToolRun run = ToolRun.Of(Violated(), "prove", "--batch", "-");
        Assert.Equal(1, run.ExitCode);
        JsonElement answer = Assert.Single(run.Answers);
        JsonElement witness = answer.GetProperty("witness");
        Assert.Equal("s3:GetObject", witness.GetProperty("action").GetString());
        Assert.Equal(["principal", "action", "resource"], witness.EnumerateObject().Select(member => member.Name).Take(3));
        Assert.Equal(JsonValueKind.Object, witness.GetProperty("context").ValueKind);
        JsonElement because = Assert.Single(answer.GetProperty("because").EnumerateArray());
        Assert.Equal(("policy", 0, "Read"), (because.GetProperty("policy").GetString(), because.GetProperty("statement").GetInt32(),
            because.GetProperty("sid").GetString()));
    }

    [Theory]
    [InlineData("holds", 0)]
    [InlineData("violated", 1)]
    [InlineData("unknown", 1)]
    public void An_expectation_decides_the_exit_code(string expected, int exitCode)
    {
        ToolRun run = ToolRun.Of(Holds($",\"expected\":\"{expected}\""), "prove", "--batch", "-");
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(exitCode == 0, run.Answers[0].GetProperty("ok").GetBoolean());
    }

    [Fact]
    public void An_expected_violation_is_a_success() => Assert.Equal(0, ToolRun.Of(Violated(",\"expected\":\"violated\""), "prove", "--batch", "-").ExitCode);

    [Fact]
    public void What_is_undecided_is_exit_3_unless_something_else_was_expected()
    {
        Assert.Equal(3, ToolRun.Of(Undecided(), "prove", "--batch", "-").ExitCode);
        Assert.Equal(0, ToolRun.Of(Undecided(), "prove", "--batch", "-", "--undecided", "pass").ExitCode);
        Assert.Equal(0, ToolRun.Of(Undecided(",\"expected\":\"unknown\""), "prove", "--batch", "-").ExitCode);
        Assert.Equal(1, ToolRun.Of(Undecided(",\"expected\":\"holds\""), "prove", "--batch", "-").ExitCode);
        Assert.Equal(1, ToolRun.Of($"{Undecided()}\n{Violated()}", "prove", "--batch", "-").ExitCode);
        Assert.Equal(0, ToolRun.Of($"{Violated()}", "prove", "--batch", "-", "--fail-on", "never").ExitCode);
    }

    [Fact]
    public void The_budget_is_for_questions_that_do_not_say()
    {
        Assert.Equal(3, ToolRun.Of(Holds(), "prove", "--batch", "-", "--budget", "1").ExitCode);
        Assert.Equal(0, ToolRun.Of(Holds(",\"budget\":1000000"), "prove", "--batch", "-", "--budget", "1").ExitCode);
    }

    [Fact]
    public void A_malformed_line_has_its_answer_in_order_and_the_others_theirs()
    {
        ToolRun run = ToolRun.Of($"{Holds()}\n{{\"id\":7,\"question\":\"maybe\"}}\n\n{Violated()}\n", "prove", "--batch", "-");
        Assert.Equal(2, run.ExitCode);
        JsonElement[] answers = run.Answers;
        Assert.Equal(3, answers.Length);
        Assert.Equal("holds", answers[0].GetProperty("verdict").GetString());
        Assert.Equal((2, 7), (answers[1].GetProperty("line").GetInt32(), answers[1].GetProperty("id").GetInt32()));
        Assert.Contains("\"maybe\" is not a question", answers[1].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(20, answers[1].GetProperty("problems")[0].GetProperty("column").GetInt32());
        Assert.Equal("violated", answers[2].GetProperty("verdict").GetString());
        Assert.Contains("-:2:20: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("3 questions, 1 holds, 1 violated, 0 unknown, 0 unexpected, 1 error", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_keep_the_order_whatever_the_number_of_jobs()
    {
        string input = string.Join('\n', Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? Violated($",\"id\":{i}") : Holds($",\"id\":{i}")));
        ToolRun run = ToolRun.Of(input, "prove", "--batch", "-", "--jobs", "7");
        Assert.Equal(Enumerable.Range(0, 300), run.Answers.Select(answer => answer.GetProperty("id").GetInt32()));
    }

    [Fact]
    public void Policies_may_be_paths_relative_to_the_batch()
    {
        folder.Write("p/role.json", Allow);
        string file = folder.Write("p/questions.ndjson", $$"""{"question":"not-granted","policy":"role.json","forbidden":{{Delete}} }""");
        Assert.Equal(0, ToolRun.Command("prove", "--batch", file).ExitCode);
    }

    [Fact]
    public void A_batch_may_be_utf_16()
    {
        byte[] bytes = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Holds() + "\r\n")];
        Assert.Equal("holds", Assert.Single(ToolRun.Of(bytes, "prove", "--batch", "-").Answers).GetProperty("verdict").GetString());
    }

    [Fact]
    public void An_absent_key_of_a_witness_is_null()
    {
        ToolRun run = ToolRun.Of($$"""{"question":"can","policy":{{Allow}},"request":{"context":{"aws:SourceVpce":null} } }""", "prove", "--batch", "-");
        JsonElement context = run.Answers[0].GetProperty("witness").GetProperty("context");
        Assert.All(context.EnumerateObject().Where(key => key.Name == "aws:SourceVpce"), key => Assert.Equal(JsonValueKind.Null, key.Value.ValueKind));
    }

    [Fact]
    public void Text_answers_are_for_people()
    {
        ToolRun run = ToolRun.Of($"{Holds(",\"id\":\"a\"")}\nnonsense\n", "prove", "--batch", "-", "--format", "text");
        Assert.StartsWith("✓ a  not-granted  holds", run.Output, StringComparison.Ordinal);
        Assert.Contains("! 2", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_batch_is_exit_2_with_nothing_on_stdout()
    {
        ToolRun run = ToolRun.Command("prove", "--batch", folder["none"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.OutputBytes);
    }
}
