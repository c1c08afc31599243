namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_SERVICE_PRINCIPAL_FORMAT</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidServicePrincipalFormatCheck() : ConditionCheck(new Rule(
    "PSEC3060",
    "Value that is not a service principal",
    RuleSeverity.Error,
    "The key's values are names of services; no request has one like this.",
    "Write the service's principal, such as lambda.amazonaws.com; for kms:ViaService with the Region, s3.eu-west-1.amazonaws.com.",
    1286,
    "INVALID_SERVICE_PRINCIPAL_FORMAT"))
{
    private const string Suffix = ".amazonaws.com";

    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.IsOnAny(ServiceKeys))
        {
            foreach (CheckedText value in condition.Texts)
            {
                if (PolicyArn.IsLiteral(value.Text) && !ServicePrincipals.IsWellFormed(value.Text))
                {
                    findings.Add(value,
                        $"{value.Shown} is not a service principal; expected a name such as \""
                            + $"{(condition.IsOn("kms:ViaService") ? "s3.eu-west-1" : "lambda")}.amazonaws.com\"");
                }
                else if (condition.KeyStartsWith("aws:CalledVia") && PolicyArn.IsLiteral(value.Text) && value.Text.EndsWith(Suffix, StringComparison.Ordinal)
                    && value.Text.IndexOf('.') < value.Text.Length - Suffix.Length)
                {
                    findings.Add(value.Element, $"{value.Shown} is in no form that the key's page lists; services forward requests as service.amazonaws.com",
                        RuleSeverity.Warning);
                }
                else if (condition.IsOn("kms:ViaService") && PolicyArn.IsLiteral(value.Text) && value.Text.Count(c => c == '.') < 3)
                {
                    findings.Add(value, $"{value.Shown} has no Region; expected a name such as \"s3.eu-west-1.amazonaws.com\"");
                }
            }
        }
    }

    private static readonly string[] ServiceKeys =
    [
        "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList", "aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast",
        "iam:PassedToService", "iam:AWSServiceName", "kms:ViaService",
    ];
}
