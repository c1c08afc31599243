namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_ARN_FIELD</c> of IAM Access Analyzer.</summary>
internal sealed class MissingArnFieldCheck() : ResourceCheck(new Rule(
    "PSEC3029",
    "ARN with too few fields",
    RuleSeverity.Error,
    "An ARN has six fields; what a shorter one matches is not documented.",
    "Write all fields, arn:partition:service:region:account:resource; a field may be empty.",
    1286,
    "MISSING_ARN_FIELD"))
{
    protected override void Check(CheckedStatement statement, CheckedText resource, PolicyArn arn, PolicyFindings findings)
    {
        if (!arn.IsComplete && !UnknownText.IsIn(resource.Text))
        {
            findings.Add(resource, $"{resource.Shown} has fewer than the six fields of arn:partition:service:region:account:resource");
        }
    }
}
