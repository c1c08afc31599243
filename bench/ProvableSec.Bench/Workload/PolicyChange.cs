using System.Text.Json.Nodes;

namespace ProvableSec.Bench.Workload;

/// <summary>One change to a policy, as a pull request makes them: a statement added, removed, widened, or freed of its conditions.</summary>
internal static class PolicyChange
{
    /// <summary>The policy with a change.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="others">Where added statements come from.</param>
    /// <param name="random">Decides.</param>
    public static ManagedPolicy Of(ManagedPolicy policy, IReadOnlyList<ManagedPolicy> others, Random random)
    {
        JsonNode document = JsonNode.Parse(policy.Text)!;
        JsonArray statements = Statements(document);
        var statement = (JsonObject)statements[random.Next(statements.Count)]!;
        string done;
        switch (random.Next(4))
        {
            case 0 when statements.Count > 1:
                done = "a statement less";
                statements.Remove(statement);
                break;
            case 1 when statement.ContainsKey("Condition"):
                done = "a condition less";
                statement.Remove("Condition");
                break;
            case 2 when statement["Action"] is JsonArray { Count: > 0 } actions:
                done = "a wider action";
                actions[random.Next(actions.Count)] = $"{actions[0]!.GetValue<string>().Split(':')[0]}:*";
                break;
            case 3 when statement["Resource"] is JsonArray { Count: > 1 } resources:
                done = "a resource less";
                resources.RemoveAt(random.Next(resources.Count));
                break;
            default:
                done = "a statement more";
                JsonArray from = Statements(JsonNode.Parse(others[random.Next(others.Count)].Text)!);
                statements.Add(from[random.Next(from.Count)]!.DeepClone());
                break;
        }

        return new ManagedPolicy($"{policy.Name} with {done}", document.ToJsonString());
    }

    private static JsonArray Statements(JsonNode document)
    {
        if (document["Statement"] is JsonArray statements)
        {
            return statements;
        }

        JsonNode only = document["Statement"]!;
        document["Statement"] = statements = [only.DeepClone()];
        return statements;
    }
}
