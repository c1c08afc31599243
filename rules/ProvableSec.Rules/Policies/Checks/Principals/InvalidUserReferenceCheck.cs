namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_USER_REFERENCE</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidUserReferenceCheck() : PrincipalCheck(new Rule(
    "PSEC3210",
    "User referenced by its unique ID",
    RuleSeverity.Warning,
    "The id stands for a user who has been deleted, or was copied from a stored policy; nobody can see which user is meant.",
    "Write the ARN of the user, or better let users assume a role.",
    1286,
    "INVALID_USER_REFERENCE"))
{
    protected override void Check(CheckedStatement statement, CheckedPrincipal principal, PolicyFindings findings)
    {
        if (principal.Kind == "AWS" && principal.Value.Text.StartsWith("AIDA", StringComparison.Ordinal) && PrincipalIds.IsUniqueId(principal.Value.Text))
        {
            findings.Add(principal.Value, $"{principal.Value.Shown} is the unique id of a user; write the ARN");
        }
    }
}
