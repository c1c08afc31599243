namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_VPC_FORMAT</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidVpcFormatCheck() : ConditionCheck(new Rule(
    "PSEC3062",
    "Value that is not a VPC",
    RuleSeverity.Error,
    "No VPC has such an id, so the condition never matches, or always.",
    "Write vpc- and the 8 or 17 characters of the id.",
    1286,
    "INVALID_VPC_FORMAT"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.IsOn("aws:SourceVpc"))
        {
            NetworkIds.Report(condition, "vpc-", findings);
        }
    }
}
