using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE</c> of IAM Access Analyzer.</summary>
internal sealed class ForAnyValueWithAudienceClaimTypeCheck() : ConditionCheck(new Rule(
    "PSEC2119",
    "ForAnyValue on the audience",
    RuleSeverity.Warning,
    "To AWS a token has one audience; a set operator on it hides what is compared.",
    "Remove ForAnyValue:.",
    863,
    "FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE")
{
    Controls = ControlMapping.Trust,
})
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Policy.Type == PolicyType.Trust && condition.Operator.Set == SetOperator.ForAnyValue
            && condition.Key.EndsWith(":aud", StringComparison.OrdinalIgnoreCase))
        {
            findings.Add(condition.OperatorElement, $"{CheckedText.Quoted(condition.Key)} has one value; remove ForAnyValue:");
        }
    }
}
