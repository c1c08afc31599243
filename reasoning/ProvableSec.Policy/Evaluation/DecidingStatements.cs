using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Evaluation;

/// <summary>Statements that match, in the order in which they are met. Reused from one decision to the next.</summary>
internal sealed class DecidingStatements
{
    private DecidingStatement[] items = new DecidingStatement[16];

    public int Count { get; private set; }

    public void Add(PolicySlot slot, Statement statement)
    {
        if (Count == items.Length)
        {
            Array.Resize(ref items, Count * 2);
        }

        items[Count++] = new DecidingStatement(slot, statement);
    }

    /// <summary>Drops the statements of all layers but these.</summary>
    public void Keep(uint layers)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if ((layers & (1u << (int)items[i].Slot.Layer)) == 0)
            {
                continue;
            }

            if (kept != i)
            {
                items[kept] = items[i];
            }

            kept++;
        }

        Array.Clear(items, kept, Count - kept);
        Count = kept;
    }

    public ImmutableArray<DecidingStatement> ToImmutable() => Count == 0 ? ImmutableArray<DecidingStatement>.Empty : ImmutableArray.Create(items, 0, Count);

    public void Clear()
    {
        Array.Clear(items, 0, Count);
        Count = 0;
    }
}
