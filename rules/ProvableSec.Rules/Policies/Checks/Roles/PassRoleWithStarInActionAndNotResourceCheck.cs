namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class PassRoleWithStarInActionAndNotResourceCheck() : RoleGrantCheck(new Rule(
    "PSEC2105",
    "iam:PassRole for all roles but some, by a wildcard",
    RuleSeverity.Warning,
    "The wildcard includes iam:PassRole, for all roles that are not listed.",
    "List the actions that are needed, and the roles in Resource.",
    269,
    "PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE")
{
    Controls = ControlMapping.Escalation,
}, RoleGrant.PassRole, RoleGrantForm.Wildcard, resourceIsNot: true);
