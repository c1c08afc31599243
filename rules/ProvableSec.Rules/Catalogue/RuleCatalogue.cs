using ProvableSec.Rules.Accounts;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Rules.Catalogue;

/// <summary>All rules in one list.</summary>
public static class RuleCatalogue
{
    /// <summary>What <c>provablesec check</c> looks for: credentials in what is deployed, too.</summary>
    public static IReadOnlyList<Rule> OfCheck { get; } =
    [
        .. CredentialRules.All.Append(CredentialUseRules.GlobalStsEndpoint).OrderBy(rule => rule.Id, StringComparer.Ordinal), .. PolicyChecks.Rules,
            .. CredentialReportRules.All, .. AccountUserRules.All,
        .. DeploymentRules.All,
    ];

    /// <summary>Credentials, and how code uses them.</summary>
    public static IReadOnlyList<Rule> OfCredentials { get; } =
        [.. CredentialRules.All.Concat(CredentialUseRules.All).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>What the compiler looks for.</summary>
    internal static IReadOnlyList<Rule> OfCompiler { get; } = [.. OfCredentials, .. PolicyChecks.Rules, .. SettingsRules.All];

    private static readonly Dictionary<string, Rule> ById = OfCheck.ToDictionary(rule => rule.Id, StringComparer.Ordinal);

    /// <summary>Everything, families in the order of their ids.</summary>
    public static IReadOnlyList<Rule> All { get; } = [.. OfCredentials, .. OfCheck.Except(OfCredentials), .. SettingsRules.All];

    /// <summary>The rule of <see cref="OfCheck"/> that has an id; null for none.</summary>
    internal static Rule? FindOfCheck(string id) => ById.TryGetValue(id, out Rule? rule) ? rule : null;
}
