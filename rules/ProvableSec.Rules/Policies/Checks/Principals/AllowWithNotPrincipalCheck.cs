namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>ALLOW_WITH_NOT_PRINCIPAL</c> of IAM Access Analyzer.</summary>
internal sealed class AllowWithNotPrincipalCheck() : StatementCheck(new Rule(
    "PSEC2102",
    "Allow with NotPrincipal",
    RuleSeverity.Warning,
    "Allow with NotPrincipal gives access to everyone who is not listed, including anonymous callers.",
    "Use Principal, and list those who need access.",
    732,
    "ALLOW_WITH_NOT_PRINCIPAL")
{
    Controls = ControlMapping.Outsiders,
})
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.IsAllow && statement.Principal is { IsNot: true } principal)
        {
            findings.Add(principal.Property.NameElement, "Allow with NotPrincipal gives access to everybody who is not listed");
        }
    }
}
