namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class CreateSlrWithStarInActionAndResourceCheck() : RoleGrantCheck(new Rule(
    "PSEC3205",
    "Service-linked roles of any service, by a wildcard",
    RuleSeverity.Warning,
    "The wildcard includes iam:CreateServiceLinkedRole, for any service.",
    "List the actions that are needed, and the service in Resource.",
    269,
    "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE"), RoleGrant.CreateServiceLinkedRole, RoleGrantForm.Wildcard, resourceIsNot: false);
