using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ProvableSec.Logs.Scanning;

/// <summary>
/// Makes the skeleton of a line: the line without what stands inside its value strings, and with each run of digits outside strings as one 0.
/// Why a line and its skeleton are valid together, and say the same of their structure, is argued in <c>docs/log-filter.md</c>.
/// </summary>
internal sealed class LineScanner
{
    /// <summary>Longer lines are read structurally.</summary>
    public const int MaxLine = 1 << 16;

    /// <summary>Bytes behind a line feed that let the line be scanned where it stands.</summary>
    public const int Room = Block;

    private const int Block = BlockMasks.Block;

    /// <summary>So few bytes are copied at once: they hold few lines, and may be less than a block.</summary>
    public const int Short = 4096;

    /// <summary>How far ahead memory is asked for: processors do it themselves only up to the end of a page.</summary>
    private const int Ahead = 1024;

    private const ulong EvenBits = 0x5555_5555_5555_5555;

    private readonly byte[] skeleton = new byte[MaxLine + SkeletonBlock.Room];
    private readonly ulong[] kept = new ulong[(MaxLine / Block) + 1];
    private readonly byte[] copy = new byte[MaxLine];

    // In fields, so that the compiler does not take them for constants, which it would load from memory for each block.
    private readonly Vector512<byte> quote = Vector512.Create((byte)'"');
    private readonly Vector512<byte> backslash = Vector512.Create((byte)'\\');
    private readonly Vector512<byte> space = Vector512.Create((byte)' ');
    private readonly Vector512<byte> colonSign = Vector512.Create((byte)':');
    private readonly Vector512<byte> zero = Vector512.Create((byte)'0');
    private readonly Vector512<byte> ten = Vector512.Create((byte)10);
    private readonly Vector512<byte> bitPlaces = SkeletonBlock.BitPlaces;

    private int size;
    private int colon;
    private ulong wrong;
    private ulong escapes;

    /// <summary>The skeleton of the last line.</summary>
    public ReadOnlySpan<byte> Skeleton => skeleton.AsSpan(0, size);

    /// <summary>Where the bytes of the skeleton stand in the last line.</summary>
    public LinePlaces Places => new(kept);

    /// <summary>Whether the last line may have bytes that are not ASCII.</summary>
    public bool HasHighBytes { get; private set; }

    /// <summary>Whether anything in the last line is escaped.</summary>
    public bool HasEscapes { get; private set; }

    /// <summary>Scans one line.</summary>
    /// <param name="data">Begins with the line; it may go on behind its line feed.</param>
    /// <param name="hasRoom">Whether the data end with a line feed and <see cref="Room"/> bytes of no matter what.</param>
    /// <param name="length">Receives the length of the line without its line feed; all of <paramref name="data"/> when it has none. -1 when it is too long to tell.</param>
    /// <returns>
    /// False when something in the line is not covered by the argument: control characters in a string, an escape that is not one of the short ones,
    /// a number with a leading zero, a line that is too long. Then the line must be read structurally.
    /// </returns>
    public bool Scan(ReadOnlySpan<byte> data, bool hasRoom, out int length) =>
        HasSpaceAfterColon(data) ? Scan<SpaceAfterColon>(data, hasRoom, out length) : Scan<NoSpace>(data, hasRoom, out length);

    /// <summary>Some writers put a space after each colon, all of them or none. A wrong answer makes a longer skeleton, no wrong one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool HasSpaceAfterColon(ReadOnlySpan<byte> data)
    {
        // The first colon is mostly where it was in the line before.
        if ((uint)colon + 1 >= (uint)data.Length || data[colon] != ':')
        {
            colon = data[..Math.Min(data.Length, Block)].IndexOf("\":"u8) + 1;
        }

        return colon > 0 && colon + 1 < data.Length && data[colon + 1] == ' ';
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Scan<TStyle>(ReadOnlySpan<byte> data, bool hasRoom, out int length)
        where TStyle : IStyle
    {
        // Blocks are read where they stand. A line that comes near the end of the data is scanned in a copy with room behind it.
        if ((hasRoom || data.Length >= Short) && ScanWholeBlocks<TStyle>(data, out length))
        {
            return wrong == 0;
        }

        if (data.Length > MaxLine - Block)
        {
            length = -1;
            return false;
        }

        data.CopyTo(copy);
        copy.AsSpan(data.Length, Block).Fill((byte)'\n');
        ScanWholeBlocks<TStyle>(copy.AsSpan(0, data.Length + Block), out length);
        return wrong == 0;
    }

    /// <summary>Scans a line up to its line feed.</summary>
    /// <returns>False when there is none in the blocks that the data have in full.</returns>
    /// <remarks>Optimized from the first call on: until a runtime came to that by itself, it would take twenty times as long.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool ScanWholeBlocks<TStyle>(ReadOnlySpan<byte> data, out int length)
        where TStyle : IStyle
    {
        // Few variables and no calls, so that all stays in registers; what is seldom needed is in fields.
        var state = default(State);
        ulong escaped = 0, afterDigits = 0;
        ulong nonAscii = 0;
        Vector512<byte> cq = quote, cb = backslash, cs = space, cc = colonSign, cz = zero, ct = ten, cp = bitPlaces;
        ref byte source = ref MemoryMarshal.GetReference(data);
        ref byte last = ref Unsafe.Add(ref source, Math.Min(data.Length, MaxLine) - Block);
        ref byte target = ref MemoryMarshal.GetArrayDataReference(skeleton);
        ref ulong masksKept = ref MemoryMarshal.GetArrayDataReference(kept);
        wrong = 0;
        escapes = 0;
        while (!Unsafe.IsAddressGreaterThan(ref source, ref last))
        {
            BlockMasks.Prefetch(ref source, Ahead);
            BlockMasks.Classify(ref source, cq, cb, cs, cc, cz, ct, out ulong quotes, out ulong special, out ulong colons, out ulong digits, out Vector512<byte> bytes);
            ulong strings, keep;
            if ((special | escaped) == 0)
            {
                strings = state.Strings<TStyle>(ref source, quotes, colons, out keep);
                digits &= ~strings;
                if ((digits | afterDigits) == 0)
                {
                    // Most blocks. What stands below for all would be a jump more for each of them.
                    masksKept = keep;
                    masksKept = ref Unsafe.Add(ref masksKept, 1);
                    SkeletonBlock.Write(ref source, bytes, cp, keep, 0, ref target);
                    target = ref Unsafe.Add(ref target, (nuint)(uint)BitOperations.PopCount(keep));
                    source = ref Unsafe.Add(ref source, Block);
                    continue;
                }
            }
            else
            {
                // What follows the line is not looked at.
                ulong lineFeeds = BlockMasks.Equal(ref source, (byte)'\n'), line = (lineFeeds & (0 - lineFeeds)) - 1;
                quotes &= line;
                digits &= line;
                ulong backslashes = BlockMasks.Equal(ref source, (byte)'\\') & line;
                special &= ~backslashes & (line | lineFeeds);
                ulong high = special & BlockMasks.High(ref source);
                nonAscii |= high;
                special &= ~high;

                // Which characters a backslash escapes: every second one of a run, and the one after a run of odd length.
                ulong escaping = backslashes & ~escaped;
                ulong follows = (escaping << 1) | escaped;
                ulong sum = escaping + (escaping & ~EvenBits & ~follows);
                ulong escape = (EvenBits ^ (sum << 1)) & follows;
                escaped = sum < escaping ? 1UL : 0;
                escapes |= escape;
                if ((escape & line & ~quotes) != 0)
                {
                    wrong |= escape & line & ~BlockMasks.ShortEscapes(ref source);
                }

                strings = state.Strings<TStyle>(ref source, quotes & ~escape, colons, out keep);
                keep &= line;
                digits &= ~strings;
            }

            if ((digits | afterDigits) != 0)
            {
                ulong following = (digits << 1) | (afterDigits & 1);
                ulong leadingZeros = digits & ~following & BlockMasks.Equal(ref source, (byte)'0');
                wrong |= digits & ((leadingZeros << 1) | (afterDigits >> 1));
                afterDigits = (digits >> 63) | (leadingZeros >> 63 << 1);
                keep &= ~(digits & following);
            }

            masksKept = keep;
            masksKept = ref Unsafe.Add(ref masksKept, 1);
            SkeletonBlock.Write(ref source, bytes, cp, keep, digits, ref target);
            target = ref Unsafe.Add(ref target, (nuint)(uint)BitOperations.PopCount(keep));
            if (special != 0)
            {
                ulong lineFeeds = BlockMasks.Equal(ref source, (byte)'\n');
                wrong |= special & strings & ~lineFeeds;
                if (lineFeeds != 0)
                {
                    length = (int)Unsafe.ByteOffset(ref MemoryMarshal.GetReference(data), ref source) + BitOperations.TrailingZeroCount(lineFeeds);
                    size = (int)Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(skeleton), ref target);
                    HasHighBytes = nonAscii != 0;
                    HasEscapes = escapes != 0;
                    return true;
                }
            }

            source = ref Unsafe.Add(ref source, Block);
        }

        length = -1;
        return false;
    }

    /// <summary>What the blocks of a line so far leave for the next one.</summary>
    private struct State
    {
        private ulong inString, inValue, afterColon, afterSpace;

        /// <summary>Finds the strings of a block: each reaches from its opening quote to before its closing one.</summary>
        /// <param name="source">The block.</param>
        /// <param name="quotes">The quotes that are not escaped.</param>
        /// <param name="colons">The colons.</param>
        /// <param name="keep">Receives all but what stands inside values.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong Strings<TStyle>(ref byte source, ulong quotes, ulong colons, out ulong keep)
            where TStyle : IStyle
        {
            ulong strings = BlockMasks.PrefixXor(quotes) ^ inString;
            inString = (ulong)((long)strings >> 63);

            // A string right after a colon, or after one space more, is a value. Adding its first bit clears all its bits and no others.
            ulong follow = (colons << 1) | afterColon;
            afterColon = colons >> 63;
            if (TStyle.HasSpaces)
            {
                ulong spaces = follow & BlockMasks.Equal(ref source, (byte)' ');
                follow |= (spaces << 1) | afterSpace;
                afterSpace = spaces >> 63;
            }

            ulong openings = quotes & strings & follow;
            ulong cleared = strings + (openings | inValue);
            inValue = cleared < strings ? 1UL : 0;
            keep = ~(strings & ~cleared & ~openings);
            return strings;
        }
    }

    /// <summary>How the writer of a line lays it out.</summary>
    private interface IStyle
    {
        /// <summary>Whether values may stand one space after their colon.</summary>
        static abstract bool HasSpaces { get; }
    }

    private readonly struct NoSpace : IStyle
    {
        public static bool HasSpaces => false;
    }

    private readonly struct SpaceAfterColon : IStyle
    {
        public static bool HasSpaces => true;
    }
}
