namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL</c> of IAM Access Analyzer.</summary>
internal sealed class MissingConditionKeyForOidcPrincipalCheck() : StatementCheck(new Rule(
    "PSEC2114",
    "Role that every user of an identity provider can assume",
    RuleSeverity.Warning,
    "Without a condition on the provider's claims, anyone who can sign in to the provider can assume the role.",
    "Add a condition on the provider's aud or sub.",
    863,
    "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL")
{
    Controls = ControlMapping.Trust,
})
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (FederatedProviders.OpenIdConnectIn(statement) is { } provider && statement.ConditionsAreKnown
            && !statement.Conditions.Any(condition => condition.NeedsKey && condition.KeyStartsWith(provider.Host + ":")))
        {
            findings.Add(provider.At,
                $"anybody whom {provider.Host} knows can assume the role; add a condition on \"{provider.Host}:aud\" or \"{provider.Host}:sub\"");
        }
    }
}
