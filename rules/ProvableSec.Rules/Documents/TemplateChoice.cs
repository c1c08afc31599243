using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>What one deployment of a template chooses: the values of parameters, and with them which conditions are met.</summary>
internal sealed class TemplateChoice
{
    private readonly IReadOnlyDictionary<string, string?> values;
    private readonly IReadOnlyDictionary<string, bool> given;
    // Conditions inside conditions; beyond this many they are left open.
    private const int MostNested = 64;

    private int nested;
    private readonly Dictionary<string, bool?> met = new(StringComparer.Ordinal);
    private readonly TemplateParts? template;

    /// <summary>Makes a choice.</summary>
    /// <param name="template">The template; null where nothing is chosen.</param>
    /// <param name="values">Values of parameters; null for one that is none of those that the template names.</param>
    /// <param name="given">Conditions, and comparisons in them by their text, that are met or not whatever the parameters are.</param>
    public TemplateChoice(TemplateParts? template, IReadOnlyDictionary<string, string?> values, IReadOnlyDictionary<string, bool> given)
    {
        this.template = template;
        this.values = values;
        this.given = given;
    }

    /// <summary>No choice: what depends on a parameter or a condition is not known.</summary>
    public static TemplateChoice None { get; } = new(null, new Dictionary<string, string?>(), new Dictionary<string, bool>());

    /// <summary>The value of a parameter, or of a pseudo parameter in a comparison; null where the choice gives it none.</summary>
    public string? ValueOf(string parameter) => values.TryGetValue(parameter, out string? value) ? value : null;

    /// <summary>Whether a condition is met; null where the choice leaves it open.</summary>
    public bool? IsMet(string condition)
    {
        if (template is null)
        {
            return null;
        }

        if (given.TryGetValue(condition, out bool known))
        {
            return known;
        }

        if (!met.TryGetValue(condition, out bool? isMet))
        {
            // A condition that is part of itself is left open.
            met[condition] = null;
            nested++;
            met[condition] = isMet = nested <= MostNested && template.Conditions.TryGetValue(condition, out JsonItem definition) ? Evaluated(definition) : null;
            nested--;
        }

        return isMet;
    }

    /// <summary>The value that <c>Fn::If</c> gives; the value itself where it is none, or no choice is made.</summary>
    public JsonItem Chosen(JsonItem value)
    {
        while (IfParts(value) is [{ Kind: JsonKind.String } name, var then, var otherwise] && IsMet(name.Text) is { } isMet)
        {
            value = isMet ? then : otherwise;
        }

        return value;
    }

    /// <summary>True for <c>AWS::NoValue</c>, which takes away the property or item that it is given for.</summary>
    public bool IsNoValue(JsonItem value) =>
        Chosen(value) is { Kind: JsonKind.Object, Count: 1 } reference && reference.TryGetProperty("Ref", out JsonItem to)
            && to is { Kind: JsonKind.String, Text: "AWS::NoValue" };

    /// <summary>The condition and both values of <c>Fn::If</c>; nothing for other values.</summary>
    public static List<JsonItem> IfParts(JsonItem value) => value is { Kind: JsonKind.Object, Count: 1 } && value.TryGetProperty("Fn::If", out JsonItem list)
        ? list.Items() : [];

    /// <summary>A comparison is told by its text, where the parameters do not decide it.</summary>
    public static string TextOf(JsonItem comparison) => comparison.Document.Source.Text.Substring(comparison.Span.Start, comparison.Span.Length);

    /// <summary>A part of a condition that the choice leaves open: a comparison by its text, or a condition that the template does not define, by its name;
    /// null where none is.</summary>
    public string? FirstOpen(string condition) => IsMet(condition) is null ? FirstOpen(condition, []) : null;

    private string FirstOpen(string condition, HashSet<string> inside) =>
        !inside.Add(condition) || inside.Count > MostNested || template is null || !template.Conditions.TryGetValue(condition, out JsonItem definition)
            ? condition
        : FirstOpen(definition, inside) ?? condition;

    private string? FirstOpen(JsonItem condition, HashSet<string> inside)
    {
        if (Evaluated(condition) is not null)
        {
            return null;
        }

        foreach (JsonMember property in condition.Properties())
        {
            switch (property.Name)
            {
                case "Condition" when property.Value.Kind == JsonKind.String:
                    return FirstOpen(property.Value.Text, inside);
                case "Fn::Not" or "Fn::And" or "Fn::Or":
                    return property.Value.Items().Select(part => FirstOpen(part, inside)).FirstOrDefault(open => open is not null);
            }
        }

        return TextOf(condition);
    }

    private bool? Evaluated(JsonItem condition)
    {
        foreach (JsonMember property in condition.Properties())
        {
            List<JsonItem> parts = property.Value.Items();
            switch (property.Name)
            {
                case "Condition" when property.Value.Kind == JsonKind.String:
                    return IsMet(property.Value.Text);
                case "Fn::Not" when parts.Count == 1:
                    return !Evaluated(parts[0]);
                case "Fn::And":
                    return parts.Aggregate((bool?)true, (all, part) => all & Evaluated(part));
                case "Fn::Or":
                    return parts.Aggregate((bool?)false, (any, part) => any | Evaluated(part));
                case "Fn::Equals" when parts.Count == 2:
                    return AreEqual(parts[0], parts[1]) ?? (given.TryGetValue(TextOf(condition), out bool isMet) ? isMet : null);
            }
        }

        return given.TryGetValue(TextOf(condition), out bool known) ? known : null;
    }

    private bool? AreEqual(JsonItem one, JsonItem other)
    {
        if (IsOther(one, other) || IsOther(other, one))
        {
            return false;
        }

        string first = TemplateFunctions.TextOf(one, this, forComparison: true), second = TemplateFunctions.TextOf(other, this, forComparison: true);
        return Policies.UnknownText.IsIn(first) || Policies.UnknownText.IsIn(second) ? null : first == second;
    }

    /// <summary>A parameter whose value is none of those that the template names is not what the template compares it with.</summary>
    private bool IsOther(JsonItem one, JsonItem other) => other.Kind is JsonKind.String or JsonKind.Number or JsonKind.True or JsonKind.False
        && TemplateFunctions.ReferenceOf(one) is { } name && values.TryGetValue(name, out string? value) && value is null;
}
