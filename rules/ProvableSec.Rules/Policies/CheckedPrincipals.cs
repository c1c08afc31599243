using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies;

/// <summary>Principal or NotPrincipal.</summary>
internal sealed class CheckedPrincipals
{
    public CheckedPrincipals(JsonMember property)
    {
        Property = property;
        IsNot = property.NameIs("NotPrincipal");
        var entries = new List<CheckedPrincipal>();
        if (property.Value.Kind == JsonKind.String)
        {
            entries.Add(new CheckedPrincipal("", new CheckedText(property.Value)));
        }

        foreach (JsonMember kind in property.Value.Properties())
        {
            if (kind.Value.Kind == JsonKind.String)
            {
                entries.Add(new CheckedPrincipal(kind.Name, new CheckedText(kind.Value)));
            }

            foreach (JsonItem item in kind.Value.Elements())
            {
                if (item.Kind == JsonKind.String)
                {
                    entries.Add(new CheckedPrincipal(kind.Name, new CheckedText(item)));
                }
            }
        }

        Entries = entries;
    }

    public JsonMember Property { get; }

    public bool IsNot { get; }

    public IReadOnlyList<CheckedPrincipal> Entries { get; }

    /// <summary>The entries of one kind.</summary>
    public IEnumerable<CheckedPrincipal> Of(string kind) => Entries.Where(entry => entry.Kind == kind);
}
