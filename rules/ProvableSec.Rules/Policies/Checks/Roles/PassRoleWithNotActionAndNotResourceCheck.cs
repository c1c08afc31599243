namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class PassRoleWithNotActionAndNotResourceCheck() : RoleGrantCheck(new Rule(
    "PSEC2106",
    "iam:PassRole for all roles but some, by NotAction",
    RuleSeverity.Warning,
    "NotAction still allows iam:PassRole, for all roles that are not listed.",
    "List the actions that are needed, or add iam:PassRole to NotAction.",
    269,
    "PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE")
{
    Controls = ControlMapping.Escalation,
}, RoleGrant.PassRole, RoleGrantForm.NotAction, resourceIsNot: true);
