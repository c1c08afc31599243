namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class PassRoleWithStarInActionAndResourceCheck() : RoleGrantCheck(new Rule(
    "PSEC2108",
    "iam:PassRole for any role, by a wildcard",
    RuleSeverity.Warning,
    "The wildcard includes iam:PassRole, and whoever can pass any role to a service gets the permissions of the most powerful role.",
    "List the actions that are needed, and the roles that can be passed.",
    269,
    "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE")
{
    Controls = ControlMapping.Escalation,
}, RoleGrant.PassRole, RoleGrantForm.Wildcard, resourceIsNot: false);
