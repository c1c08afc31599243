namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_PARTITION</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidPartitionCheck() : ResourceCheck(new Rule(
    "PSEC3017",
    "Partition that does not exist",
    RuleSeverity.Error,
    "No resource lies in that partition, so the statement matches none.",
    "Write aws, aws-cn, aws-us-gov or the partition that is meant.",
    1286,
    "INVALID_PARTITION"))
{
    protected override void Check(CheckedStatement statement, CheckedText resource, PolicyArn arn, PolicyFindings findings)
    {
        if (arn.IsComplete && PolicyArn.IsLiteral(arn.Partition) && !Regions.IsPartition(arn.Partition))
        {
            findings.Add(resource, $"AWS has no partition {CheckedText.Quoted(arn.Partition)}");
        }
    }
}
