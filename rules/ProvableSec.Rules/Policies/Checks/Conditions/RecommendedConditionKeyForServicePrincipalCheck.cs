using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL</c> of IAM Access Analyzer.</summary>
internal sealed class RecommendedConditionKeyForServicePrincipalCheck() : ConditionCheck(new Rule(
    "PSEC3324",
    "Service allowed by a condition key that others can set",
    RuleSeverity.Info,
    "Services set aws:SourceArn, aws:SourceAccount and aws:SourceOrgID to the resource that they act for; other keys do not say that.",
    "Add one of these keys.",
    290,
    "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Statement is { IsAllow: true, Principal: { IsNot: false } principal } && condition.Policy.Type == PolicyType.Resource
            && principal.Of("Service").FirstOrDefault() is { } service
            && (condition.IsOn("aws:referer") || condition.IsOn("aws:UserAgent") || condition.IsOn("aws:SourceIp")))
        {
            findings.Add(condition.KeyProperty.NameElement,
                $"for {service.Value.Shown} use aws:SourceArn, aws:SourceAccount or aws:SourceOrgID instead of {CheckedText.Quoted(condition.Key)}");
        }
    }
}
