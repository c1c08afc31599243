namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_PRINCIPAL</c> of IAM Access Analyzer.</summary>
internal sealed class MissingPrincipalCheck() : StatementCheck(new Rule(
    "PSEC3032",
    "No Principal",
    RuleSeverity.Error,
    "A policy that is attached to a resource says for whom; AWS rejects a statement without Principal and NotPrincipal.",
    "Add a Principal element.",
    1286,
    "MISSING_PRINCIPAL"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Principal is null && statement.Policy.NamesPrincipals)
        {
            findings.Add(statement.Element, "the statement has neither Principal nor NotPrincipal");
        }
    }
}
