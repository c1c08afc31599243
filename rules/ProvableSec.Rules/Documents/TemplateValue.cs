using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Documents;

/// <summary>What a value of a template becomes: a text, a list, or something else that is written down.</summary>
internal readonly record struct TemplateValue
{
    /// <summary>A value of which nothing is known.</summary>
    public static TemplateValue Unknown => new() { Text = TemplateFunctions.Unknown };

    /// <summary>The text; null for what is none.</summary>
    public string? Text { get; init; }

    /// <summary>The items of a list; null for what is none.</summary>
    public IReadOnlyList<TemplateValue>? List { get; init; }

    /// <summary>What is written down, where it is an object or a list.</summary>
    public JsonItem? Element { get; init; }

    /// <summary>True for what stands for any number of items of a list.</summary>
    public bool IsUnknownList { get; init; }
}
