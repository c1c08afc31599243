namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_ARN_SERVICE_CASE</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidArnServiceCaseCheck() : ResourceCheck(new Rule(
    "PSEC3010",
    "Capital letters in the service of an ARN",
    RuleSeverity.Error,
    "ARNs have services in lower case, and resources are compared letter by letter: the statement matches none.",
    "Write the service in lower case.",
    1286,
    "INVALID_ARN_SERVICE_CASE"))
{
    protected override void Check(CheckedStatement statement, CheckedText resource, PolicyArn arn, PolicyFindings findings)
    {
        if (arn.Service.Any(c => c is >= 'A' and <= 'Z') && arn.Service.IndexOf('$') < 0)
        {
            findings.Add(resource, $"the service of an ARN has no capital letters, unlike {CheckedText.Quoted(arn.Service)}");
        }
    }
}
