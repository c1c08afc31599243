using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>S3_PREFIX_IN_NEGATIVE_CONTEXT</c> of IAM Access Analyzer.</summary>
internal sealed class S3PrefixInNegativeContextCheck() : ConditionCheck(new Rule(
    "PSEC2118",
    "s3:prefix forbidden one by one",
    RuleSeverity.Warning,
    "A listing with a shorter prefix, or none, shows the forbidden keys too.",
    "Allow the prefixes that may be listed instead of denying others.",
    863,
    "S3_PREFIX_IN_NEGATIVE_CONTEXT"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.IsOn("s3:prefix") && condition.Comparison != ConditionComparison.Null && condition.Statement.Effect is "Allow" or "Deny"
            && condition.Operator.IsNegated == condition.Statement.IsAllow)
        {
            findings.Add(condition.KeyProperty.NameElement,
                "a listing with a shorter prefix shows these keys too; allow the prefixes that may be listed instead");
        }
    }
}
