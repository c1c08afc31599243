namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_VPCE_FORMAT</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidVpceFormatCheck() : ConditionCheck(new Rule(
    "PSEC3063",
    "Value that is not a VPC endpoint",
    RuleSeverity.Error,
    "No endpoint has such an id, so the condition never matches, or always.",
    "Write vpce- and the 8 or 17 characters of the id.",
    1286,
    "INVALID_VPCE_FORMAT"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.IsOn("aws:SourceVpce"))
        {
            NetworkIds.Report(condition, "vpce-", findings);
        }
    }
}
