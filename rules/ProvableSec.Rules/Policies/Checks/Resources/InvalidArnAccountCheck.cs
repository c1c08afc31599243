namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_ARN_ACCOUNT</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidArnAccountCheck() : ResourceCheck(new Rule(
    "PSEC3006",
    "Account ID that is not twelve digits",
    RuleSeverity.Error,
    "No account has such an id, so the statement matches no resource.",
    "Write the twelve digits of the account, or * for any.",
    1286,
    "INVALID_ARN_ACCOUNT"))
{
    protected override void Check(CheckedStatement statement, CheckedText resource, PolicyArn arn, PolicyFindings findings)
    {
        if (arn.IsComplete && arn.Account.Length > 0 && PolicyArn.IsLiteral(arn.Account)
            && !(arn.Account.Length == 12 && arn.Account.All(c => c is >= '0' and <= '9'))
            && !(ArnFormats.Fitting(statement.Policy.Catalogue, arn) is var formats
                && (formats.All(format => format.Account.Length == 0) || formats.Any(format => format.Account == arn.Account)))
            && arn.Account is not ("aws" or "amazon" or "aws-managed" or "cloudfront"))
        {
            findings.Add(resource, $"an account has twelve digits, unlike {CheckedText.Quoted(arn.Account)}");
        }
    }
}
