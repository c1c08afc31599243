namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Identity providers as principals of trust policies.</summary>
internal static class FederatedProviders
{
    /// <summary>The issuer of GitHub's workflows.</summary>
    public const string GitHub = "token.actions.githubusercontent.com";

    private const string OpenIdConnect = "oidc-provider/";
    private const string Saml = "saml-provider/";

    public static bool IsSaml(string principal) => PolicyArn.TryParse(principal) is { } arn && arn.Resource.StartsWith(Saml, StringComparison.Ordinal);

    /// <summary>True for a domain and for the ARN of a provider.</summary>
    public static bool IsWellFormed(string principal)
    {
        if (PolicyArn.TryParse(principal) is { } arn)
        {
            return arn is { Service: "iam", Region: "" }
                && (arn.Resource.StartsWith(Saml, StringComparison.Ordinal) || arn.Resource.StartsWith(OpenIdConnect, StringComparison.Ordinal))
                && arn.Resource.Length > OpenIdConnect.Length;
        }

        return principal.IndexOf('.') > 0 && principal.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '.' or '/'
            or '_');
    }

    /// <summary>The provider of OpenID Connect that may assume the role by a statement; null when there is none.</summary>
    public static (string Host, CheckedText At)? OpenIdConnectIn(CheckedStatement statement)
    {
        if (statement is not { IsAllow: true, Policy.Type: ProvableSec.Policy.Model.PolicyType.Trust, Principal: { IsNot: false } principal })
        {
            return null;
        }

        foreach (CheckedPrincipal entry in principal.Of("Federated"))
        {
            if (IsSaml(entry.Value.Text) || !IsWellFormed(entry.Value.Text))
            {
                continue;
            }

            // The partition and account may well be known only at deployment.
            string host = PolicyArn.TryParse(entry.Value.Text) is { } arn ? arn.Resource.Substring(OpenIdConnect.Length) : entry.Value.Text;
            if (!UnknownText.IsIn(host))
            {
                return (host, entry.Value);
            }
        }

        return null;
    }
}
