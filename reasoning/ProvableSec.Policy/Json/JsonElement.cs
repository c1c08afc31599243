using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Json;

/// <summary>A value inside a <see cref="JsonDocument"/>. A struct of two words; copy it freely.</summary>
public readonly struct JsonElement
{
    private readonly int index;

    internal JsonElement(JsonDocument document, int index)
    {
        Document = document;
        this.index = index;
    }

    /// <summary>The document it lies in.</summary>
    public JsonDocument Document { get; }

    /// <summary>What it is.</summary>
    public JsonKind Kind => Document.Node(index).Kind;

    /// <summary>Number of elements of an array or properties of an object.</summary>
    public int Count => Document.Node(index).Count;

    /// <summary>Its characters, quotes and brackets included.</summary>
    public TextSpan Span => TextSpan.FromBounds(Document.Node(index).Start, Document.Node(index).End);

    /// <summary>Line and column of its first character.</summary>
    public LinePosition Position => Document.Source.PositionOf(Document.Node(index).Start);

    /// <summary>Its JSON pointer (RFC 6901).</summary>
    public string Pointer => Document.PointerOf(index);

    /// <summary>The text of a string, escapes decoded; of any other value the characters as written.</summary>
    public string Text => Document.TextOf(index);

    /// <summary>The elements of an array; nothing for any other value.</summary>
    public ElementEnumerator Elements() => new(Document, index, Kind == JsonKind.Array);

    /// <summary>The properties of an object in the order of the text; nothing for any other value.</summary>
    public PropertyEnumerator Properties() => new(Document, index, Kind == JsonKind.Object);

    /// <summary>The first property of that name (case matters).</summary>
    public bool TryGetProperty(string name, out JsonElement value)
    {
        foreach (JsonProperty property in Properties())
        {
            if (property.NameIs(name))
            {
                value = property.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>A problem at this value.</summary>
    public PolicyProblem Problem(ProblemCode code, string message) => new(code, message, Span, Pointer, Position, Document.Source.Name);

    /// <summary>The value in words, for messages: <c>a number</c>, <c>an object</c>, ….</summary>
    public string KindInWords => Kind switch
    {
        JsonKind.Object => "an object",
        JsonKind.Array => "an array",
        JsonKind.String => "a string",
        JsonKind.Number => "a number",
        JsonKind.True or JsonKind.False => "a Boolean",
        JsonKind.Null => "null",
        _ => "nothing readable",
    };

    /// <summary>Walks the elements of an array.</summary>
    public struct ElementEnumerator
    {
        private readonly JsonDocument document;
        private readonly int end;
        private int next;
        private int current;

        internal ElementEnumerator(JsonDocument document, int parent, bool any)
        {
            this.document = document;
            next = parent + 1;
            end = any ? document.Node(parent).Next : next;
        }

        /// <summary>The element at hand.</summary>
        public readonly JsonElement Current => new(document, current);

        /// <summary>For <c>foreach</c>.</summary>
        public readonly ElementEnumerator GetEnumerator() => this;

        /// <summary>Steps to the next element.</summary>
        public bool MoveNext()
        {
            if (next >= end)
            {
                return false;
            }

            current = next;
            next = document.Node(current).Next;
            return true;
        }
    }

    /// <summary>Walks the properties of an object.</summary>
    public struct PropertyEnumerator
    {
        private readonly JsonDocument document;
        private readonly int end;
        private int next;
        private int current;

        internal PropertyEnumerator(JsonDocument document, int parent, bool any)
        {
            this.document = document;
            next = parent + 1;
            end = any ? document.Node(parent).Next : next;
        }

        /// <summary>The property at hand.</summary>
        public readonly JsonProperty Current => new(document, current);

        /// <summary>For <c>foreach</c>.</summary>
        public readonly PropertyEnumerator GetEnumerator() => this;

        /// <summary>Steps to the next property.</summary>
        public bool MoveNext()
        {
            if (next >= end)
            {
                return false;
            }

            current = next;
            next = document.Node(current + 1).Next;
            return true;
        }
    }
}
