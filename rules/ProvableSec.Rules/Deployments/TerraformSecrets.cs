using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Deployments;

/// <summary>Secrets in a plan or state of Terraform as JSON: the values are there as they will be, whoever gave them; the file shows them.</summary>
internal sealed class TerraformSecrets
{
    private readonly DeploymentFindings findings;

    private TerraformSecrets(DeploymentFindings findings) => this.findings = findings;

    /// <summary>Looks through a plan or a state.</summary>
    public static void Check(JsonItem root, DeploymentFindings findings)
    {
        var secrets = new TerraformSecrets(findings);
        var resources = new List<TerraformResource>();
        if (!root.TryGetProperty("planned_values", out JsonItem values) && !root.TryGetProperty("values", out values))
        {
            return;
        }

        if (values.TryGetProperty("root_module", out JsonItem module))
        {
            AddModule(module, resources);
        }

        TerraformResource[] managed = [.. resources.Where(resource => !resource.IsData)];
        foreach (TerraformResource resource in managed)
        {
            secrets.CheckResource(resource.Type, resource.Address, resource.Values);
        }

        var configuration = new TerraformConfiguration(root);
        TerraformRotation.Check(managed, configuration, root.TryGetProperty("configuration", out _), findings);
        if (values.TryGetProperty("outputs", out JsonItem outputs))
        {
            TerraformOutputs.Check(outputs, resources, configuration, findings);
        }
    }

    private static void AddModule(JsonItem module, List<TerraformResource> found)
    {
        foreach (JsonItem resource in module.TryGetProperty("resources", out JsonItem resources) ? resources.Items() : [])
        {
            if (resource.TryGetProperty("type", out JsonItem type) && type.Kind == JsonKind.String && resource.TryGetProperty("values", out JsonItem values))
            {
                found.Add(new TerraformResource(type.Text, resource.TryGetProperty("address", out JsonItem address) ? address.Text : type.Text, values, type,
                    resource.TryGetProperty("mode", out JsonItem mode) && mode.Text == "data"));
            }
        }

        foreach (JsonItem child in module.TryGetProperty("child_modules", out JsonItem children) ? children.Items() : [])
        {
            AddModule(child, found);
        }
    }

    private void CheckResource(string type, string address, JsonItem values)
    {
        foreach (SecretProperty property in SecretProperties.Of(type))
        {
            foreach (TemplatePlace place in TemplatePlace.At(values, property.Path))
            {
                if (place.Value.Kind == JsonKind.String && WrittenSecret.Is(property, place.Value.Text))
                {
                    findings.AddWritten(property.Rule, place.Value, address, property.Path, $"the password of {property.What} is hard-coded");
                }
            }
        }

        foreach (string path in EnvironmentProperties.Of(type))
        {
            foreach (TemplatePlace place in TemplatePlace.At(values, path))
            {
                EnvironmentSecrets.Check(EnvironmentProperties.Variables(place.Value, TextOf), address, findings);
            }
        }

        switch (type)
        {
            case "aws_ecs_task_definition" when values.TryGetProperty("container_definitions", out JsonItem definitions) && definitions.Kind == JsonKind.String:
                CheckContainers(definitions, address);
                break;
            case "aws_ssm_parameter" when Text(values, "type") == "String" && values.TryGetProperty("value", out JsonItem value)
                && value.Kind == JsonKind.String
                && Text(values, "name") is { } name && SecretName.Is(name.Substring(name.LastIndexOf('/') + 1)) && SecretText.IsWritten(name, value.Text):
                findings.AddWritten(CredentialRules.PlainParameter, value, address, "value",
                    "a parameter of type String holds a secret: anyone who can read parameters can read every version of it");
                break;
        }
    }

    /// <summary>The containers of a task are JSON in a string; a finding points at all of it.</summary>
    private void CheckContainers(JsonItem definitions, string address)
    {
        foreach (JsonItem container in JsonTreeReader.Read(new DocumentText(definitions.Text)).Root.Items())
        {
            if (container.TryGetProperty("environment", out JsonItem environment))
            {
                EnvironmentSecrets.Check([.. EnvironmentProperties.Variables(environment, TextOf).Select(variable => variable with { At = definitions })],
                    address, findings);
            }
        }
    }

    private static string? Text(JsonItem values, string name) => values.TryGetProperty(name, out JsonItem value) ? TextOf(value) : null;

    private static string? TextOf(JsonItem value) => value.Kind is JsonKind.String or JsonKind.Number or JsonKind.True or JsonKind.False ? value.Text : null;
}
