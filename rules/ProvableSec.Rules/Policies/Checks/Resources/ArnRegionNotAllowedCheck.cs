namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>ARN_REGION_NOT_ALLOWED</c> of IAM Access Analyzer.</summary>
internal sealed class ArnRegionNotAllowedCheck() : ResourceCheck(new Rule(
    "PSEC3002",
    "Region in an ARN that has none",
    RuleSeverity.Error,
    "Resources of this kind have ARNs without a Region, so the statement matches none.",
    "Leave the field empty.",
    1286,
    "ARN_REGION_NOT_ALLOWED"))
{
    protected override void Check(CheckedStatement statement, CheckedText resource, PolicyArn arn, PolicyFindings findings)
    {
        if (arn.Region.Trim('*').Length > 0 && arn.Region[0] != UnknownText.Mark
            && ArnFormats.Fitting(statement.Policy.Catalogue, arn) is { Count: > 0 } formats && formats.All(format => format.Region.Length == 0))
        {
            findings.Add(resource, $"ARNs of {arn.Service} such as {resource.Shown} have no Region");
        }
    }
}
