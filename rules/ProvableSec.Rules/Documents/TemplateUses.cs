using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>The parameters and conditions that values of a template depend on.</summary>
internal sealed class TemplateUses
{
    /// <summary>Parameters or conditions beyond which nothing is tried one by one, and values of one of them.</summary>
    public const int MostValues = 64;

    private readonly TemplateParts template;
    private readonly Dictionary<string, List<string>> compared = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Stack<string> open = new();
    private readonly HashSet<(List<string> In, string Name)> known = [];

    /// <summary>Looks through values of a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="values">The values.</param>
    /// <param name="conditions">Conditions that these stand under.</param>
    public TemplateUses(TemplateParts template, IEnumerable<JsonItem> values, IEnumerable<string> conditions)
    {
        this.template = template;
        foreach (JsonItem value in values)
        {
            Look(value, isDirect: true);
        }

        foreach (string condition in conditions)
        {
            Add(Conditions, condition);
        }

        foreach (string condition in Conditions)
        {
            open.Push(condition);
        }

        while (open.Count > 0)
        {
            LookInto(open.Pop());
        }
    }

    /// <summary>The conditions, by name.</summary>
    public List<string> Conditions { get; } = [];

    /// <summary>The parameters that are part of the values.</summary>
    public List<string> Direct { get; } = [];

    /// <summary>Parameters, pseudo ones too, and the values that conditions and mappings name for them.</summary>
    public IReadOnlyDictionary<string, List<string>> Compared => compared;

    private void Add(List<string> to, string name)
    {
        if (known.Add((to, name)))
        {
            to.Add(name);
        }
    }

    private void Look(JsonItem value, bool isDirect)
    {
        if (TemplateChoice.IfParts(value) is [{ Kind: JsonKind.String } name, _, _])
        {
            Add(Conditions, name.Text);
        }

        switch (TemplateFunctions.Of(value))
        {
            case ("Ref", { Kind: JsonKind.String } parameter):
                Use(parameter.Text, isDirect);
                return;
            case ("Fn::Sub", var argument):
                string text = (argument.Kind == JsonKind.Array && argument.Items() is [var first, ..] ? first : argument) is { Kind: JsonKind.String } written
                    ? written.Text : "";
                for (int at = text.IndexOf("${", StringComparison.Ordinal); at >= 0 && text.IndexOf('}', at) is > 0 and var close; at =
                    text.IndexOf("${", close, StringComparison.Ordinal))
                {
                    Use(text.Substring(at + 2, close - at - 2).Trim(), isDirect);
                }

                break;
            case ("Fn::FindInMap", var argument) when argument.Items() is [{ Kind: JsonKind.String } map, var top, var second, ..]
                && template.Mappings.TryGetValue(map.Text, out JsonItem keys) && keys.Count <= MostValues:
                Compare(top, keys.Members().Select(key => key.Name));
                Compare(second, keys.Members().SelectMany(key => key.Value.Members()).Select(key => key.Name).Distinct(StringComparer.Ordinal));
                break;
        }

        foreach (JsonMember property in value.Properties())
        {
            Look(property.Value, isDirect);
        }

        foreach (JsonItem item in value.Elements())
        {
            Look(item, isDirect);
        }
    }

    private void LookInto(string condition)
    {
        if (seen.Add(condition) && template.Conditions.TryGetValue(condition, out JsonItem definition))
        {
            LookInto(definition);
        }
    }

    private void LookInto(JsonItem condition)
    {
        foreach (JsonMember property in condition.Properties())
        {
            if (property.Name == "Condition" && property.Value.Kind == JsonKind.String)
            {
                open.Push(property.Value.Text);
            }
            else if (property.Name == "Fn::Equals" && property.Value.Items() is [var one, var other])
            {
                Compare(one, other.Kind == JsonKind.String ? [other.Text] : []);
                Compare(other, one.Kind == JsonKind.String ? [one.Text] : []);
                Look(one, isDirect: false);
                Look(other, isDirect: false);
            }
            else
            {
                LookInto(property.Value);
            }
        }

        foreach (JsonItem item in condition.Elements())
        {
            LookInto(item);
        }
    }

    private void Use(string name, bool isDirect)
    {
        if (template.Parameters.ContainsKey(name))
        {
            if (isDirect)
            {
                Add(Direct, name);
            }

            Values(name);
        }
    }

    private void Compare(JsonItem reference, IEnumerable<string> values)
    {
        if (TemplateFunctions.ReferenceOf(reference) is { } name
            && (template.Parameters.ContainsKey(name) || name.StartsWith("AWS::", StringComparison.Ordinal)) && Values(name).Count <= MostValues)
        {
            foreach (string value in values)
            {
                Add(Values(name), value);
            }
        }
    }

    private List<string> Values(string parameter)
    {
        if (!compared.TryGetValue(parameter, out List<string>? values))
        {
            compared[parameter] = values = [];
        }

        return values;
    }
}
