using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>An action that hands out what a role may do.</summary>
/// <param name="Action">The action.</param>
/// <param name="ServiceKey">The condition key that says to which service; with it the grant is no longer open.</param>
/// <param name="AnyRole">All roles that there may be, as patterns; who may hand out all of one pattern may hand out any.</param>
internal sealed record RoleGrant(string Action, string ServiceKey, string[] AnyRole)
{
    public static RoleGrant PassRole { get; } = new("iam:PassRole", "iam:PassedToService", ["role/?*"]);

    public static RoleGrant CreateServiceLinkedRole { get; } =
        new("iam:CreateServiceLinkedRole", "iam:AWSServiceName", ["role/?*", "role/aws-service-role/?*.amazonaws.com/AWSServiceRoleFor?*"]);

    /// <summary>True for a resource that leaves open which role is meant. Partition and account, which do not say which, do not matter.</summary>
    public bool IsOpen(string resource, CheckBudget budget)
    {
        PolicyArn? arn = PolicyArn.TryParse(resource);
        string partition = arn is { Partition.Length: > 0 } ? arn.Partition : "aws";
        string account = arn is { Account.Length: > 0 } ? arn.Account : "111122223333";
        return AnyRole.Any(role => GlobUnion.Covers($"arn:{partition}:iam::{account}:{role}", [resource], budget));
    }

    /// <summary>Whether a condition says which services: a positive one, also with IfExists for the key is always sent, whose values do not begin with a
    /// wildcard.</summary>
    public bool IsLimitedBy(CheckedCondition condition) => condition.IsOn(ServiceKey) && !condition.Operator.IsNegated
        && condition.Comparison is not (ConditionComparison.Null or ConditionComparison.Unknown) && condition.Operator.Set != SetOperator.ForAllValues
        && !(condition.HasPatterns && condition.Texts.Any(value => value.Text.StartsWith("*", StringComparison.Ordinal)));
}
