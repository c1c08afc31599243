namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>PASS_ROLE_WITH_NOT_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class PassRoleWithNotResourceCheck() : RoleGrantCheck(new Rule(
    "PSEC2104",
    "iam:PassRole for all roles but some",
    RuleSeverity.Warning,
    "All roles that are not listed can be passed, including roles that are created later.",
    "Name the roles in Resource.",
    269,
    "PASS_ROLE_WITH_NOT_RESOURCE")
{
    Controls = ControlMapping.Escalation,
}, RoleGrant.PassRole, RoleGrantForm.Literal, resourceIsNot: true);
