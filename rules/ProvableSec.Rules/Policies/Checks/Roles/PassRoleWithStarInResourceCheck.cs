namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>PASS_ROLE_WITH_STAR_IN_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class PassRoleWithStarInResourceCheck() : RoleGrantCheck(new Rule(
    "PSEC2107",
    "iam:PassRole for any role",
    RuleSeverity.Warning,
    "Whoever can pass any role to a service gets the permissions of the most powerful role.",
    "Name the roles in Resource and the service in a condition on iam:PassedToService.",
    269,
    "PASS_ROLE_WITH_STAR_IN_RESOURCE")
{
    Controls = ControlMapping.Escalation,
}, RoleGrant.PassRole, RoleGrantForm.Literal, resourceIsNot: false);
