using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>NULL_WITH_QUALIFIER</c> of IAM Access Analyzer.</summary>
internal sealed class NullWithQualifierCheck() : ConditionCheck(new Rule(
    "PSEC3314",
    "Null with a set operator",
    RuleSeverity.Info,
    "ForAllValues:Null always holds, ForAnyValue:Null never does.",
    "Write Null without a set operator.",
    1041,
    "NULL_WITH_QUALIFIER"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Comparison == ConditionComparison.Null && condition.Operator.Set != SetOperator.None)
        {
            findings.Add(condition.OperatorElement,
                $"{condition.Operator.Set}:Null {(condition.Operator.Set == SetOperator.ForAllValues ? "always" : "never")} holds");
        }
    }
}
