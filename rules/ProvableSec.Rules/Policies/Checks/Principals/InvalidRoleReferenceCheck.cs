namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_ROLE_REFERENCE</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidRoleReferenceCheck() : PrincipalCheck(new Rule(
    "PSEC3209",
    "Role referenced by its unique ID",
    RuleSeverity.Warning,
    "The id stands for a role that has been deleted, or was copied from a stored policy; nobody can see which role is meant.",
    "Write the ARN of the role.",
    1286,
    "INVALID_ROLE_REFERENCE"))
{
    protected override void Check(CheckedStatement statement, CheckedPrincipal principal, PolicyFindings findings)
    {
        if (principal.Kind == "AWS" && principal.Value.Text.StartsWith("AROA", StringComparison.Ordinal) && PrincipalIds.IsUniqueId(principal.Value.Text))
        {
            findings.Add(principal.Value, $"{principal.Value.Shown} is the unique id of a role; write its ARN");
        }
    }
}
