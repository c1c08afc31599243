using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Json;

/// <summary>A value inside a <see cref="JsonTree"/>. A struct of two words; copy it freely.</summary>
public readonly struct JsonItem
{
    private readonly int index;

    internal JsonItem(JsonTree document, int index)
    {
        Document = document;
        this.index = index;
    }

    /// <summary>The document it lies in.</summary>
    public JsonTree Document { get; }

    /// <summary>What it is.</summary>
    public JsonKind Kind => Document.Node(index).Kind;

    /// <summary>Number of elements of an array or properties of an object.</summary>
    public int Count => Document.Node(index).IsKnown ? Document.InWhole(index).Count : Document.Node(index).Count;

    /// <summary>Its characters, quotes and brackets included.</summary>
    public TextRange Span => TextRange.FromBounds(Document.Node(index).Start, Document.Node(index).End);

    /// <summary>Line and column of its first character.</summary>
    public LinePosition Position => Document.Source.PositionOf(Document.Node(index).Start);

    /// <summary>Its JSON pointer (RFC 6901).</summary>
    public string Pointer => Document.PointerOf(index);

    /// <summary>The text of a string, escapes decoded; of any other value the characters as written.</summary>
    public string Text => Document.TextOf(index);

    /// <summary>The elements of an array; nothing for any other value.</summary>
    public ElementEnumerator Elements() => new(Document, index, Kind == JsonKind.Array);

    /// <summary>The properties of an object in the order of the text; nothing for any other value.</summary>
    public PropertyEnumerator Properties() => Document.Node(index).IsKnown ? Document.InWhole(index).Properties()
        : new(Document, index, Kind == JsonKind.Object);

    /// <summary>What it is known as, where it was not read (<see cref="IKnownObjects"/>).</summary>
    internal object? Known => Document.KnownAt(index);

    /// <summary>The first property of that name (case matters).</summary>
    public bool TryGetProperty(string name, out JsonItem value)
    {
        foreach (JsonMember property in Properties())
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

    /// <summary>The same problem, of a policy that was read as a text of its own and stands here in a larger text.</summary>
    /// <param name="problem">The problem, with its place in the policy.</param>
    public PolicyProblem Relocated(PolicyProblem problem)
    {
        DocumentText whole = Document.Source;
        int at = Span.Start + problem.Span.Start;
        return new PolicyProblem(problem.Code, problem.Message, new TextRange(at, problem.Span.Length), Pointer + problem.Pointer, whole.PositionOf(at),
            whole.Name);
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
        private readonly JsonTree document;
        private readonly int end;
        private int next;
        private int current;

        internal ElementEnumerator(JsonTree document, int parent, bool any)
        {
            this.document = document;
            next = parent + 1;
            end = any ? document.Node(parent).Next : next;
        }

        /// <summary>The element at hand.</summary>
        public readonly JsonItem Current => new(document, current);

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
        private readonly JsonTree document;
        private readonly int end;
        private int next;
        private int current;

        internal PropertyEnumerator(JsonTree document, int parent, bool any)
        {
            this.document = document;
            next = parent + 1;
            end = any ? document.Node(parent).Next : next;
        }

        /// <summary>The property at hand.</summary>
        public readonly JsonMember Current => new(document, current);

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
