using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>EMPTY_OBJECT_PRINCIPAL</c> of IAM Access Analyzer.</summary>
internal sealed class EmptyObjectPrincipalCheck() : StatementCheck(new Rule(
    "PSEC3309",
    "Empty Principal",
    RuleSeverity.Info,
    "A statement without principals has no effect.",
    "Name the principals that were meant, or remove the statement.",
    1164,
    "EMPTY_OBJECT_PRINCIPAL"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Principal is { Property.Value: { Kind: JsonKind.Object, Count: 0 } value })
        {
            findings.Add(value, $"{statement.Principal.Property.Name} names nobody");
        }
    }
}
