using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>EMPTY_OBJECT_CONDITION</c> of IAM Access Analyzer.</summary>
internal sealed class EmptyObjectConditionCheck() : StatementCheck(new Rule(
    "PSEC3308",
    "Empty Condition",
    RuleSeverity.Info,
    "An empty Condition restricts nothing.",
    "Add the condition that was meant, or remove the element.",
    1164,
    "EMPTY_OBJECT_CONDITION"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.ConditionElement is { Value: { Kind: JsonKind.Object } block })
        {
            if (block.Count == 0)
            {
                findings.Add(block, "the Condition is empty, so the statement applies without condition");
            }

            foreach (JsonMember line in block.Properties())
            {
                if (line.Value is { Kind: JsonKind.Object, Count: 0 })
                {
                    findings.Add(line.Value, $"{CheckedText.Quoted(line.Name)} names no condition key, so it restricts nothing");
                }
            }
        }
    }
}
