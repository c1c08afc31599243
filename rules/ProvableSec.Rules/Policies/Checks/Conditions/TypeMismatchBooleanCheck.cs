using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>TYPE_MISMATCH_BOOLEAN</c> of IAM Access Analyzer.</summary>
internal sealed class TypeMismatchBooleanCheck() : ConditionCheck(new Rule(
    "PSEC3217",
    "Value that is not a Boolean",
    RuleSeverity.Warning,
    "The operator compares with true or false; no request matches another value.",
    "Write true or false.",
    843,
    "TYPE_MISMATCH_BOOLEAN"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Comparison is ConditionComparison.Bool or ConditionComparison.Null)
        {
            foreach (JsonItem value in condition.Values)
            {
                if (value.Kind is JsonKind.Number || (value.Kind == JsonKind.String && PolicyArn.IsLiteral(value.Text)
                    && !value.Text.Equals("true", StringComparison.OrdinalIgnoreCase) && !value.Text.Equals("false", StringComparison.OrdinalIgnoreCase)))
                {
                    findings.Add(value, $"{CheckedText.Quoted(value.Text)} is neither true nor false");
                }
            }
        }
    }
}
