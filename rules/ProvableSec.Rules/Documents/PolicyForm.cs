using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>Tells policies by their form, where nothing else says that something is one.</summary>
internal static class PolicyForm
{
    /// <summary>Properties whose text is a program, a template or a definition of its own, in which a policy may be quoted that nobody has.</summary>
    private static readonly HashSet<string> NotLookedInto = new(StringComparer.Ordinal) { "Code", "ZipFile", "DefinitionString", "Definition", "Metadata",
        "TemplateBody", "Body", "InlineCode" };

    /// <summary>True for an object whose every statement says Allow or Deny, which actions, and for whom or on what.</summary>
    public static bool Is(JsonItem value)
    {
        if (value.Kind != JsonKind.Object || !value.TryGetProperty("Statement", out JsonItem statements))
        {
            return false;
        }

        if (statements.Kind == JsonKind.Object)
        {
            return IsStatement(statements);
        }

        return statements.Items() is { Count: > 0 } items && items.TrueForAll(IsStatement);
    }

    /// <summary>True for a string that holds such an object.</summary>
    public static bool IsIn(JsonItem text) => text.Kind == JsonKind.String && LooksLikeOne(text.Text)
        && JsonTreeReader.Read(new DocumentText(text.Text)) is { Problems.IsEmpty: true } json && Is(json.Root);

    /// <summary>The policies by form below a value, and below the properties of its values.</summary>
    public static IEnumerable<JsonItem> Below(JsonItem value)
    {
        if (Is(value) || IsIn(value))
        {
            return [value];
        }

        var found = new List<JsonItem>();
        foreach (JsonMember property in value.Properties())
        {
            if (!NotLookedInto.Contains(property.Name))
            {
                found.AddRange(Below(property.Value));
            }
        }

        foreach (JsonItem item in value.Elements())
        {
            found.AddRange(Below(item));
        }

        return found;
    }

    /// <summary>What a policy is whose place does not tell: with a principal the policy of a resource.</summary>
    public static PolicyType TypeOf(string policy)
    {
        JsonItem root = JsonTreeReader.Read(new DocumentText(policy)).Root;
        return root.TryGetProperty("Statement", out JsonItem statements) && (HasPrincipal(statements) || statements.Items().Exists(HasPrincipal))
            ? PolicyType.Resource : PolicyType.Identity;
    }

    /// <summary>The type of a control policy by the name that AWS Organizations has for it; null for a policy of another type.</summary>
    public static PolicyType? OfControl(string type) => type switch
    {
        "SERVICE_CONTROL_POLICY" => PolicyType.ServiceControlPolicy,
        "RESOURCE_CONTROL_POLICY" => PolicyType.ResourceControlPolicy,
        _ => null,
    };

    private static bool LooksLikeOne(string text) => text.IndexOf("\"Statement\"", StringComparison.Ordinal) > 0
        && text.TrimStart().StartsWith("{", StringComparison.Ordinal);

    private static bool IsStatement(JsonItem value) => value.TryGetProperty("Effect", out JsonItem effect)
        && effect is { Kind: JsonKind.String, Text: "Allow" or "Deny" }
        && (Has(value, "Action") || Has(value, "NotAction")) && (Has(value, "Resource") || Has(value, "NotResource") || HasPrincipal(value));

    private static bool HasPrincipal(JsonItem statement) => Has(statement, "Principal") || Has(statement, "NotPrincipal");

    private static bool Has(JsonItem value, string name) => value.TryGetProperty(name, out _);
}
