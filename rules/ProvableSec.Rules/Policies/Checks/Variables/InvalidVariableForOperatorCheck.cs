using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_VARIABLE_FOR_OPERATOR</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidVariableForOperatorCheck() : ConditionCheck(new Rule(
    "PSEC3025",
    "Policy variable in an operator that does not support variables",
    RuleSeverity.Error,
    "Only string and ARN operators replace variables; elsewhere the value is not a number, date or address.",
    "Write the value out, or compare as a string.",
    1286,
    "INVALID_VARIABLE_FOR_OPERATOR"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Policy.HasVariables && !condition.Operator.TakesVariables && condition.Comparison != ConditionComparison.Unknown)
        {
            foreach (CheckedText value in condition.Texts)
            {
                if (VariableTexts.In(value.Text).Any())
                {
                    findings.Add(value, $"{CheckedText.Quoted(condition.OperatorName)} does not replace the variable in {value.Shown}");
                }
            }
        }
    }
}
