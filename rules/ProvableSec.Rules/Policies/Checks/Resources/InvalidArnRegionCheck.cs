namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_ARN_REGION</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidArnRegionCheck() : ResourceCheck(new Rule(
    "PSEC3008",
    "Region that is not one of the ARN's partition",
    RuleSeverity.Error,
    "The Region lies in another partition than the ARN says, so the statement matches no resource.",
    "Write the partition of the Region: aws, aws-cn, aws-us-gov.",
    1286,
    "INVALID_ARN_REGION"))
{
    protected override void Check(CheckedStatement statement, CheckedText resource, PolicyArn arn, PolicyFindings findings)
    {
        if (arn.IsComplete && PolicyArn.IsLiteral(arn.Region) && PolicyArn.IsLiteral(arn.Partition) && Regions.PartitionOf(arn.Region) is { } partition
            && partition != arn.Partition && Regions.IsPartition(arn.Partition))
        {
            findings.Add(resource, $"{CheckedText.Quoted(arn.Region)} is a Region of the partition {partition}, not of {arn.Partition}");
        }
    }
}
