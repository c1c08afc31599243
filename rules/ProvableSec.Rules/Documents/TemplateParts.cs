using System.Runtime.CompilerServices;
using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>The sections of a template by name, for the functions that refer to them (AWS CloudFormation User Guide, "Template sections").</summary>
internal sealed class TemplateParts
{
    /// <summary>Characters of a text that functions give; longer ones are not known. The longest that a policy of AWS takes is shorter.</summary>
    public const int LongestText = 4096;

    private const int MostNested = 32;

    // A template asks often: once for each reference.
    private static readonly ConditionalWeakTable<JsonTree, TemplateParts> Known = new();

    private readonly Dictionary<string, JsonItem> resources;
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> naming = new(StringComparer.Ordinal);

    private readonly IReadOnlyDictionary<string, string>? given;

    private TemplateParts(JsonTree template)
    {
        given = TemplateValues.Of(template);
        Conditions = Section(template.Root, "Conditions");
        Mappings = Section(template.Root, "Mappings");
        Parameters = Section(template.Root, "Parameters");
        resources = Section(template.Root, "Resources");
    }

    /// <summary>The conditions by name.</summary>
    public IReadOnlyDictionary<string, JsonItem> Conditions { get; }

    /// <summary>The mappings by name.</summary>
    public IReadOnlyDictionary<string, JsonItem> Mappings { get; }

    /// <summary>The parameters by name.</summary>
    public IReadOnlyDictionary<string, JsonItem> Parameters { get; }

    /// <summary>The resources by their logical ids.</summary>
    public IReadOnlyDictionary<string, JsonItem> Resources => resources;

    /// <summary>Resources whose names are made of each other's, so that none has one.</summary>
    public ISet<string> NamedInACircle { get; } = new SortedSet<string>(StringComparer.Ordinal);

    /// <summary>The sections of the template that an element is from.</summary>
    public static TemplateParts Of(JsonItem element) => Known.GetValue(element.Document, template => new TemplateParts(template));

    /// <summary>What somebody says that the deployment makes of a parameter, pseudo parameter, resource or attribute (<see cref="TemplateValues"/>); null where
    /// nobody does.</summary>
    public string? Given(string name) => given is not null && given.TryGetValue(name, out string? value) ? value : null;

    /// <summary>The type of a resource; empty where the template has none of this name.</summary>
    public string TypeOf(string resource) => resources.TryGetValue(resource, out JsonItem it) && it.TryGetProperty("Type", out JsonItem type)
        && type.Kind == JsonKind.String ? type.Text : "";

    /// <summary>A property of a resource as text; unknown text where it is not written down, and so AWS's to choose.</summary>
    public string PropertyOf(string resource, string property)
    {
        string key = resource + "\0" + property;
        if (names.TryGetValue(key, out string? known))
        {
            return known;
        }

        if (naming.Count >= MostNested)
        {
            return TemplateFunctions.Unknown;
        }

        if (!naming.Add(key))
        {
            NamedInACircle.Add(resource);
            return TemplateFunctions.Unknown;
        }

        string text = resources.TryGetValue(resource, out JsonItem it) && it.TryGetProperty("Properties", out JsonItem properties)
            && properties.TryGetProperty(property, out JsonItem value)
            ? TemplateFunctions.TextOf(value, TemplateChoice.None)
            : TemplateFunctions.Unknown;
        naming.Remove(key);
        return names[key] = text;
    }

    private static Dictionary<string, JsonItem> Section(JsonItem root, string name)
    {
        var section = new Dictionary<string, JsonItem>(StringComparer.Ordinal);
        foreach (JsonMember property in root.TryGetProperty(name, out JsonItem value) ? value.Members() : [])
        {
            section[property.Name] = property.Value;
        }

        return section;
    }
}
