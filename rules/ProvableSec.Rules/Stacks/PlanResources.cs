using System.Text.RegularExpressions;
using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Stacks;

/// <summary>The resources of a Terraform plan or state, and which of them refer to which: by their values, or where these are known after apply by what the
/// configuration says.</summary>
internal sealed class PlanResources
{
    private static readonly Regex Keys = new("\\[[^]]*\\]", RegexOptions.CultureInvariant);

    // What says which of the instances of a block is meant, beside the block.
    private static readonly Regex Choosing = new(@"(^|\.)(each\.key|count\.index)$", RegexOptions.CultureInvariant);

    private readonly Dictionary<string, JsonItem> resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonItem> expressions = new(StringComparer.Ordinal);

    /// <summary>Finds the resources.</summary>
    /// <param name="root">The plan.</param>
    public PlanResources(JsonItem root)
    {
        if ((root.TryGetProperty("planned_values", out JsonItem values) || root.TryGetProperty("values", out values))
            && values.TryGetProperty("root_module", out JsonItem module))
        {
            Collect(module);
        }

        if (root.TryGetProperty("configuration", out JsonItem configuration) && configuration.TryGetProperty("root_module", out JsonItem top))
        {
            CollectExpressions(top, "");
        }
    }

    /// <summary>The addresses of the resources of a type.</summary>
    public IEnumerable<string> OfType(string type) => resources.Keys.Where(address => TypeOf(address) == type);

    /// <summary>The type that an address names; empty for an address of another form.</summary>
    public static string TypeOf(string address) => Stem(address).Split('.') is { Length: >= 2 } parts ? parts[parts.Length - 2] : "";

    /// <summary>A text that an attribute is; null where it is none, or known after apply.</summary>
    public string? Text(string address, string attribute) => resources[address].TryGetProperty(attribute, out JsonItem value) && value.Kind == JsonKind.String
        && value.Text.Length > 0 ? value.Text : null;

    /// <summary>The texts that an attribute is: one, or a list; null where some are known after apply.</summary>
    public IReadOnlyList<string>? Texts(string address, string attribute) =>
        Text(address, attribute) is { } one ? [one]
        : resources[address].TryGetProperty(attribute, out JsonItem list) && list.Kind == JsonKind.Array
            && list.Items().TrueForAll(item => item.Kind == JsonKind.String)
            ? [.. list.Items().Select(item => item.Text)]
        : null;

    /// <summary>Whether an attribute is something, now or after apply.</summary>
    public bool IsSet(string address, string attribute) => Text(address, attribute) is not null || References(address, attribute).Any();

    /// <summary>The resources that an attribute names; null where that is known only after apply.</summary>
    /// <param name="address">The resource that has the attribute.</param>
    /// <param name="attribute">A name, or a list of them.</param>
    /// <param name="type">The type of the resources.</param>
    /// <param name="by">Which attribute of theirs is the name.</param>
    public IReadOnlyList<string>? Named(string address, string attribute, string type, string by)
    {
        string[] all = [.. OfType(type)];
        if (Texts(address, attribute) is { } names)
        {
            return [.. all.Where(other => Text(other, by) is { } name && names.Contains(name))];
        }

        bool isWritten = resources[address].TryGetProperty(attribute, out JsonItem written);
        if (isWritten && written.Kind == JsonKind.Null)
        {
            return [];
        }

        string[] references = [.. References(address, attribute)];
        if (references.Length == 0)
        {
            // Not set at all, as the users of a policy that is attached to roles.
            return !isWritten && expressions.ContainsKey(Stem(address)) ? [] : null;
        }

        var found = new List<string>();
        foreach (IGrouping<string, string> same in references.Where(reference => !Choosing.IsMatch(reference)).GroupBy(Stem))
        {
            string[] instances = [.. all.Where(other => Stem(other) == same.Key)];
            if (instances.Length > 1)
            {
                // Of those that one block makes, that with the key that is written, or the same key; else nobody knows which.
                string key = same.Select(KeyOf).FirstOrDefault(one => one.Length > 0) ?? KeyOf(address);
                instances = [.. instances.Where(other => key.Length > 0 && KeyOf(other).EndsWith(key, StringComparison.Ordinal))];
            }

            if (instances.Length != 1)
            {
                return null;
            }

            found.Add(instances[0]);
        }

        return found.Count == 0 ? null : found;
    }

    private IEnumerable<string> References(string address, string attribute) =>
        expressions.TryGetValue(Stem(address), out JsonItem own) && own.TryGetProperty(attribute, out JsonItem expression)
            && expression.TryGetProperty("references", out JsonItem references)
            ? references.Items().Select(reference => ModuleOf(address) + reference.Text)
            : [];

    private static string ModuleOf(string address) => Stem(address) is var stem && stem.Split('.') is var parts && parts.Length > 2
        ? string.Join(".", parts.Take(parts.Length - 2)) + "." : "";

    /// <summary>The key of an instance; empty where its block makes one.</summary>
    private static string KeyOf(string address) => string.Concat(Keys.Matches(address).Cast<Match>().Select(match => match.Value));

    /// <summary>An address without the indexes of instances and without an attribute behind it.</summary>
    private static string Stem(string address)
    {
        string[] parts = Keys.Replace(address, "").Split('.');
        int at = Array.FindIndex(parts, part => part.StartsWith("aws_", StringComparison.Ordinal));
        return at < 0 ? string.Join(".", parts) : string.Join(".", parts.Take(at + 2));
    }

    private void Collect(JsonItem module)
    {
        foreach (JsonItem resource in module.TryGetProperty("resources", out JsonItem listed) ? listed.Items() : [])
        {
            if (resource.TryGetProperty("address", out JsonItem address) && resource.TryGetProperty("values", out JsonItem values))
            {
                resources[address.Text] = values;
            }
        }

        foreach (JsonItem child in module.TryGetProperty("child_modules", out JsonItem children) ? children.Items() : [])
        {
            Collect(child);
        }
    }

    private void CollectExpressions(JsonItem module, string prefix)
    {
        foreach (JsonItem resource in module.TryGetProperty("resources", out JsonItem listed) ? listed.Items() : [])
        {
            if (resource.TryGetProperty("address", out JsonItem address) && resource.TryGetProperty("expressions", out JsonItem own))
            {
                expressions[prefix + address.Text] = own;
            }
        }

        foreach (JsonMember call in module.TryGetProperty("module_calls", out JsonItem calls) ? calls.Members() : [])
        {
            if (call.Value.TryGetProperty("module", out JsonItem child))
            {
                CollectExpressions(child, $"{prefix}module.{call.Name}.");
            }
        }
    }
}
