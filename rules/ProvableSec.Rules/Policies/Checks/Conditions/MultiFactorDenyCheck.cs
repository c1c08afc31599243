using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Deny statements for callers without MFA that do not meet requests signed with long-term keys.</summary>
internal sealed class MultiFactorDenyCheck() : ConditionCheck(new Rule(
    "PSEC3404",
    "Deny without MFA that long-term access keys pass",
    RuleSeverity.Info,
    "Requests that are signed with the long-term access keys of a user carry neither aws:MultiFactorAuthPresent nor aws:MultiFactorAuthAge (IAM User Guide, "
        + "\"AWS global condition context keys\"): a condition that needs the key does not match them, and the Deny does not apply.",
    "Write BoolIfExists, or NumericGreaterThanIfExists for the age, so that requests without the key are denied too; keep it where services that act for the "
        + "caller must pass.",
    863)
{
    Reference = RuleReference.InIam("Secure API access with MFA", "id_credentials_mfa_configure-api-require"),
})
{
    private const string Present = "aws:MultiFactorAuthPresent", Age = "aws:MultiFactorAuthAge";

    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Statement is { IsDeny: true, ConditionsAreKnown: true } && condition.NeedsKey && (AsksForAbsence(condition) || AsksForAge(condition))
            && !condition.Policy.Statements.Any(other => other.IsDeny && other.Conditions.Any(MeetsAbsence)))
        {
            findings.Add(condition.KeyProperty.NameElement,
                $"requests signed with long-term access keys carry no {condition.Key}, so this Deny does not apply to them; {condition.OperatorName}"
                    + $"IfExists does");
        }
    }

    private static bool AsksForAbsence(CheckedCondition condition) =>
        condition.IsOn(Present) && condition.Comparison != ConditionComparison.Null
            && condition.Values.All(value => value.Kind is JsonKind.False
                || (value.Kind == JsonKind.String && value.Text.Equals("false", StringComparison.OrdinalIgnoreCase)));

    private static bool AsksForAge(CheckedCondition condition) => condition.IsOn(Age)
        && condition.Comparison is ConditionComparison.NumericGreaterThan or ConditionComparison.NumericGreaterThanEquals && condition.IsOn(Age);

    /// <summary>Another Deny of the policy that requests without the key do meet.</summary>
    private static bool MeetsAbsence(CheckedCondition condition) => (condition.IsOn(Present) || condition.IsOn(Age)) && (condition.Operator.IfExists
        || (condition.Comparison == ConditionComparison.Null
            && condition.Values.Any(value => value.Kind == JsonKind.True || value.Text.Equals("true", StringComparison.OrdinalIgnoreCase))));
}
