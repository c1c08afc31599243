using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Json;

/// <summary>
/// A JSON text as a flat tape of positions: no object a value, every value knows its characters.
/// </summary>
public sealed class JsonTree
{
    private readonly JsonNode[] nodes;
    private readonly IReadOnlyList<object>? known;
    private JsonTree? whole;

    internal JsonTree(DocumentText source, JsonNode[] nodes, List<PolicyProblem>? problems, IReadOnlyList<object>? known)
    {
        this.known = known;
        Source = source;
        this.nodes = nodes;
        Problems = problems is null ? ImmutableArray<PolicyProblem>.Empty : InOrder(problems);
    }

    /// <summary>The text.</summary>
    public DocumentText Source { get; }

    /// <summary>Everything that is wrong with the text as JSON, in the order of the text.</summary>
    public ImmutableArray<PolicyProblem> Problems { get; }

    /// <summary>The outermost value; of kind <see cref="JsonKind.Invalid"/> when the text holds none.</summary>
    public JsonItem Root => new(this, 0);

    /// <summary>A key that is there twice is found when its object closes, and only then is the tape there to walk for pointers.</summary>
    private ImmutableArray<PolicyProblem> InOrder(List<PolicyProblem> problems) =>
        problems.Take(JsonTreeReader.MaxProblems).OrderBy(p => p.Span.Start)
            .Concat(problems.Skip(JsonTreeReader.MaxProblems))
            .Select(p => new PolicyProblem(p.Code, p.Message, p.Span, PointerAt(p.Span.Start), p.Position, p.File))
            .ToImmutableArray();

    internal ref readonly JsonNode Node(int index) => ref nodes[index];

    /// <summary>What an object is known as; null for one that was read.</summary>
    internal object? KnownAt(int index) => nodes[index].IsKnown ? known![nodes[index].Count] : null;

    /// <summary>An object that is known, in a tree that has its members: for whoever looks into it all the same.</summary>
    internal JsonItem InWhole(int index)
    {
        whole ??= JsonTreeReader.Read(Source);
        int start = nodes[index].Start, from = 0, to = whole.nodes[0].Next;
        while (from < to)
        {
            // Entries stand in the order in which their texts begin.
            int middle = (from + to) / 2;
            (from, to) = whole.nodes[middle].Start < start ? (middle + 1, to) : (from, middle);
        }

        return new JsonItem(whole, from);
    }

    internal string TextOf(int index)
    {
        ref readonly JsonNode node = ref nodes[index];
        if (node.Kind != JsonKind.String)
        {
            return Source.Text.Substring(node.Start, node.End - node.Start);
        }

        // An unfinished string has no closing quote; its problem has been reported.
        int end = node.IsClosed ? node.End - 1 : node.End;
        return node.HasEscapes
            ? JsonEscapes.Decode(Source.Text.AsSpan(node.Start + 1, end - node.Start - 1))
            : Source.Text.Substring(node.Start + 1, end - node.Start - 1);
    }

    /// <summary>The pointer of the innermost value around a place; what belongs to none belongs to the document.</summary>
    internal string PointerAt(int offset)
    {
        int index = 0;
        while (ChildAt(index, offset) is var child and >= 0)
        {
            index = child;
        }

        return PointerOf(index);
    }

    private int ChildAt(int index, int offset)
    {
        int end = nodes[index].Kind is JsonKind.Object or JsonKind.Array ? nodes[index].Next : index;
        for (int child = index + 1; child < end; child = nodes[child].Next)
        {
            int from = nodes[child].Start;
            if (nodes[child].IsName)
            {
                child++;
            }

            // What was never closed reaches to the place where that was noticed.
            ref readonly JsonNode value = ref nodes[child];
            bool open = value.Start == value.End || (!value.IsClosed && value.Kind is JsonKind.Object or JsonKind.Array or JsonKind.String);
            if (from <= offset && (offset < value.End || (open && offset == value.End)))
            {
                return child;
            }
        }

        return -1;
    }

    /// <summary>Walks down from the root: pointers are needed for messages only, so the tape does not carry parents.</summary>
    internal string PointerOf(int target)
    {
        var pointer = new StringBuilder();
        int index = 0;
        while (index != target)
        {
            ref readonly JsonNode node = ref nodes[index];
            if (node.Kind is not (JsonKind.Object or JsonKind.Array))
            {
                break;
            }

            int child = index + 1, ordinal = 0;
            int found = -1;
            while (child < node.Next)
            {
                int name = -1;
                if (nodes[child].IsName)
                {
                    name = child++;
                }

                if (target == name || (target >= child && target < nodes[child].Next))
                {
                    string step = name >= 0 ? TextOf(name) : ordinal.ToString(CultureInfo.InvariantCulture);
                    pointer.Append('/').Append(step.Replace("~", "~0").Replace("/", "~1"));
                    found = child;
                    break;
                }

                child = nodes[child].Next;
                ordinal++;
            }

            if (found < 0 || target < found)
            {
                break;
            }

            index = found;
        }

        return pointer.ToString();
    }
}
