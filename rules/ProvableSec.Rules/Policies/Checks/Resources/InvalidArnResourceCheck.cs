namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_ARN_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidArnResourceCheck() : ResourceCheck(new Rule(
    "PSEC3009",
    "Resource in no format of its service",
    RuleSeverity.Error,
    "No resource of the service has such an ARN, so the statement matches none.",
    "Write the ARN as the Service Authorization Reference has it.",
    1286,
    "INVALID_ARN_RESOURCE"))
{
    protected override void Check(CheckedStatement statement, CheckedText resource, PolicyArn arn, PolicyFindings findings)
    {
        if (arn.IsComplete && ArnFormats.Of(statement.Policy.Catalogue, arn) is { Count: > 0 } formats && !formats.Any(arn.MayBe))
        {
            Unlisted.Report(findings, resource.Element,
                $"no resource of {arn.Service} has such an ARN as {resource.Shown}; expected for example {ArnFormats.Nearest(formats, arn)}",
                Kind(arn.Resource), formats.Select(format => Kind(format.Resource)), statement.Policy.Catalogue);
        }
    }

    /// <summary>What names the kind of resource: the characters before the first separator, wildcard or variable.</summary>
    private static string Kind(string resource) => resource.Split('/', ':', '*', '?', '$', UnknownText.Mark, UnknownText.Name)[0];
}
