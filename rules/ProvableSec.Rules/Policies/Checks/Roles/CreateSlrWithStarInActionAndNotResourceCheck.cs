namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class CreateSlrWithStarInActionAndNotResourceCheck() : RoleGrantCheck(new Rule(
    "PSEC3202",
    "Service-linked roles of all services but some, by a wildcard",
    RuleSeverity.Warning,
    "The wildcard includes iam:CreateServiceLinkedRole, for all services that are not listed.",
    "List the actions that are needed, and the service in Resource.",
    269,
    "CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE"), RoleGrant.CreateServiceLinkedRole, RoleGrantForm.Wildcard, resourceIsNot: true);
