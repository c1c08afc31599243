namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>ARN_ACCOUNT_NOT_ALLOWED</c> of IAM Access Analyzer.</summary>
internal sealed class ArnAccountNotAllowedCheck() : ResourceCheck(new Rule(
    "PSEC3001",
    "Account in an ARN that has none",
    RuleSeverity.Error,
    "Resources of this kind have ARNs without an account, so the statement matches none.",
    "Leave the field empty.",
    1286,
    "ARN_ACCOUNT_NOT_ALLOWED"))
{
    protected override void Check(CheckedStatement statement, CheckedText resource, PolicyArn arn, PolicyFindings findings)
    {
        if (HasText(arn.Account) && ArnFormats.Fitting(statement.Policy.Catalogue, arn) is { Count: > 0 } formats
            && formats.All(format => format.Account.Length == 0))
        {
            findings.Add(resource, $"ARNs of {arn.Service} such as {resource.Shown} have no account");
        }
    }

    private static bool HasText(string field) => field.Trim('*').Length > 0 && field[0] != UnknownText.Mark;
}
