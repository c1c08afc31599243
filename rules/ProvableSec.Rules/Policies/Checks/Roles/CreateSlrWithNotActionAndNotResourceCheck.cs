namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class CreateSlrWithNotActionAndNotResourceCheck() : RoleGrantCheck(new Rule(
    "PSEC3203",
    "Service-linked roles of all services but some, by NotAction",
    RuleSeverity.Warning,
    "NotAction still allows iam:CreateServiceLinkedRole, for all services that are not listed.",
    "List the actions that are needed, or add iam:CreateServiceLinkedRole to NotAction.",
    269,
    "CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE"), RoleGrant.CreateServiceLinkedRole, RoleGrantForm.NotAction, resourceIsNot: true);
