using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProvableSec.Logs.Scanning;

/// <summary>Says where the bytes of a skeleton stand in its line; the quicker, the more they are asked for in order. A copy goes its own way.</summary>
/// <param name="kept">The bytes of the line that are in the skeleton, a bit each; null when the line is its own skeleton.</param>
internal struct LinePlaces(ulong[]? kept)
{
    private const int Block = BlockMasks.Block;

    private readonly ulong[]? kept = kept;
    private int block;
    private int before;

    /// <summary>Where a byte of the skeleton stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(int offset)
    {
        if (kept is null)
        {
            return offset;
        }

        if (offset < before)
        {
            block = 0;
            before = 0;
        }

        int count;
        while (offset - before >= (count = BitOperations.PopCount(kept[block])))
        {
            before += count;
            block++;
        }

        return (block * Block) + BlockMasks.Select(kept[block], offset - before);
    }

    /// <summary>The quotes of a string whose quotes have these offsets in the skeleton.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Opening, int Closing) Quotes(int opening, int closing)
    {
        int at = Of(opening);

        // Those of a value stand side by side in the skeleton.
        return (at, kept is null ? closing : closing == opening + 1 ? After(at) : Of(closing));
    }

    /// <summary>Where the byte of the skeleton stands that follows one at a position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int After(int position)
    {
        uint next = (uint)position + 1, at = next / Block;
        ulong rest = kept![at] & (ulong.MaxValue << (int)(next % Block));
        while (rest == 0)
        {
            rest = kept[++at];
        }

        return ((int)at * Block) + BitOperations.TrailingZeroCount(rest);
    }
}
