using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_PRINCIPAL_KEY</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidPrincipalKeyCheck() : StatementCheck(new Rule(
    "PSEC3020",
    "Unknown kind of principal",
    RuleSeverity.Error,
    "AWS knows AWS, Service, Federated and CanonicalUser, spelled so, and refuses others.",
    "Write one of these.",
    1286,
    "INVALID_PRINCIPAL_KEY"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Principal is { Property.Value: var value })
        {
            foreach (JsonMember kind in value.Properties())
            {
                if (kind.Name is not ("AWS" or "Service" or "Federated" or "CanonicalUser"))
                {
                    findings.Add(kind.NameElement,
                        $"{CheckedText.Quoted(kind.Name)} is not a kind of principal; expected AWS, Service, Federated or CanonicalUser");
                }
            }
        }
    }
}
