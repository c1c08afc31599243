using System.Globalization;
using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Accounts;

/// <summary>The answer of <c>aws iam get-account-summary</c> (IAM API Reference, GetAccountSummary).</summary>
public static class AccountSummary
{
    /// <summary>Whether JSON is one.</summary>
    public static bool Is(JsonItem root) => root.Kind == JsonKind.Object && root.TryGetProperty("SummaryMap", out JsonItem map) && map.Kind == JsonKind.Object;

    /// <summary>The findings in the order of the text.</summary>
    /// <param name="root">An answer of which <see cref="Is"/> is true.</param>
    public static IReadOnlyList<PolicyFinding> Check(JsonItem root)
    {
        var findings = new List<PolicyFinding>();
        if (root.TryGetProperty("SummaryMap", out JsonItem map))
        {
            foreach (JsonMember entry in map.Properties())
            {
                if (int.TryParse(entry.Value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
                    && RuleOf(entry.Name, value) is (var rule, var message))
                {
                    findings.Add(new PolicyFinding(rule, message, entry.Value.Span, entry.Value.Pointer));
                }
            }
        }

        return findings;
    }

    private static (Rule Rule, string Message)? RuleOf(string name, int value) => (name, value) switch
    {
        ("AccountAccessKeysPresent", > 0) => (CredentialReportRules.RootKey, "the root user has an access key"),
        ("AccountMFAEnabled", 0) => (CredentialReportRules.RootWithoutMfa, "the root user signs in without MFA"),
        ("GlobalEndpointTokenVersion", 1) => (CredentialUseRules.GlobalStsEndpoint,
            "session tokens of the global STS endpoint are of version 1, which Regions that an account must opt in to do not take"),
        _ => null,
    };
}
