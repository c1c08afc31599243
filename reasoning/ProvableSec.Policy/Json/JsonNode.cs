namespace ProvableSec.Policy.Json;

/// <summary>One entry of the tape: a value, or the name of a property just before its value.</summary>
internal struct JsonNode
{
    public JsonKind Kind;
    public bool HasEscapes;
    public bool IsName;

    /// <summary>True when a string, array or object ended in a closing character of its own.</summary>
    public bool IsClosed;

    /// <summary>True for an object that is known, whose members are not on the tape.</summary>
    public bool IsKnown;

    /// <summary>Offset of the first character, quotes and brackets included.</summary>
    public int Start;

    /// <summary>Offset past the last character.</summary>
    public int End;

    /// <summary>Index of the first entry after this one and all it contains.</summary>
    public int Next;

    /// <summary>Number of elements or properties; of an object that is known its place among those.</summary>
    public int Count;
}
