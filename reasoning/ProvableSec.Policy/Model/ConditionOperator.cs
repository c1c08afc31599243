namespace ProvableSec.Policy.Model;

/// <summary>The comparison of a condition operator, without set operator and <c>IfExists</c> (IAM User Guide, "Condition operators").</summary>
public enum ConditionComparison
{
    /// <summary>An operator that AWS does not publish; see <see cref="Reading.UnknownOperatorMatches"/>.</summary>
    Unknown,

    /// <summary>Exact, case matters, wildcards are literal.</summary>
    StringEquals,

    /// <summary>Negation of <see cref="StringEquals"/>.</summary>
    StringNotEquals,

    /// <summary>Exact but for case.</summary>
    StringEqualsIgnoreCase,

    /// <summary>Negation of <see cref="StringEqualsIgnoreCase"/>.</summary>
    StringNotEqualsIgnoreCase,

    /// <summary>With wildcards, case matters.</summary>
    StringLike,

    /// <summary>Negation of <see cref="StringLike"/>.</summary>
    StringNotLike,

    /// <summary>Numbers are equal.</summary>
    NumericEquals,

    /// <summary>Negation of <see cref="NumericEquals"/>.</summary>
    NumericNotEquals,

    /// <summary>The request's number is less.</summary>
    NumericLessThan,

    /// <summary>The request's number is less or equal.</summary>
    NumericLessThanEquals,

    /// <summary>The request's number is greater.</summary>
    NumericGreaterThan,

    /// <summary>The request's number is greater or equal.</summary>
    NumericGreaterThanEquals,

    /// <summary>The same moment.</summary>
    DateEquals,

    /// <summary>Negation of <see cref="DateEquals"/>.</summary>
    DateNotEquals,

    /// <summary>The request's moment is earlier.</summary>
    DateLessThan,

    /// <summary>The request's moment is earlier or the same.</summary>
    DateLessThanEquals,

    /// <summary>The request's moment is later.</summary>
    DateGreaterThan,

    /// <summary>The request's moment is later or the same.</summary>
    DateGreaterThanEquals,

    /// <summary>The same truth value.</summary>
    Bool,

    /// <summary>The same bytes, written in base64.</summary>
    BinaryEquals,

    /// <summary>The address lies in a range.</summary>
    IpAddress,

    /// <summary>Negation of <see cref="IpAddress"/>.</summary>
    NotIpAddress,

    /// <summary>The same as <see cref="ArnLike"/>.</summary>
    ArnEquals,

    /// <summary>Negation of <see cref="ArnEquals"/>.</summary>
    ArnNotEquals,

    /// <summary>Six fields one by one, wildcards stay inside their field.</summary>
    ArnLike,

    /// <summary>Negation of <see cref="ArnLike"/>.</summary>
    ArnNotLike,

    /// <summary>Whether the key is absent.</summary>
    Null,
}

/// <summary>The set operator in front of a comparison.</summary>
public enum SetOperator
{
    /// <summary>None: the key has one value.</summary>
    None,

    /// <summary><c>ForAllValues:</c></summary>
    ForAllValues,

    /// <summary><c>ForAnyValue:</c></summary>
    ForAnyValue,
}

/// <summary>A condition operator taken apart.</summary>
/// <param name="Set">Its set operator.</param>
/// <param name="Comparison">Its comparison.</param>
/// <param name="IfExists">True when it ends in <c>IfExists</c>: an absent key counts as matched.</param>
/// <param name="Name">The operator as written.</param>
public sealed record ConditionOperator(SetOperator Set, ConditionComparison Comparison, bool IfExists, string Name)
{
    private static readonly Dictionary<string, ConditionComparison> Names = MakeNames();

    /// <summary>True for the negated comparisons, which match when no value of the policy does, and when the key is absent.</summary>
    public bool IsNegated => ComparisonFacts.Of(Comparison).IsNegated;

    /// <summary>True for the comparisons whose values may hold policy variables (strings and ARNs).</summary>
    public bool TakesVariables => ComparisonFacts.Of(Comparison).TakesVariables;

    /// <summary>Takes an operator's name apart. Case is not held against it: <paramref name="exactCase"/> tells.</summary>
    /// <returns>An operator of comparison <see cref="ConditionComparison.Unknown"/> when AWS publishes no such operator.</returns>
    public static ConditionOperator Parse(string name, out bool exactCase)
    {
        string rest = name;
        SetOperator set = SetOperator.None;
        exactCase = true;
        int colon = rest.IndexOf(':');
        if (colon >= 0)
        {
            string prefix = rest.Substring(0, colon);
            set = prefix.Equals("ForAllValues", StringComparison.OrdinalIgnoreCase) ? SetOperator.ForAllValues
                : prefix.Equals("ForAnyValue", StringComparison.OrdinalIgnoreCase) ? SetOperator.ForAnyValue
                : SetOperator.None;
            if (set == SetOperator.None)
            {
                return new ConditionOperator(set, ConditionComparison.Unknown, false, name);
            }

            exactCase &= prefix == set.ToString();
            rest = rest.Substring(colon + 1);
        }

        bool ifExists = rest.EndsWith("IfExists", StringComparison.OrdinalIgnoreCase);
        if (ifExists)
        {
            exactCase &= rest.EndsWith("IfExists", StringComparison.Ordinal);
            rest = rest.Substring(0, rest.Length - "IfExists".Length);
        }

        if (!Names.TryGetValue(rest, out ConditionComparison comparison) || (ifExists && comparison == ConditionComparison.Null))
        {
            return new ConditionOperator(set, ConditionComparison.Unknown, ifExists, name);
        }

        exactCase &= rest == comparison.ToString();
        return new ConditionOperator(set, comparison, ifExists, name);
    }

    /// <summary>The names of all comparisons, for suggestions.</summary>
    public static IReadOnlyCollection<string> ComparisonNames => Names.Keys;

    private static Dictionary<string, ConditionComparison> MakeNames()
    {
        var names = new Dictionary<string, ConditionComparison>(StringComparer.OrdinalIgnoreCase);
        foreach (ComparisonFacts facts in ComparisonFacts.All)
        {
            if (facts.Family != ComparisonFamily.Unknown)
            {
                names.Add(facts.Comparison.ToString(), facts.Comparison);
            }
        }

        return names;
    }
}
