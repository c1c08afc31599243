using ProvableSec.Policy;
using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>Truth values, written in any case.</summary>
internal sealed class TruthSet : ValueSet
{
    private readonly string[] members;

    public TruthSet(IEnumerable<string> values)
    {
        members = [.. Known(values)];
        Identity = $"Bool({string.Join(",", members)})";
    }

    public override string Identity { get; }

    public override ValueKind Kind => ValueKind.Truth;

    /// <summary><c>true</c>, <c>false</c> or both.</summary>
    public IReadOnlyList<string> Members => members;

    public override bool Contains(string value, Reading readings, Budget? budget = null) => Array.IndexOf(members, value.ToLowerInvariant()) >= 0;

    public override IEnumerable<string> Candidates(Reading readings) => ["true", "false"];

    private static SortedSet<string> Known(IEnumerable<string> values)
    {
        var known = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string value in values)
        {
            if (value.ToLowerInvariant() is "true" or "false")
            {
                known.Add(value.ToLowerInvariant());
            }
        }

        return known;
    }
}
