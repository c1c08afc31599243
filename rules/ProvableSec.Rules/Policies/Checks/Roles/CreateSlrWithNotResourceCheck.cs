namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>CREATE_SLR_WITH_NOT_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class CreateSlrWithNotResourceCheck() : RoleGrantCheck(new Rule(
    "PSEC3201",
    "Service-linked roles of all services but some",
    RuleSeverity.Warning,
    "Service-linked roles can be created for all services that are not listed, including future ones.",
    "Name the service in Resource.",
    269,
    "CREATE_SLR_WITH_NOT_RESOURCE"), RoleGrant.CreateServiceLinkedRole, RoleGrantForm.Literal, resourceIsNot: true);
