namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_PRINCIPAL_FORMAT</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidPrincipalFormatCheck() : PrincipalCheck(new Rule(
    "PSEC3019",
    "Principal in a form that AWS does not accept",
    RuleSeverity.Error,
    "AWS rejects a principal that is not an account, ARN, service, provider or canonical user.",
    "Write the principal as a pair, such as {\"AWS\": \"111122223333\"}.",
    1286,
    "INVALID_PRINCIPAL_FORMAT"))
{
    protected override void Check(CheckedStatement statement, CheckedPrincipal principal, PolicyFindings findings)
    {
        string text = principal.Value.Text;
        if (principal.Kind.Length == 0 && text != "*")
        {
            findings.Add(principal.Value, $"a principal is \"*\" or a pair such as {{\"AWS\": …}}, not {principal.Value.Shown}");
        }
        else if (principal.Kind == "AWS" && !IsAws(text))
        {
            findings.Add(principal.Value, $"{principal.Value.Shown} is not an account, ARN of a principal or \"*\"");
        }
        else if (principal.Kind == "Service" && text != "*" && !ServicePrincipals.IsWellFormed(text))
        {
            findings.Add(principal.Value, $"{principal.Value.Shown} is not a service principal; expected a name such as \"lambda.amazonaws.com\"");
        }
        else if (principal.Kind == "CanonicalUser" && text != "*" && !(text.Length == 64 && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'))))
        {
            findings.Add(principal.Value, $"{principal.Value.Shown} is not a canonical user id of 64 hexadecimal digits");
        }
    }

    private static bool IsAws(string text)
    {
        // Wildcards and ids of deleted principals have checks of their own.
        if (text.IndexOf('*') >= 0 || text.IndexOf('?') >= 0 || PrincipalIds.IsUniqueId(text))
        {
            return true;
        }

        return (text.Length == 12 && text.All(c => c is >= '0' and <= '9'))
            || (PolicyArn.TryParse(text) is { IsComplete: true, Service: "iam" or "sts", Resource.Length: > 0 } arn
                && ((arn.Account.Length == 12 && arn.Account.All(c => c is >= '0' and <= '9')) || arn.Account == "cloudfront"))
            || text.IndexOf("${", StringComparison.Ordinal) >= 0;
    }
}
