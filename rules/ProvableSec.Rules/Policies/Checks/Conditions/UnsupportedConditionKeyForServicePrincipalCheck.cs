using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL</c> of IAM Access Analyzer.</summary>
internal sealed class UnsupportedConditionKeyForServicePrincipalCheck() : ConditionCheck(new Rule(
    "PSEC3066",
    "Condition key that the service does not support",
    RuleSeverity.Error,
    "A service is not a principal of an account or organization, so the condition never matches.",
    "Use aws:SourceArn, aws:SourceAccount or aws:SourceOrgID.",
    863,
    "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Statement is { IsAllow: true, Principal: { IsNot: false } principal } && condition.Policy.Type == PolicyType.Resource
            && condition.NeedsKey
            && principal.Entries.Count > 0 && principal.Entries.All(entry => entry.Kind == "Service") && PrincipalKeys.IsAboutAnAccount(condition.Key))
        {
            findings.Add(condition.KeyProperty.NameElement, $"requests of a service never carry {CheckedText.Quoted(condition.Key)}");
        }
    }
}
