using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Documents;

/// <summary>Which settings of a template block public access to what a policy of it opens.</summary>
internal static class TemplatePublicAccess
{
    /// <summary>The property of buckets and access points.</summary>
    public const string Property = "PublicAccessBlockConfiguration";

    private static readonly (string Name, PublicAccessBlock Block)[] Switches =
    [
        ("BlockPublicAcls", PublicAccessBlock.Acls), ("IgnorePublicAcls", PublicAccessBlock.IgnoredAcls),
        ("BlockPublicPolicy", PublicAccessBlock.Policy), ("RestrictPublicBuckets", PublicAccessBlock.Restricted),
    ];

    /// <summary>The settings of what the policy of a resource is about.</summary>
    public static IReadOnlyList<JsonItem> Of(string type, JsonItem properties) => type switch
    {
        "AWS::S3::BucketPolicy" => [.. Setting(Referred(properties, "Bucket", "BucketName"))],
        "AWS::S3::AccessPoint" => [.. Setting(properties), .. Setting(Referred(properties, "Bucket", "BucketName"))],
        "AWS::S3::MultiRegionAccessPointPolicy" => [.. Setting(Referred(properties, "MrapName", "Name"))],
        _ => [],
    };

    /// <summary>The switches that are on under a choice; one that is not known is not.</summary>
    public static PublicAccessBlock Of(IEnumerable<JsonItem> settings, TemplateChoice choice)
    {
        PublicAccessBlock on = PublicAccessBlock.None;
        foreach (JsonItem setting in settings)
        {
            foreach ((string name, PublicAccessBlock block) in Switches)
            {
                if (choice.Chosen(setting).TryGetProperty(name, out JsonItem value)
                    && TemplateFunctions.TextOf(value, choice).Equals("true", StringComparison.OrdinalIgnoreCase))
                {
                    on |= block;
                }
            }
        }

        return on;
    }

    private static IEnumerable<JsonItem> Setting(JsonItem? properties) => properties is { } of && of.TryGetProperty(Property, out JsonItem setting) ? [setting]
        : [];

    /// <summary>The properties of the resource that a property refers to, by reference or by the name that it has.</summary>
    private static JsonItem? Referred(JsonItem properties, string property, string nameProperty)
    {
        if (!properties.TryGetProperty(property, out JsonItem reference))
        {
            return null;
        }

        TemplateParts template = TemplateParts.Of(properties);
        string? id = TemplateFunctions.ReferenceOf(reference)
            ?? (reference.Kind == JsonKind.String ? template.Resources.Keys.FirstOrDefault(IsNamedSo) : null);
        return id is not null && template.Resources.TryGetValue(id, out JsonItem resource) && resource.TryGetProperty("Properties", out JsonItem referred)
            ? referred : null;

        bool IsNamedSo(string name) => template.TypeOf(name) is "AWS::S3::Bucket" or "AWS::S3::MultiRegionAccessPoint"
            && template.PropertyOf(name, nameProperty) == reference.Text;
    }
}
