using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies;

/// <summary>Action, NotAction, Resource or NotResource: one text or a list.</summary>
internal sealed class CheckedValues
{
    public CheckedValues(JsonMember property)
    {
        Property = property;
        IsNot = property.Name.StartsWith("Not", StringComparison.Ordinal);
        var items = new List<CheckedText>();
        if (property.Value.Kind == JsonKind.String)
        {
            items.Add(new CheckedText(property.Value));
        }

        foreach (JsonItem item in property.Value.Elements())
        {
            if (item.Kind == JsonKind.String)
            {
                items.Add(new CheckedText(item));
            }
        }

        Items = items;
    }

    public JsonMember Property { get; }

    public bool IsNot { get; }

    /// <summary>The texts in it.</summary>
    public IReadOnlyList<CheckedText> Items { get; }
}
