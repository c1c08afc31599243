using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Deployments;

/// <summary>
/// Outputs of a plan or state of Terraform that show a secret: their value is one that a resource has, or, where it is not known yet, they refer to one and are
/// not sensitive. Terraform itself refuses that unless <c>nonsensitive</c> or an older version makes it possible.
/// </summary>
internal sealed class TerraformOutputs
{
    /// <summary>Shorter values are found in others by chance.</summary>
    private const int Shortest = 6;

    private readonly TerraformConfiguration configuration;
    private readonly Dictionary<string, TerraformResource> known;
    private readonly List<(string Address, string Value)> secrets;

    private TerraformOutputs(IReadOnlyList<TerraformResource> resources, TerraformConfiguration configuration)
    {
        this.configuration = configuration;
        known = new(StringComparer.Ordinal);
        secrets = [];
        foreach (TerraformResource resource in resources)
        {
            known[resource.Address] = resource;
            secrets.AddRange(TerraformSecretAttributes.Of(resource).Select(attribute => (Address: $"{resource.Address}.{attribute}",
                Value: resource.Values.TryGetProperty(attribute, out JsonItem value) && value.Kind == JsonKind.String ? value.Text : ""))
                .Where(secret => secret.Value.Length >= Shortest));
        }
    }

    /// <summary>Looks at each output of the root module: nobody sees those of others.</summary>
    /// <param name="outputs">The outputs, by name.</param>
    /// <param name="resources">The resources and data sources.</param>
    /// <param name="configuration">The configuration of a plan; a state has none.</param>
    /// <param name="findings">What is found.</param>
    public static void Check(JsonItem outputs, IReadOnlyList<TerraformResource> resources, TerraformConfiguration configuration, DeploymentFindings findings)
    {
        var all = new TerraformOutputs(resources, configuration);
        foreach (JsonMember output in outputs.Members())
        {
            bool isMarked = output.Value.TryGetProperty("sensitive", out JsonItem sensitive);
            if (isMarked && sensitive.Kind == JsonKind.True)
            {
                continue;
            }

            bool hasValue = output.Value.TryGetProperty("value", out JsonItem value);
            if ((hasValue ? all.Shown(value) : all.Referenced("", output.Name, [])) is { } secret)
            {
                findings.AddBeside(DeploymentRules.SecretInOutput, isMarked ? sensitive : output.Value, hasValue ? value : output.Value, output.Name,
                    $"the output {CheckedText.Quoted(output.Name)} exposes {Excerpt.Of(secret)} and is not sensitive");
            }
        }
    }

    /// <summary>The secret whose text is in a value.</summary>
    private string? Shown(JsonItem value) => value.Kind switch
    {
        JsonKind.String => secrets.Where(secret => value.Text.Contains(secret.Value)).Select(secret => secret.Address).FirstOrDefault(),
        JsonKind.Array => value.Items().Select(Shown).FirstOrDefault(found => found is not null),
        JsonKind.Object => value.Members().Select(member => Shown(member.Value)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    /// <summary>The secret that an output of a module refers to, through outputs of the modules below.</summary>
    private string? Referenced(string module, string output, HashSet<string> seen)
    {
        if (!seen.Add($"{module}\n{output}"))
        {
            return null;
        }

        string prefix = module.Length > 0 ? module + "." : "";
        foreach (string reference in configuration.OutputReferences(module, output))
        {
            string[] parts = reference.Split('.');
            if (parts is ["module", var called, var named])
            {
                if (Referenced($"{prefix}module.{TerraformConfiguration.Plain(called)}", TerraformConfiguration.Plain(named), seen) is { } within)
                {
                    return within;
                }

                continue;
            }

            int at = parts[0] == "data" ? 1 : 0;
            if (parts.Length == at + 3 && IsSecret(prefix + string.Join(".", parts.Take(at + 2)), parts[at], parts[at + 2]))
            {
                return prefix + reference;
            }
        }

        return null;
    }

    private bool IsSecret(string address, string type, string attribute) =>
        known.TryGetValue(address, out TerraformResource? resource) ? TerraformSecretAttributes.Of(resource).Contains(attribute)
            : TerraformSecretAttributes.Of(type).Contains(attribute);
}
