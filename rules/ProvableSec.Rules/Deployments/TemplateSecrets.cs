using ProvableSec.Policy.Json;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Deployments;

/// <summary>Secrets in a template of CloudFormation or SAM.</summary>
internal sealed class TemplateSecrets
{
    private readonly DeploymentFindings findings;
    private readonly TemplateParts template;
    private readonly JsonItem root;

    // By the parameter: what its default would open.
    private readonly Dictionary<string, SecretProperty> taken = new(StringComparer.Ordinal);

    private TemplateSecrets(JsonItem root, DeploymentFindings findings)
    {
        this.root = root;
        this.findings = findings;
        template = TemplateParts.Of(root);
    }

    /// <summary>Looks through a template, loops in it expanded.</summary>
    public static void Check(JsonItem root, DeploymentFindings findings)
    {
        var secrets = new TemplateSecrets(root, findings);
        foreach (KeyValuePair<string, JsonItem> resource in secrets.template.Resources)
        {
            if (resource.Value.TryGetProperty("Properties", out JsonItem properties))
            {
                secrets.CheckResource(secrets.template.TypeOf(resource.Key), $"{resource.Key} ({secrets.template.TypeOf(resource.Key)})", resource.Key,
                    properties);
            }
        }

        secrets.CheckGlobals();
        secrets.CheckParameters();
        secrets.CheckOutputs();
        TemplateRotation.Check(secrets.template, findings);
    }

    private void CheckResource(string type, string owner, string id, JsonItem properties)
    {
        foreach (SecretProperty property in SecretProperties.Of(type))
        {
            foreach (TemplatePlace place in TemplatePlace.At(properties, property.Path))
            {
                JsonItem value = place.Value;
                if (WrittenSecret.Is(property, TextOf(value)))
                {
                    AddWritten(property.Rule, value, owner, property.Path, $"the password of {property.What} is hard-coded");
                }

                Take(value, property);
            }
        }

        foreach (string path in EnvironmentProperties.Of(type))
        {
            foreach (TemplatePlace place in TemplatePlace.At(properties, path))
            {
                EnvironmentSecrets.Check(EnvironmentProperties.Variables(place.Value, TextOf), owner, findings);
            }
        }

        foreach (TemplatePlace container in type == "AWS::ECS::TaskDefinition" ? TemplatePlace.At(properties, "ContainerDefinitions/*") : [])
        {
            HsmContainer.Check(container.Value, owner, findings);
        }

        if (type == "AWS::SSM::Parameter")
        {
            CheckPlainParameter(owner, id, properties);
        }
    }

    /// <summary>The environment that SAM gives every function.</summary>
    private void CheckGlobals()
    {
        if (root.TryGetProperty("Globals", out JsonItem globals) && globals.TryGetProperty("Function", out JsonItem function))
        {
            foreach (TemplatePlace place in TemplatePlace.At(function, "Environment/Variables"))
            {
                EnvironmentSecrets.Check(EnvironmentProperties.Variables(place.Value, TextOf), "Globals", findings);
            }
        }
    }

    /// <summary>CloudFormation cannot make a SecureString: whatever secret it puts into Parameter Store is plain text there.</summary>
    private void CheckPlainParameter(string owner, string id, JsonItem properties)
    {
        if (!properties.TryGetProperty("Value", out JsonItem value))
        {
            return;
        }

        string name = properties.TryGetProperty("Name", out JsonItem named) && TextOf(named) is { } text && text.Length > 0
            && !UnknownText.IsMark(text[text.Length - 1]) ? text.Substring(text.LastIndexOf('/') + 1) : id;
        const string Message = "a parameter of type String holds a secret: anyone who can read parameters can read every version of it";
        if (TextOf(value) is { } written && SecretName.Is(name) && SecretText.IsWritten(name, written))
        {
            AddWritten(CredentialRules.PlainParameter, value, owner, name, Message);
        }
        else if (TemplateMention.In(value).Any(IsSecret))
        {
            findings.Add(CredentialRules.PlainParameter, value, owner, Message);
        }
    }

    private void CheckParameters()
    {
        foreach (KeyValuePair<string, JsonItem> parameter in template.Parameters)
        {
            string type = parameter.Value.TryGetProperty("Type", out JsonItem of) && of.Kind == JsonKind.String ? of.Text : "";
            bool isTaken = taken.TryGetValue(parameter.Key, out SecretProperty? property);
            if (type is not ("String" or "CommaDelimitedList" or "Number") || !(isTaken || IsNamedAsSecret(parameter.Key, parameter.Value)))
            {
                continue;
            }

            if (!IsHidden(parameter.Value))
            {
                findings.Add(DeploymentRules.ParameterWithoutNoEcho, parameter.Value, parameter.Key,
                    $"the parameter {CheckedText.Quoted(parameter.Key)} takes a secret, but NoEcho is not set");
            }

            if (parameter.Value.TryGetProperty("Default", out JsonItem value) && value.Kind is JsonKind.String or JsonKind.Number && type != "Number"
                && (isTaken ? WrittenSecret.Is(property!, value.Text) : SecretText.IsWritten(parameter.Key, value.Text)))
            {
                AddWritten(property?.Rule ?? CredentialRules.LiteralPassword, value, parameter.Key, parameter.Key,
                    $"the default of the parameter {CheckedText.Quoted(parameter.Key)} is a secret");
            }
        }
    }

    /// <summary>What is called a secret and is not one of a few words, the name of a secret or the rules for one.</summary>
    private static bool IsNamedAsSecret(string name, JsonItem parameter) =>
        SecretName.Is(name) && !(parameter.TryGetProperty("AllowedValues", out _)
            || (parameter.TryGetProperty("Default", out JsonItem value) && !SecretText.IsWritten(name, value.Text) && SaysPlace(value.Text)));

    /// <summary>A default that is a switch, a path or an ARN: what the parameter takes is not the secret.</summary>
    private static bool SaysPlace(string text) => text.StartsWith("/", StringComparison.Ordinal) || text.StartsWith("arn:", StringComparison.Ordinal)
        || text.IndexOf('/') > 0 || text is "true" or "false" or "yes" or "no";

    private void CheckOutputs()
    {
        foreach (JsonMember output in root.TryGetProperty("Outputs", out JsonItem outputs) ? outputs.Members() : [])
        {
            if (output.Value.TryGetProperty("Value", out JsonItem value) && TemplateMention.In(value).FirstOrDefault(IsSecret) is { } secret)
            {
                string what = secret.Attribute.Length > 0 ? "a secret access key" : $"the parameter {CheckedText.Quoted(secret.Name)}, a secret";
                findings.Add(DeploymentRules.SecretInOutput, value, output.Name, $"the output {CheckedText.Quoted(output.Name)} exposes {what}");
            }
        }
    }

    /// <summary>An access key's secret, or a parameter that is hidden because it is one.</summary>
    private bool IsSecret(TemplateMention mention) => mention.Attribute switch
    {
        "SecretAccessKey" => template.TypeOf(mention.Name) == "AWS::IAM::AccessKey",
        "" => template.Parameters.TryGetValue(mention.Name, out JsonItem parameter) && IsHidden(parameter) && SecretName.Is(mention.Name),
        _ => false,
    };

    private void Take(JsonItem value, SecretProperty property)
    {
        foreach (TemplateMention mention in TemplateFunctions.Of(value) is ("Ref", _) ? TemplateMention.In(value) : [])
        {
            if (mention.Attribute.Length == 0 && template.Parameters.ContainsKey(mention.Name) && !taken.ContainsKey(mention.Name))
            {
                taken.Add(mention.Name, property);
            }
        }
    }

    private void AddWritten(Rule rule, JsonItem at, string owner, string name, string message) => findings.AddWritten(rule, at, owner, name, message);

    private static bool IsHidden(JsonItem parameter) => parameter.TryGetProperty("NoEcho", out JsonItem hidden)
        && hidden.Text.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>What a value is, as far as the template alone says; null for lists and objects.</summary>
    private static string? TextOf(JsonItem value) => TemplateFunctions.Resolve(value, TemplateChoice.None).Text;
}
