using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>A parameter of a template (AWS CloudFormation User Guide, "Parameters").</summary>
/// <param name="name">Its name.</param>
/// <param name="definition">Its type, default and allowed values.</param>
internal sealed class TemplateParameter(string name, JsonItem definition)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>True where its value is a list.</summary>
    public bool IsList => Type == "CommaDelimitedList" || Type.IndexOf("List<", StringComparison.Ordinal) >= 0;

    /// <summary>The text that stands for a value that is not known, of the kind that AWS makes it be.</summary>
    public string Placeholder => Type switch
    {
        "AWS::EC2::VPC::Id" => "vpc-" + TemplateFunctions.Unknown,
        _ => TemplateFunctions.Unknown,
    };

    /// <summary>The value where none is given; null where there is none, it is the name of another, or a secret.</summary>
    public string? Default => IsReadable && definition.TryGetProperty("Default", out JsonItem value) ? TextOf(value) : null;

    /// <summary>The only values that it may have; null where it may have any.</summary>
    public IReadOnlyList<string>? Allowed =>
        IsReadable && !IsList && definition.TryGetProperty("AllowedValues", out JsonItem values) && values.Items() is { Count: > 0 } items
            && items.TrueForAll(item => TextOf(item) is not null)
            ? [.. items.Select(item => TextOf(item)!).Distinct(StringComparer.Ordinal)]
            : null;

    private string Type => definition.TryGetProperty("Type", out JsonItem type) && type.Kind == JsonKind.String ? type.Text : "";

    // The default of a parameter of Systems Manager is the name of what has the value.
    private bool IsReadable => !Type.StartsWith("AWS::SSM::", StringComparison.Ordinal)
        && !(definition.TryGetProperty("NoEcho", out JsonItem secret) && !secret.Text.Equals("false", StringComparison.OrdinalIgnoreCase));

    private static string? TextOf(JsonItem value) => value.Kind is JsonKind.String or JsonKind.Number or JsonKind.True or JsonKind.False ? value.Text : null;
}
