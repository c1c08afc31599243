using ProvableSec.SmtLib;

namespace ProvableSec.Reasoning.Tests.SmtLib;

/// <summary>A solver's word counts only if it is its whole word. Stand-ins are run through the shell, which every Unix has.</summary>
public sealed class SmtSolverTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("cat >/dev/null; echo sat", SolverAnswer.Satisfiable)]
    [InlineData("cat >/dev/null; echo unsat", SolverAnswer.Unsatisfiable)]
    [InlineData("cat >/dev/null; echo unknown", SolverAnswer.None)]
    [InlineData("cat >/dev/null; echo '(error \"unknown symbol\")'; echo sat", SolverAnswer.None)]
    [InlineData("cat >/dev/null; echo sat; echo sat", SolverAnswer.None)]
    [InlineData("cat >/dev/null; echo sat; exit 1", SolverAnswer.None)]
    [InlineData("cat >/dev/null; echo sat; echo warning >&2", SolverAnswer.None)]
    [InlineData("exit 0", SolverAnswer.None)]
    [InlineData("kill -9 $$", SolverAnswer.None)]
    public void Only_one_clean_word_counts(string script, SolverAnswer expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-ins are shell scripts");
        Assert.Equal(expected, Shell(script).Ask("(check-sat)\n", Limit));
    }

    [Fact]
    public void A_solver_that_does_not_end_is_ended_and_has_not_answered()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-ins are shell scripts");
        Assert.Equal(SolverAnswer.None, Shell("cat; cat /dev/zero >/dev/null").Ask("(check-sat)\n", TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void A_solver_that_is_not_there_has_not_answered() =>
        Assert.Equal(SolverAnswer.None, new SmtSolver("no-such-solver-anywhere", [], _ => "").Ask("(check-sat)\n", Limit));

    [Fact]
    public void A_question_larger_than_the_pipe_does_not_hang_when_the_solver_ends_early()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-ins are shell scripts");
        Assert.Equal(SolverAnswer.Unsatisfiable, Shell("echo unsat").Ask(new string(' ', 1 << 22), Limit));
    }

    private static SmtSolver Shell(string script) => new("/bin/sh", ["-c", script], _ => "limit");
}
