namespace ProvableSec.Tool.Tests.Answers;

/// <summary>The PATH belongs to the whole process, so nothing runs beside these tests.</summary>
[CollectionDefinition(nameof(SecondOpinionTests), DisableParallelization = true)]
public sealed class SecondOpinionCollection;

/// <summary>Solvers are asked, written for, and believed over the engine when they contradict it. Stand-ins take their place on the PATH.</summary>
[Collection(nameof(SecondOpinionTests))]
public sealed class SecondOpinionTests : IDisposable
{
    private const string Holds = """{"id":"q","question":"no-new-access","policy":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}},"baseline":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}}""";

    private readonly TemporaryFolder folder = new();
    private readonly string? path = Environment.GetEnvironmentVariable("PATH");

    public SecondOpinionTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-ins are shell scripts");

    [Theory]
    [InlineData("unsat", "agrees")]
    [InlineData("unknown", "no-answer")]
    public void An_opinion_is_in_the_answer(string says, string opinion)
    {
        StandIn("cvc5", says);
        var run = ToolRun.Of(Holds, "prove", "--batch", "-", "--second-opinion", "cvc5");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("holds", run.Answers[0].GetProperty("verdict").GetString());
        Assert.Equal(opinion, run.Answers[0].GetProperty("opinions").GetProperty("cvc5").GetString());
    }

    [Fact]
    public void A_solver_that_is_not_there_changes_nothing()
    {
        Environment.SetEnvironmentVariable("PATH", folder["nowhere"]);
        var run = ToolRun.Of(Holds, "prove", "--batch", "-", "--second-opinion", "z3,cvc5");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("""{"z3":"no-answer","cvc5":"no-answer"}""", run.Answers[0].GetProperty("opinions").GetRawText());
    }

    [Fact]
    public void A_contradicted_proof_is_no_proof_and_an_internal_error_with_a_bundle()
    {
        StandIn("cvc5", "sat");
        var run = ToolRun.Of(Holds, "prove", "--batch", "-", "--second-opinion", "cvc5");
        Assert.Equal(70, run.ExitCode);
        Assert.Equal("unknown", run.Answers[0].GetProperty("verdict").GetString());
        Assert.Equal("disagrees", run.Answers[0].GetProperty("opinions").GetProperty("cvc5").GetString());
        Assert.Contains("contradicts the engine", run.Answers[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        string bundle = run.Error.Split(' ').Single(w => w.Contains("provablesec-disagreement-", StringComparison.Ordinal)).TrimEnd(',', ';');
        Assert.Contains("(check-sat)", File.ReadAllText(bundle), StringComparison.Ordinal);
        // It holds names from policies, among the temporary files of everybody.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixFile.ModeOf(bundle));
        File.Delete(bundle);
    }

    [Fact]
    public void What_stands_behind_an_answer_is_written_under_its_id()
    {
        var run = ToolRun.Of(Holds + "\n" + Holds.Replace("\"q\"", "\"../x\"", StringComparison.Ordinal), "prove", "--batch", "-", "--smt2", folder["smt2"],
            "--jobs", "1");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["q.smt2", "question-2.smt2"], Directory.GetFiles(folder["smt2"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.StartsWith("; proved: expected unsat\n", File.ReadAllText(Path.Combine(folder["smt2"], "q.smt2")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_reads_the_opinion_below_the_verdict()
    {
        StandIn("z3", "unsat");
        folder.Write("q.json", Holds);
        var run = ToolRun.Command("prove", folder["q.json"], "--second-opinion", "z3");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("    second opinion  z3 agrees\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_solver_is_bad_usage()
    {
        var run = ToolRun.Of(Holds, "prove", "--batch", "-", "--second-opinion", "yices");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("--second-opinion knows cvc5, z3, not \"yices\"", run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", path);
        folder.Dispose();
    }

    private void StandIn(string name, string says)
    {
        string script = folder.Write(name, $"#!/bin/sh\ncat >/dev/null\necho {says}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Environment.SetEnvironmentVariable("PATH", Path.GetDirectoryName(script) + Path.PathSeparator + path);
    }
}
