namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_ARN_PREFIX</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidArnPrefixCheck() : StatementCheck(new Rule(
    "PSEC3007",
    "Resource that is not an ARN",
    RuleSeverity.Error,
    "AWS rejects a Resource that is neither * nor an ARN.",
    "Write the ARN, arn:partition:service:region:account:resource.",
    1286,
    "INVALID_ARN_PREFIX"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        foreach (CheckedText resource in statement.Resource?.Items ?? [])
        {
            if (resource.IsKnown && !resource.Text.StartsWith("arn:", StringComparison.Ordinal) && !GlobText.Overlap(resource.Text, "arn:*")
                && !resource.Text.StartsWith("execute-api:/", StringComparison.Ordinal))
            {
                findings.Add(resource, $"{resource.Shown} is not a resource; expected \"*\" or an ARN, arn:partition:service:region:account:resource");
            }
        }
    }
}
