namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>UNSUPPORTED_WILDCARD_IN_PRINCIPAL</c> of IAM Access Analyzer.</summary>
internal sealed class UnsupportedWildcardInPrincipalCheck() : PrincipalCheck(new Rule(
    "PSEC3050",
    "Wildcard as a part of a principal",
    RuleSeverity.Error,
    "In Principal only a whole * is a wildcard; AWS rejects one inside a text.",
    "Name the principals one by one, or allow the account and say which of them in a Condition on aws:PrincipalArn.",
    1286,
    "UNSUPPORTED_WILDCARD_IN_PRINCIPAL"))
{
    protected override void Check(CheckedStatement statement, CheckedPrincipal principal, PolicyFindings findings)
    {
        if (principal.Value.Text != "*" && principal.Value.HasWildcard)
        {
            findings.Add(principal.Value, $"a principal is \"*\" or written out, unlike {principal.Value.Shown}");
        }
        else if (principal is { Value.Text: "*", Kind: "Service" or "Federated" })
        {
            findings.Add(principal.Value, $"\"*\" does not stand for every {(principal.Kind == "Service" ? "service" : "identity provider")}");
        }
    }
}
