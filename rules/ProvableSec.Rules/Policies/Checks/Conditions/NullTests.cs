using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Conditions that ask whether a key is there.</summary>
internal static class NullTests
{
    /// <summary>True when the statement applies only to requests with the key.</summary>
    public static bool RequirePresence(CheckedStatement statement, string key) =>
        statement.Conditions.Any(condition => condition.IsOn(key) && condition.Comparison == ConditionComparison.Null
            && condition.Operator.Set == SetOperator.None
            && condition.Values.All(value => value.Kind == JsonKind.False || value.Text.Equals("false", StringComparison.OrdinalIgnoreCase)));
}
