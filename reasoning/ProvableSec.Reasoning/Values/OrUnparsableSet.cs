using ProvableSec.Policy;
using ProvableSec.Reasoning.Budgets;

namespace ProvableSec.Reasoning.Values;

/// <summary>The values of a set, and the texts that its comparison cannot parse.</summary>
internal sealed class OrUnparsableSet(ValueSet set) : ValueSet
{
    public override string Identity { get; } = "Unparsable|" + set.Identity;

    public override ValueKind Kind => set.Kind;

    public override Reading Sensitivity => set.Sensitivity;

    /// <summary>The values that parse.</summary>
    public ValueSet Parsable => set;

    public override bool Contains(string value, Reading readings, Budget? budget = null) =>
        !UnparsableSet.Parses(value, set.Kind) || set.Contains(value, readings, budget);

    public override IEnumerable<string> Candidates(Reading readings) => set.Candidates(readings);
}
