using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Keys about who asks, or on whose behalf (IAM User Guide, "AWS global condition context keys").</summary>
internal static class PrincipalKeys
{
    private static readonly string[] OfAccounts =
    [
        "aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgPaths", "aws:PrincipalOrgID", "aws:PrincipalType", "aws:userid", "aws:username",
    ];

    private static readonly string[] OfSources = ["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths"];

    /// <summary>True for keys that only users and roles of accounts have.</summary>
    public static bool IsAboutAnAccount(string key) =>
        OfAccounts.Contains(key, StringComparer.OrdinalIgnoreCase) || key.StartsWith("aws:PrincipalTag/", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for keys that services send about the resource they work for.</summary>
    public static bool IsAboutTheSource(string key) => OfSources.Contains(key, StringComparer.OrdinalIgnoreCase);

    /// <summary>True when the statement tells requests of AWS services from others.</summary>
    public static bool TestsService(CheckedStatement statement, string value) =>
        statement.Conditions.Any(condition => condition.IsOn("aws:PrincipalIsAWSService") && condition.Comparison == ConditionComparison.Bool
            && condition.Values.All(item => item.Kind is JsonKind.String or JsonKind.True or JsonKind.False
                && item.Text.Equals(value, StringComparison.OrdinalIgnoreCase)));
}
