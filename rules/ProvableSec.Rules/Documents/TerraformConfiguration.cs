using System.Text.RegularExpressions;
using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>The <c>configuration</c> of a plan of Terraform: what its source says, as far as that is constants and references (HashiCorp, "JSON output
/// format").</summary>
/// <param name="root">The plan.</param>
internal sealed class TerraformConfiguration(JsonItem root)
{
    private static readonly Regex Index = new(@"\[[^\]]*\]", RegexOptions.CultureInvariant);

    private readonly Dictionary<string, Dictionary<string, JsonItem>> modules = new(StringComparer.Ordinal);

    /// <summary>A resource or data source of a module by its address within it, such as <c>data.aws_iam_policy_document.d</c>; null where there is
    /// none.</summary>
    /// <param name="module">The address of the module; empty for the root.</param>
    /// <param name="address">The address, without index.</param>
    public JsonItem? Find(string module, string address)
    {
        string path = Plain(module);
        if (!modules.TryGetValue(path, out Dictionary<string, JsonItem>? resources))
        {
            resources = new(StringComparer.Ordinal);
            foreach (JsonItem resource in Module(path) is { } of && of.TryGetProperty("resources", out JsonItem list) ? list.Items() : [])
            {
                if (resource.TryGetProperty("address", out JsonItem named) && named.Kind == JsonKind.String)
                {
                    resources[named.Text] = resource;
                }
            }

            modules.Add(path, resources);
        }

        return resources.TryGetValue(Plain(address), out JsonItem found) ? found : null;
    }

    /// <summary>What the output of a module refers to; nothing for constants, and for what is not there.</summary>
    /// <param name="module">The address of the module; empty for the root.</param>
    /// <param name="output">Its name.</param>
    public IReadOnlyList<string> OutputReferences(string module, string output) =>
        Module(Plain(module)) is { } of && of.TryGetProperty("outputs", out JsonItem outputs) && outputs.TryGetProperty(output, out JsonItem named)
            && named.TryGetProperty("expression", out JsonItem expression) ? References(expression) : [];

    /// <summary>An address or reference without the numbers and keys of those that there are several of.</summary>
    public static string Plain(string address) => Index.Replace(address, "");

    /// <summary>The module that a resource of the plan is in; empty for the root.</summary>
    public static string ModuleOf(string address)
    {
        int end = 0;
        foreach (Match match in Regex.Matches(address, @"\Gmodule\.[^.\[]+(\[[^\]]*\])?\.", RegexOptions.CultureInvariant))
        {
            end = match.Index + match.Length;
        }

        return end == 0 ? "" : address.Substring(0, end - 1);
    }

    /// <summary>The address of a resource within its module.</summary>
    public static string Within(string address) => ModuleOf(address) is { Length: > 0 } module ? address.Substring(module.Length + 1) : address;

    /// <summary>What an expression of a resource refers to; nothing for constants.</summary>
    public static IReadOnlyList<string> References(JsonItem? resource, string attribute) =>
        resource is { } of && of.TryGetProperty("expressions", out JsonItem expressions) && expressions.TryGetProperty(attribute, out JsonItem expression)
            ? References(expression) : [];

    /// <summary>What an expression refers to; nothing for constants.</summary>
    public static IReadOnlyList<string> References(JsonItem expression) =>
        expression.TryGetProperty("references", out JsonItem references)
            ? [.. references.Items().Where(reference => reference.Kind == JsonKind.String).Select(reference => reference.Text)] : [];

    private JsonItem? Module(string path)
    {
        if (!root.TryGetProperty("configuration", out JsonItem configuration) || !configuration.TryGetProperty("root_module", out JsonItem module))
        {
            return null;
        }

        foreach (string name in path.Split('.').Where((_, i) => i % 2 == 1))
        {
            if (!module.TryGetProperty("module_calls", out JsonItem calls) || !calls.TryGetProperty(name, out JsonItem call)
                || !call.TryGetProperty("module", out module))
            {
                return null;
            }
        }

        return module;
    }
}
