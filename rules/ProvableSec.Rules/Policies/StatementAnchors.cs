using System.Globalization;
using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies;

/// <summary>Adds to the findings of a policy which statement each is about.</summary>
internal sealed class StatementAnchors
{
    private const string Statement = "/Statement";

    private readonly JsonItem value;
    private readonly List<JsonItem> statements;
    private readonly StatementAnchor?[] known;
    private readonly Lazy<HashSet<string>> shared;

    private StatementAnchors(JsonItem? statement)
    {
        value = statement ?? default;
        statements = statement is null ? [] : value.Kind == JsonKind.Object ? [value] : value.Items();
        known = new StatementAnchor?[statements.Count];
        shared = new Lazy<HashSet<string>>(Shared, isThreadSafe: false);
    }

    public static StatementAnchors Of(CheckedPolicy policy) => new(policy.StatementElement?.Value);

    /// <summary>The same findings, with their statements.</summary>
    public IReadOnlyList<PolicyFinding> Added(IReadOnlyList<PolicyFinding> findings) => findings.Count == 0 || statements.Count == 0 ? findings
        : [.. findings.Select(Added)];

    private PolicyFinding Added(PolicyFinding finding)
    {
        if (!finding.Pointer.StartsWith(Statement, StringComparison.Ordinal)
            || (finding.Pointer.Length > Statement.Length && finding.Pointer[Statement.Length] != '/'))
        {
            return finding;
        }

        string[] steps = finding.Pointer.Substring(Statement.Length).Split(['/'], StringSplitOptions.RemoveEmptyEntries);
        int index = 0, next = 0;
        if (value.Kind == JsonKind.Array && (next = 1) > 0
            && (steps.Length == 0 || !int.TryParse(steps[0], NumberStyles.None, CultureInfo.InvariantCulture, out index) || index >= statements.Count))
        {
            return finding;
        }

        return finding with { Statement = known[index] ??= Anchor(statements[index]), Within = Within(statements[index], steps.Skip(next)) };
    }

    /// <summary>The names on the way to a value, and the value where it is a string: its place in a list is not a name.</summary>
    private static string Within(JsonItem at, IEnumerable<string> steps)
    {
        var names = new List<string>();
        foreach (string step in steps)
        {
            string name = step.Replace("~1", "/").Replace("~0", "~");
            if (at.Kind == JsonKind.Array && at.Items() is var items && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                && index < items.Count)
            {
                at = items[index];
                continue;
            }

            names.Add(name);
            if (!at.TryGetProperty(name, out at))
            {
                return string.Join("\n", names);
            }
        }

        return string.Join("\n", names) + (at.Kind == JsonKind.String ? "\n=" + at.Text : "");
    }

    private StatementAnchor Anchor(JsonItem statement)
    {
        string? sid = SidOf(statement);
        return new StatementAnchor(sid, StatementMeaning.Of(statement), sid is not null && shared.Value.Contains(sid));
    }

    private HashSet<string> Shared() =>
        new(statements.Select(SidOf).OfType<string>().GroupBy(sid => sid, StringComparer.Ordinal).Where(group => group.Skip(1).Any())
            .Select(group => group.Key), StringComparer.Ordinal);

    private static string? SidOf(JsonItem statement) =>
        statement.TryGetProperty("Sid", out JsonItem sid) && sid is { Kind: JsonKind.String, Text: { Length: > 0 } text } && !UnknownText.IsIn(text) ? text
            : null;
}
