using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Json;

/// <summary>The values of a text in the order in which they begin, while it is read.</summary>
internal sealed class JsonTape(DocumentText source, JsonProblems problems)
{
    private readonly string text = source.Text;
    private JsonNode[] nodes = new JsonNode[Math.Max(16, Math.Min(source.Text.Length / 8, 1 << 16))];
    private int count;
    private List<object>? known;

    /// <summary>The entries; those behind the last are empty.</summary>
    public JsonNode[] Nodes => nodes;

    /// <summary>The index of the next entry.</summary>
    public int Count => count;

    public ref JsonNode this[int index] => ref nodes[index];

    /// <summary>Adds an entry.</summary>
    /// <returns>Its index.</returns>
    public int Add(JsonKind kind, int start, int end)
    {
        if (count == nodes.Length)
        {
            Array.Resize(ref nodes, count * 2);
        }

        nodes[count] = new JsonNode { Kind = kind, Start = start, End = end, Next = count + 1 };
        return count++;
    }

    /// <summary>What the objects that are known are known as, in their order.</summary>
    public IReadOnlyList<object>? Known => known;

    /// <summary>Adds an object that is known, as one entry.</summary>
    public void AddKnown(int start, int end, object it)
    {
        int index = Add(JsonKind.Object, start, end);
        nodes[index].IsClosed = nodes[index].IsKnown = true;
        known ??= [];
        nodes[index].Count = known.Count;
        known.Add(it);
    }

    /// <summary>Ends an object or array, after all that it contains.</summary>
    public void Close(int me, int members, int end)
    {
        nodes[me].End = end;
        nodes[me].Next = count;
        nodes[me].Count = members;
    }

    /// <summary>Says which names of an object are there twice.</summary>
    public void ReportDuplicates(int me)
    {
        int members = nodes[me].Count;
        if (members < 2)
        {
            return;
        }

        Dictionary<string, int>? seen = null;
        int outer = me + 1;
        for (int i = 0; outer < nodes[me].Next; i++, outer = nodes[outer + 1].Next)
        {
            if (members <= 8)
            {
                for (int inner = me + 1; inner < outer; inner = nodes[inner + 1].Next)
                {
                    if (SameName(inner, outer))
                    {
                        ReportDuplicate(inner, outer);
                        break;
                    }
                }

                continue;
            }

            seen ??= new Dictionary<string, int>(members, StringComparer.Ordinal);
            string name = NameOf(outer);
            if (seen.TryGetValue(name, out int first))
            {
                ReportDuplicate(first, outer);
            }
            else
            {
                seen.Add(name, outer);
            }
        }
    }

    private bool SameName(int a, int b)
    {
        if (nodes[a].HasEscapes || nodes[b].HasEscapes || !nodes[a].IsClosed || !nodes[b].IsClosed)
        {
            return NameOf(a) == NameOf(b);
        }

        int length = nodes[a].End - nodes[a].Start;
        return length == nodes[b].End - nodes[b].Start && string.CompareOrdinal(text, nodes[a].Start + 1, text, nodes[b].Start + 1, length - 2) == 0;
    }

    private string NameOf(int name)
    {
        string raw = text.Substring(nodes[name].Start + 1, nodes[name].End - nodes[name].Start - (nodes[name].IsClosed ? 2 : 1));
        return nodes[name].HasEscapes ? JsonEscapes.Decode(raw.AsSpan()) : raw;
    }

    private void ReportDuplicate(int first, int second) => problems.Report(
        ProblemCode.DuplicateKey,
        nodes[second].Start,
        nodes[second].End,
        $"the key {problems.Quoted(nodes[second].Start, nodes[second].End)} is here twice; the first is at {source.PositionOf(nodes[first].Start)}");
}
