using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies.Rewrites;

/// <summary>Adds conditions to statements.</summary>
internal static class ConditionEdits
{
    /// <summary>Adds one line; null where the key is there already, or the block is not an object.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="comparison">The operator.</param>
    /// <param name="key">The condition key.</param>
    /// <param name="value">A JSON value.</param>
    public static PolicyEdit? Add(CheckedStatement statement, string comparison, string key, string value)
    {
        if (statement.ConditionOn(key) is not null || !statement.ConditionsAreKnown)
        {
            return null;
        }

        if (statement.ConditionElement is not { Value: var block })
        {
            return JsonEdits.InsertLast(statement.Element, "Condition", Lines(statement, comparison, key, value));
        }

        if (block.Kind != JsonKind.Object || block.Count == 0)
        {
            return null;
        }

        return block.TryGetProperty(comparison, out JsonItem line)
            ? JsonEdits.InsertLast(line, key, value)
            : JsonEdits.InsertLast(block, comparison, JsonEdits.Block(block, (key, value)));
    }

    /// <summary>A block with one line, laid out as a member of the statement.</summary>
    public static string Lines(CheckedStatement statement, string comparison, string key, string value) =>
        JsonEdits.Block(statement.Element, (comparison, JsonEdits.Block(statement.Element, (key, value))));
}
