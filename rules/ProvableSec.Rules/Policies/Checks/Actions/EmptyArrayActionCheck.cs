using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>EMPTY_ARRAY_ACTION</c> of IAM Access Analyzer.</summary>
internal sealed class EmptyArrayActionCheck() : StatementCheck(new Rule(
    "PSEC3301",
    "Action lists nothing",
    RuleSeverity.Info,
    "A statement without actions has no effect.",
    "List the actions that were meant, or remove the statement.",
    1164,
    "EMPTY_ARRAY_ACTION"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Action is { Property.Value: { Kind: JsonKind.Array, Count: 0 } list })
        {
            findings.Add(list, $"{statement.Action.Property.Name} lists nothing, so the statement has no effect");
        }
    }
}
