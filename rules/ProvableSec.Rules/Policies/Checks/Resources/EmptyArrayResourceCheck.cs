using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>EMPTY_ARRAY_RESOURCE</c> of IAM Access Analyzer.</summary>
internal sealed class EmptyArrayResourceCheck() : StatementCheck(new Rule(
    "PSEC3307",
    "Resource lists nothing",
    RuleSeverity.Info,
    "A statement without resources has no effect.",
    "List the resources that were meant, or remove the statement.",
    1164,
    "EMPTY_ARRAY_RESOURCE"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Resource is { Property.Value: { Kind: JsonKind.Array, Count: 0 } list })
        {
            findings.Add(list, $"{statement.Resource.Property.Name} lists nothing, so the statement has no effect");
        }
    }
}
