namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_REGION</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidRegionCheck() : StatementCheck(new Rule(
    "PSEC3021",
    "Region that does not exist",
    RuleSeverity.Error,
    "No request and no resource is in that Region, so the statement does not do what it says.",
    "Write the code of the Region, such as eu-central-1.",
    1286,
    "INVALID_REGION"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        foreach (CheckedText resource in statement.Resource?.Items ?? [])
        {
            if (PolicyArn.TryParse(resource.Text) is { IsComplete: true } arn && arn.Region.Length > 0 && PolicyArn.IsLiteral(arn.Region)
                && !Regions.MayExist(arn.Region)
                && !ArnFormats.Of(statement.Policy.Catalogue, arn).Any(format => format.Region == arn.Region))
            {
                findings.Add(resource, $"AWS has no Region {CheckedText.Quoted(arn.Region)}{Regions.Suggestion(arn.Region)}");
            }
        }

        foreach (CheckedCondition condition in statement.Conditions)
        {
            if (condition.IsOn("aws:RequestedRegion") || condition.IsOn("ec2:Region"))
            {
                foreach (CheckedText value in condition.Texts)
                {
                    // aws-global and the like are pseudo Regions of global services' endpoints.
                    if (PolicyArn.IsLiteral(value.Text) && !Regions.MayExist(value.Text) && !value.Text.EndsWith("-global", StringComparison.Ordinal))
                    {
                        findings.Add(value, $"AWS has no Region {value.Shown}{Regions.Suggestion(value.Text)}");
                    }
                }
            }
        }
    }
}
