using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Access;

namespace ProvableSec.Reasoning.Tests.Access;

/// <summary>A line in one line.</summary>
internal static class LineText
{
    public static string Of(AccessLine line) =>
        $"{string.Join(" ", line.Principals.Select(p => p.StartsWith("arn:", StringComparison.Ordinal) ? p.Split(':', 6)[5] : p))}: {Of(line.Grant)}{string.Concat(line.Except.Select(e => $" except {Of(e)}"))}{(line.Undecided is { } doubt ? $" UNDECIDED {doubt}" : "")}";

    private static string Of(Statement statement) =>
        $"{(statement.Action.IsNot ? "not " : "")}{string.Join(", ", statement.Action.Patterns.Select(p => p.Text))} on {(statement.Resource is { IsNot: true } ? "not " : "")}{(statement.Resource is { } resource ? string.Join(", ", resource.Patterns.Select(p => p.Text)) : "*")}"
        + string.Concat(statement.Conditions.Select(c => $" if {c.Operator.Name} {c.Key} [{string.Join(", ", c.Values.Select(v => v.Text))}]"));
}
