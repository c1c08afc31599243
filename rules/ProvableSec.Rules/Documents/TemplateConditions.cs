using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Documents;

/// <summary>What <c>Fn::If</c> chooses in a template: each condition by its name, met or not (AWS CloudFormation Template Reference, "Condition functions").</summary>
/// <param name="Met">The conditions that are met; null where no choice is made.</param>
internal sealed record TemplateConditions(IReadOnlyCollection<string>? Met)
{
    // Beyond so many conditions in one policy the further ones are taken as met, and as not met, together.
    private const int MostConditions = 4;

    /// <summary>No choice: what depends on a condition is not known.</summary>
    public static TemplateConditions None { get; } = new((IReadOnlyCollection<string>?)null);

    /// <summary>Every choice that the conditions in a value leave, with its words; empty where there are none.</summary>
    public static IReadOnlyList<(IReadOnlyList<string> Words, TemplateConditions Conditions)> In(JsonElement value)
    {
        var names = new List<string>();
        Collect(value, names, []);
        if (names.Count == 0)
        {
            return [];
        }

        string[] single = [.. names.Take(MostConditions)];
        string[] rest = [.. names.Skip(MostConditions)];
        var choices = new List<(IReadOnlyList<string>, TemplateConditions)>();
        int bits = single.Length + (rest.Length > 0 ? 1 : 0);
        for (int choice = 0; choice < 1 << bits; choice++)
        {
            bool IsMet(int bit) => (choice & (1 << bit)) == 0;
            string[] met = [.. single.Where((_, bit) => IsMet(bit)), .. rest.Length > 0 && IsMet(single.Length) ? rest : []];
            choices.Add(([.. names.Select(name => met.Contains(name) ? name : "not " + name)], new TemplateConditions(met)));
        }

        return choices;
    }

    /// <summary>The value that <c>Fn::If</c> gives; the value itself where it is none, or no choice is made.</summary>
    public JsonElement Chosen(JsonElement value)
    {
        while (Met is not null && Parts(value) is [{ Kind: JsonKind.String } name, var then, var otherwise])
        {
            value = Met.Contains(name.Text) ? then : otherwise;
        }

        return value;
    }

    /// <summary>True for <c>AWS::NoValue</c>, which takes away the property or item that it is given for.</summary>
    public bool IsNoValue(JsonElement value) => Chosen(value) is { Kind: JsonKind.Object, Count: 1 } reference && reference.TryGetProperty("Ref", out JsonElement to) && to is { Kind: JsonKind.String, Text: "AWS::NoValue" };

    /// <summary>The values that <c>Fn::If</c> may give, whatever the conditions; the value itself where it is none.</summary>
    public static IEnumerable<JsonElement> Either(JsonElement value) => Parts(value) is [_, var then, var otherwise] ? Either(then).Concat(Either(otherwise)) : [value];

    private static void Collect(JsonElement value, List<string> names, HashSet<string> known)
    {
        if (Parts(value) is [{ Kind: JsonKind.String } name, _, _] && known.Add(name.Text))
        {
            names.Add(name.Text);
        }

        foreach (JsonProperty property in value.Properties())
        {
            Collect(property.Value, names, known);
        }

        foreach (JsonElement item in value.Elements())
        {
            Collect(item, names, known);
        }
    }

    /// <summary>The condition and both values.</summary>
    private static List<JsonElement> Parts(JsonElement value) =>
        value is { Kind: JsonKind.Object, Count: 1 } && value.TryGetProperty("Fn::If", out JsonElement list) ? list.Items() : [];
}
