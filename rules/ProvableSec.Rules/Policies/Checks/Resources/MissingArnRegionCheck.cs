namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_ARN_REGION</c> of IAM Access Analyzer.</summary>
internal sealed class MissingArnRegionCheck() : ResourceCheck(new Rule(
    "PSEC3030",
    "ARN without its Region",
    RuleSeverity.Error,
    "Resources of this kind have ARNs with a Region, so the statement matches none.",
    "Write the Region, or * for any.",
    1286,
    "MISSING_ARN_REGION"))
{
    protected override void Check(CheckedStatement statement, CheckedText resource, PolicyArn arn, PolicyFindings findings)
    {
        if (arn is { IsComplete: true, Region: "" } && ArnFormats.Fitting(statement.Policy.Catalogue, arn) is { Count: > 0 } formats
            && formats.All(format => format.Region.Length > 0))
        {
            findings.Add(resource, $"ARNs of {arn.Service} such as {resource.Shown} have a Region");
        }
    }
}
