using System.Text;
using System.Text.Json;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>A condition line as it was drawn, before it is written as JSON.</summary>
internal sealed record RandomCondition(string Operator, string Key, string[] Values);

/// <summary>A statement as it was drawn. Without a principal it has no such element; a trust policy's has no resource.</summary>
internal sealed record RandomStatement(bool Deny, bool NotAction, string[] Actions, bool NotResource, string[] Resources, RandomCondition[] Conditions)
{
    public RandomPrincipal? Principal { get; init; }

    public bool IsTrust { get; init; }

    public void Write(StringBuilder json)
    {
        json.Append($"{{\"Effect\":\"{(Deny ? "Deny" : "Allow")}\",{(Principal is null ? "" : $"{Principal},")}\"{(NotAction ? "NotAction" : "Action")}\":{Json(Actions)}");
        if (!IsTrust)
        {
            json.Append($",\"{(NotResource ? "NotResource" : "Resource")}\":{Json(Resources)}");
        }

        if (Conditions.Length > 0)
        {
            // One key stands once under an operator; what was drawn twice is dropped.
            json.Append(",\"Condition\":{");
            json.Append(string.Join(",", Conditions.GroupBy(c => c.Operator, StringComparer.Ordinal).Select(line =>
                $"{JsonSerializer.Serialize(line.Key)}:{{{string.Join(",", line.DistinctBy(c => c.Key.ToLowerInvariant()).Select(c => $"{JsonSerializer.Serialize(c.Key)}:{Json(c.Values)}"))}}}")));
            json.Append('}');
        }

        json.Append('}');
    }

    /// <summary>Every statement that says a little less.</summary>
    public IEnumerable<RandomStatement> Smaller()
    {
        foreach (RandomCondition[] fewer in Without(Conditions))
        {
            yield return this with { Conditions = fewer };
        }

        foreach (string[] fewer in Without(Actions))
        {
            yield return this with { Actions = fewer };
        }

        foreach (string[] fewer in Without(Resources))
        {
            yield return this with { Resources = fewer };
        }

        foreach (RandomPrincipal smaller in Principal?.Smaller() ?? [])
        {
            yield return this with { Principal = smaller };
        }

        for (int i = 0; i < Conditions.Length; i++)
        {
            foreach (string[] fewer in Without(Conditions[i].Values))
            {
                RandomCondition[] conditions = [.. Conditions];
                conditions[i] = conditions[i] with { Values = fewer };
                yield return this with { Conditions = conditions };
            }
        }

        if (Actions is not ["*"] && !NotAction)
        {
            yield return this with { Actions = ["*"] };
        }

        if (Resources is not ["*"] && !NotResource)
        {
            yield return this with { Resources = ["*"] };
        }
    }

    internal static IEnumerable<T[]> Without<T>(T[] items)
    {
        for (int i = 0; i < items.Length; i++)
        {
            yield return [.. items[..i], .. items[(i + 1)..]];
        }
    }

    private static string Json(string[] texts) => JsonSerializer.Serialize(texts);
}
