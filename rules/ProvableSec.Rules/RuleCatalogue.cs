using ProvableSec.Rules.Accounts;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules;

/// <summary>All rules in one list.</summary>
public static class RuleCatalogue
{
    /// <summary>What <c>provablesec check</c> looks for.</summary>
    public static IReadOnlyList<Rule> OfCheck { get; } = [.. PolicyChecks.Rules, .. CredentialReportRules.All];

    /// <summary>Everything, families in the order of their ids.</summary>
    public static IReadOnlyList<Rule> All { get; } = [.. CredentialRules.All, .. CredentialUseRules.All, .. OfCheck];
}
