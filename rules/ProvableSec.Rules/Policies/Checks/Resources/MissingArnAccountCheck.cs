namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_ARN_ACCOUNT</c> of IAM Access Analyzer.</summary>
internal sealed class MissingArnAccountCheck() : ResourceCheck(new Rule(
    "PSEC3080",
    "ARN without its account",
    RuleSeverity.Error,
    "Resources of this kind have ARNs with an account, so the statement matches none.",
    "Write the account, or * for any.",
    1286,
    "MISSING_ARN_ACCOUNT"))
{
    protected override void Check(CheckedStatement statement, CheckedText resource, PolicyArn arn, PolicyFindings findings)
    {
        if (arn is { IsComplete: true, Account: "" } && ArnFormats.Fitting(statement.Policy.Catalogue, arn) is { Count: > 0 } formats
            && formats.All(format => format.Account.Length > 0))
        {
            findings.Add(resource, $"ARNs of {arn.Service} such as {resource.Shown} have an account");
        }
    }
}
