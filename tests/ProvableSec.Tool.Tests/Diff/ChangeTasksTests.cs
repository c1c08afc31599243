using ProvableSec.Tool.Diff;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Tests.Diff;

/// <summary>An error of ours in one pair hides no other.</summary>
public sealed class ChangeTasksTests
{
    [Fact]
    public void A_crash_is_said_with_its_pair_and_all_others_are_found()
    {
        var errors = new StringWriter();
        using var console = new CommandConsole(new MemoryStream(), new MemoryStream(), errors);
        var tasks = new ChangeTasks(console, new DiffRequest { Arguments = [], Jobs = 2 });
        PolicyChange?[] found = tasks.Run(
        [
            ("a.json: first", () => new PolicyChange(PolicyChangeKind.Changed, "a.json", "", "identity")),
            ("b.json: second", () => throw new InvalidOperationException("planted")),
            ("c.json: third", () => new PolicyChange(PolicyChangeKind.Added, "c.json", "", "identity")),
            ("d.json: fourth", () => null),
        ]);
        Assert.Equal(["a.json", "b.json: second", "c.json", null], found.Select(change => change?.Name));
        Assert.Equal("internal error (InvalidOperationException), a bug in provablesec", found[1]!.Unknown);
        Assert.Equal(ExitCodes.InternalError, tasks.Code);
        Assert.Contains("it holds no content of any file", errors.ToString(), StringComparison.Ordinal);
    }
}
