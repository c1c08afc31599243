using System.Runtime.CompilerServices;

namespace ProvableSec.Logs.Scanning;

/// <summary>Says where in its line an entry stands.</summary>
/// <param name="starts">Where the parts of the line begin that other lines have as well; null when entries have offsets in the line.</param>
internal readonly struct LinePlaces(int[]? starts)
{
    /// <summary>The largest offset in a part of a line.</summary>
    public const int MaxOffset = ushort.MaxValue;

    private const int OffsetBits = 16;

    private readonly int[]? starts = starts;

    /// <summary>A place that is the same in all lines of a template.</summary>
    /// <param name="part">The part it is in.</param>
    /// <param name="offset">The offset in it.</param>
    public static int Place(int part, int offset) => (part << OffsetBits) | offset;

    /// <summary>The offset in the line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(int place) => starts is null ? place : starts[place >> OffsetBits] + (place & MaxOffset);
}
