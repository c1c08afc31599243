using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>EMPTY_ARRAY_PRINCIPAL</c> of IAM Access Analyzer.</summary>
internal sealed class EmptyArrayPrincipalCheck() : StatementCheck(new Rule(
    "PSEC3306",
    "Principal lists nobody",
    RuleSeverity.Info,
    "A statement without principals has no effect.",
    "List the principals that were meant, or remove the statement.",
    1164,
    "EMPTY_ARRAY_PRINCIPAL"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Principal is { Property.Value: var value })
        {
            foreach (JsonMember kind in value.Properties())
            {
                if (kind.Value is { Kind: JsonKind.Array, Count: 0 })
                {
                    findings.Add(kind.Value, $"{CheckedText.Quoted(kind.Name)} lists nobody");
                }
            }
        }
    }
}
