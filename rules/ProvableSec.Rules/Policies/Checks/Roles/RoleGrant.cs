namespace ProvableSec.Rules.Policies.Checks;

/// <summary>An action that hands out what a role may do.</summary>
/// <param name="Action">The action.</param>
/// <param name="ServiceKey">The condition key that says to which service; with it the grant is no longer open.</param>
/// <param name="OpenResources">Resources that leave open which role, most general first.</param>
internal sealed record RoleGrant(string Action, string ServiceKey, string[] OpenResources)
{
    public static RoleGrant PassRole { get; } = new("iam:PassRole", "iam:PassedToService", ["role/"]);

    public static RoleGrant CreateServiceLinkedRole { get; } = new("iam:CreateServiceLinkedRole", "iam:AWSServiceName", ["role/", "role/aws-service-role/"]);

    /// <summary>True for a resource that leaves open which role is meant.</summary>
    public bool IsOpen(string resource)
    {
        if (GlobText.IsEverything(resource))
        {
            return true;
        }

        // Fixed characters behind role/ limit the names; the account does not matter.
        return PolicyArn.TryParse(resource) is { IsComplete: true } arn && GlobText.Overlap(arn.Service, "iam")
            && (arn.Resource.Trim('*').Length == 0 || OpenResources.Any(open => open.StartsWith(arn.Resource.TrimEnd('*'), StringComparison.Ordinal) && arn.Resource.EndsWith("*", StringComparison.Ordinal)));
    }
}
