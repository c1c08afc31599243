using ProvableSec.Policy.Json;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Rules.Deployments;

/// <summary>Whether the secrets of a template are rotated, and how often (AWS Secrets Manager User Guide, "Rotate AWS Secrets Manager secrets").</summary>
internal static class TemplateRotation
{
    private const string Secret = "AWS::SecretsManager::Secret", Schedule = "AWS::SecretsManager::RotationSchedule",
        Attachment = "AWS::SecretsManager::SecretTargetAttachment";

    /// <summary>Looks at each secret.</summary>
    public static void Check(TemplateParts template, DeploymentFindings findings)
    {
        // A rotation may name the attachment of a secret to its database, which refers to the secret.
        var attached = new Dictionary<string, string>(StringComparer.Ordinal);
        var databases = new HashSet<string>(StringComparer.Ordinal);
        var rotated = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string id, JsonItem properties) in OfType(template, Attachment))
        {
            if (Mentioned(properties) is { } secret)
            {
                attached[id] = secret;
                databases.Add(secret);
            }
        }

        // Whose password is a secret of this template.
        foreach (string secret in template.Resources.Where(resource => resource.Value.TryGetProperty("Properties", out JsonItem properties)
            && SecretProperties.Of(template.TypeOf(resource.Key)).Any(property => property.What is "the database" or "the data warehouse")
            && properties.Kind == JsonKind.Object)
            .SelectMany(resource => TemplateMention.In(resource.Value)).Where(mention => template.TypeOf(mention.Name) == Secret)
            .Select(mention => mention.Name))
        {
            databases.Add(secret);
        }

        foreach ((string id, JsonItem properties) in OfType(template, Schedule))
        {
            if (Mentioned(properties) is not { } named)
            {
                continue;
            }

            string secret = attached.TryGetValue(named, out string? behind) ? behind : named;
            rotated.Add(secret);
            if (properties.TryGetProperty("RotationRules", out JsonItem rules) && RareIn(rules) is { } rare)
            {
                Add(DeploymentRules.RareRotation, rare.At, $"{id} ({Schedule})", secret, rare.Message);
            }
        }

        foreach ((string id, JsonItem properties) in OfType(template, Secret))
        {
            if (!rotated.Contains(id))
            {
                Add(DeploymentRules.SecretWithoutRotation, template.Resources[id].TryGetProperty("Type", out JsonItem type) ? type : properties,
                    $"{id} ({Secret})", id, "nothing in the template rotates the secret");
            }
        }

        void Add(Rule rule, JsonItem at, string owner, string secret, string message)
        {
            if (IsOfDatabase(secret))
            {
                findings.Add(rule, at, owner, message + ", which opens a database");
            }
            else
            {
                findings.Add(rule, at, owner, message, RuleSeverity.Info);
            }
        }

        bool IsOfDatabase(string secret) => databases.Contains(secret)
            || (template.Resources.TryGetValue(secret, out JsonItem resource) && resource.TryGetProperty("Properties", out JsonItem properties)
            && properties.TryGetProperty("GenerateSecretString", out JsonItem generated) && generated.TryGetProperty("SecretStringTemplate", out JsonItem text)
            && TemplateFunctions.TextOf(text, TemplateChoice.None) is var written
            && (written.IndexOf("\"engine\"", StringComparison.Ordinal) >= 0 || written.IndexOf("\"dbname\"", StringComparison.Ordinal) >= 0));

        string? Mentioned(JsonItem properties) => properties.TryGetProperty("SecretId", out JsonItem secret)
            ? TemplateMention.In(secret).Select(mention => mention.Name).FirstOrDefault(name => template.TypeOf(name) is Secret or Attachment) : null;
    }

    /// <summary>Why the rules rotate too rarely; null for others, and for what only the deployment knows.</summary>
    private static (JsonItem At, string Message)? RareIn(JsonItem rules)
    {
        if (rules.TryGetProperty("AutomaticallyAfterDays", out JsonItem after)
            && RotationPeriod.DaysOf(TemplateFunctions.TextOf(after, TemplateChoice.None)) is { } days)
        {
            return RotationPeriod.WhyRare(days) is { } rare ? (after, rare) : null;
        }

        return rules.TryGetProperty("ScheduleExpression", out JsonItem schedule)
            && RotationPeriod.WhyRare(TemplateFunctions.TextOf(schedule, TemplateChoice.None)) is { } seldom
            ? (schedule, seldom) : null;
    }

    private static IEnumerable<(string Id, JsonItem Properties)> OfType(TemplateParts template, string type)
    {
        foreach (KeyValuePair<string, JsonItem> resource in template.Resources)
        {
            if (template.TypeOf(resource.Key) == type)
            {
                yield return (resource.Key, resource.Value.TryGetProperty("Properties", out JsonItem properties) ? properties : resource.Value);
            }
        }
    }
}
