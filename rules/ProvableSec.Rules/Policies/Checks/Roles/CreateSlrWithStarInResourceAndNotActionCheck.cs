namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION</c> of IAM Access Analyzer.</summary>
internal sealed class CreateSlrWithStarInResourceAndNotActionCheck() : RoleGrantCheck(new Rule(
    "PSEC3206",
    "Service-linked roles of any service, by NotAction",
    RuleSeverity.Warning,
    "NotAction still allows iam:CreateServiceLinkedRole, for any service.",
    "List the actions that are needed, or add iam:CreateServiceLinkedRole to NotAction.",
    269,
    "CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION"), RoleGrant.CreateServiceLinkedRole, RoleGrantForm.NotAction, resourceIsNot: false);
