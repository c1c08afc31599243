namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>CREATE_SLR_WITH_STAR_IN_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class CreateSlrWithStarInResourceCheck() : RoleGrantCheck(new Rule(
    "PSEC3204",
    "Service-linked roles of any service",
    RuleSeverity.Warning,
    "Services can be given roles in the account that nobody requested.",
    "Name the service in Resource, …:role/aws-service-role/SERVICE/*, or in a condition on iam:AWSServiceName.",
    269,
    "CREATE_SLR_WITH_STAR_IN_RESOURCE"), RoleGrant.CreateServiceLinkedRole, RoleGrantForm.Literal, resourceIsNot: false);
