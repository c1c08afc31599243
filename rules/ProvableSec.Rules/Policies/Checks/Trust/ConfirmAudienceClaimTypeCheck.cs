using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>CONFIRM_AUDIENCE_CLAIM_TYPE</c> of IAM Access Analyzer.</summary>
internal sealed class ConfirmAudienceClaimTypeCheck() : ConditionCheck(new Rule(
    "PSEC3329",
    "ForAllValues on the audience",
    RuleSeverity.Info,
    "To AWS a token has one audience, and ForAllValues holds for a token without one.",
    "Remove ForAllValues:.",
    863,
    "CONFIRM_AUDIENCE_CLAIM_TYPE"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Policy.Type == PolicyType.Trust && condition.Operator.Set == SetOperator.ForAllValues
            && condition.Key.EndsWith(":aud", StringComparison.OrdinalIgnoreCase))
        {
            findings.Add(condition.OperatorElement, $"{CheckedText.Quoted(condition.Key)} has one value; remove ForAllValues:");
        }
    }
}
