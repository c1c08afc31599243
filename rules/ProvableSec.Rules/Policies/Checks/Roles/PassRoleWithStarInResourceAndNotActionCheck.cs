namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION</c> of IAM Access Analyzer.</summary>
internal sealed class PassRoleWithStarInResourceAndNotActionCheck() : RoleGrantCheck(new Rule(
    "PSEC2109",
    "iam:PassRole for any role, by NotAction",
    RuleSeverity.Warning,
    "NotAction still allows iam:PassRole, and whoever can pass any role to a service gets the permissions of the most powerful role.",
    "List the actions that are needed, or add iam:PassRole to NotAction.",
    269,
    "PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION")
{
    Controls = ControlMapping.Escalation,
}, RoleGrant.PassRole, RoleGrantForm.NotAction, resourceIsNot: false);
