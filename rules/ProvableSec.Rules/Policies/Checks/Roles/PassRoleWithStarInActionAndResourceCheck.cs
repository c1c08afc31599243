namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class PassRoleWithStarInActionAndResourceCheck() : RoleGrantCheck(new Rule(
    "PSEC2108",
    "iam:PassRole for any role, by a wildcard",
    RuleSeverity.Warning,
    "The wildcard takes in iam:PassRole; who may pass any role to a service gets what the most powerful role may do.",
    "List the actions that are needed, and the roles that may be passed.",
    269,
    "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE"), RoleGrant.PassRole, RoleGrantForm.Wildcard, resourceIsNot: false);
