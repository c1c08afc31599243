using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>The values of a condition line that compares its key with some: how they are compared, those without policy variables, and the others.</summary>
/// <param name="Mode">How texts are compared.</param>
/// <param name="Plain">The values without policy variables.</param>
/// <param name="HasUnparsable">Whether one of these is none that its comparison can parse.</param>
/// <param name="WithVariables">The other values.</param>
internal sealed record ConditionSet(MatchMode Mode, ValueSet Plain, bool HasUnparsable, IReadOnlyList<PolicyPattern> WithVariables)
{
    /// <summary>Those of a condition line.</summary>
    public static ConditionSet Of(Condition condition)
    {
        List<PolicyPattern> plain = [], variable = [];
        foreach (PolicyPattern value in condition.Values)
        {
            (value.HasVariables ? variable : plain).Add(value);
        }

        MatchMode mode = ModeOf(condition.Operator.Comparison);
        ValueSet set = SetOf(condition.Operator, plain, mode);
        return new ConditionSet(mode, set, set.Kind != ValueKind.Text && plain.Exists(p => !Parses(p.Text, set.Kind)), variable);
    }

    private static bool Parses(string text, ValueKind kind) => kind == ValueKind.Address ? AddressSet.IsRange(text) : UnparsableSet.Parses(text, kind);

    private static ValueSet SetOf(ConditionOperator op, List<PolicyPattern> plain, MatchMode mode)
    {
        IEnumerable<string> texts = plain.Select(p => p.Text);
        var facts = ComparisonFacts.Of(op.Comparison);
        return facts.Family switch
        {
            ComparisonFamily.Numeric or ComparisonFamily.Date => new OrderedSet(facts.Positive, texts),
            ComparisonFamily.Bool => new TruthSet(texts),
            ComparisonFamily.Binary => new BytesSet(texts),
            ComparisonFamily.IpAddress => new AddressSet(texts),
            _ => PatternCompiler.Compile(plain, mode),
        };
    }

    private static MatchMode ModeOf(ConditionComparison comparison) => ComparisonFacts.Of(comparison) switch
    {
        { Positive: ConditionComparison.StringLike } => MatchMode.Like,
        { Positive: ConditionComparison.StringEqualsIgnoreCase } => MatchMode.EqualsIgnoreCase,
        // Truth is written in any case, and a variable may complete it.
        { Family: ComparisonFamily.Bool } => MatchMode.EqualsIgnoreCase,
        { Family: ComparisonFamily.Arn } => MatchMode.Arn,
        _ => MatchMode.Equals,
    };
}
