using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Json;

/// <summary>A name and its value inside an object.</summary>
public readonly struct JsonMember
{
    private readonly JsonTree document;
    private readonly int nameIndex;

    internal JsonMember(JsonTree document, int nameIndex)
    {
        this.document = document;
        this.nameIndex = nameIndex;
    }

    /// <summary>The name, escapes decoded.</summary>
    public string Name => document.TextOf(nameIndex);

    /// <summary>The name as a value of its own, for its place.</summary>
    public JsonItem NameElement => new(document, nameIndex);

    /// <summary>The value.</summary>
    public JsonItem Value => new(document, nameIndex + 1);

    /// <summary>The characters of the name, quotes included.</summary>
    public TextRange NameSpan => NameElement.Span;

    /// <summary>True when the name is exactly that; does not allocate for names without escapes.</summary>
    public bool NameIs(string name)
    {
        ref readonly JsonNode node = ref document.Node(nameIndex);
        return node.HasEscapes
            ? Name == name
            : node.End - node.Start - (node.IsClosed ? 2 : 1) == name.Length && string.CompareOrdinal(document.Source.Text, node.Start + 1, name, 0,
                name.Length) == 0;
    }
}
