using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProvableSec.Logs.Scanning;

/// <summary>
/// Makes the skeleton of a line: the line without what stands inside its value strings, and with each run of digits outside strings as one 0.
/// Why a line and its skeleton are valid together, and say the same of their structure, is argued in <c>docs/log-filter.md</c>.
/// </summary>
internal sealed class LineScanner
{
    /// <summary>Longer lines are read structurally.</summary>
    public const int MaxLine = 1 << 16;

    private const int Block = BlockMasks.Block;
    private const ulong EvenBits = 0x5555_5555_5555_5555;

    private readonly byte[] skeleton = new byte[MaxLine + (2 * Block)];
    private readonly ulong[] kept = new ulong[(MaxLine / Block) + 1];
    private readonly byte[] padded = new byte[Block];
    private int size;
    private int block;
    private int before;

    /// <summary>The skeleton of the last line.</summary>
    public ReadOnlySpan<byte> Skeleton => skeleton.AsSpan(0, size);

    /// <summary>Whether the last line may have bytes that are not ASCII.</summary>
    public bool HasHighBytes { get; private set; }

    /// <summary>Whether anything in the last line is escaped.</summary>
    public bool HasEscapes { get; private set; }

    /// <summary>Scans one line.</summary>
    /// <param name="data">Begins with the line; it may go on behind its line feed.</param>
    /// <param name="length">Receives the length of the line without its line feed; all of <paramref name="data"/> when it has none. -1 when it is too long to tell.</param>
    /// <returns>
    /// False when something in the line is not covered by the argument: control characters in a string, an escape that is not one of the short ones,
    /// a number with a leading zero, a line that is too long. Then the line must be read structurally.
    /// </returns>
    public bool Scan(ReadOnlySpan<byte> data, out int length)
    {
        // Some writers put a space after each colon, all of them or none.
        int colon = data[..Math.Min(data.Length, Block)].IndexOf("\":"u8);
        return colon >= 0 && colon + 2 < data.Length && data[colon + 2] == ' ' ? Scan<SpaceAfterColon>(data, out length) : Scan<NoSpace>(data, out length);
    }

    private bool Scan<TStyle>(ReadOnlySpan<byte> data, out int length)
        where TStyle : IStyle
    {
        ulong inString = 0, escaped = 0, afterColon = 0, afterSpace = 0, inValue = 0, afterDigit = 0, afterLeadingZero = 0;
        ulong wrong = 0, high = 0, anyEscapes = 0;
        ref byte source = ref MemoryMarshal.GetReference(data);
        ref byte target = ref MemoryMarshal.GetArrayDataReference(skeleton);
        ref ulong masksKept = ref MemoryMarshal.GetArrayDataReference(kept);
        block = 0;
        before = 0;
        for (int at = 0; at < MaxLine; at += Block)
        {
            if (data.Length - at < Block)
            {
                source = ref Pad(data[at..]);
            }

            BlockMasks.Classify(ref source, out ulong quotes, out ulong backslashes, out ulong controls, out ulong colons, out ulong digits, ref high);
            ulong keep = ulong.MaxValue, lineFeeds = 0;
            if (controls != 0)
            {
                lineFeeds = BlockMasks.Equal(ref source, (byte)'\n');
                if (lineFeeds != 0)
                {
                    // What follows the line is not looked at.
                    keep = (lineFeeds & (0 - lineFeeds)) - 1;
                    quotes &= keep;
                    backslashes &= keep;
                    controls &= keep;
                    digits &= keep;
                }
            }

            if ((backslashes | escaped) != 0)
            {
                // Which characters a backslash escapes: every second one of a run, and the one after a run of odd length.
                ulong escaping = backslashes & ~escaped;
                ulong follows = (escaping << 1) | escaped;
                ulong sum = escaping + (escaping & ~EvenBits & ~follows);
                ulong escapes = (EvenBits ^ (sum << 1)) & follows;
                escaped = sum < escaping ? 1UL : 0;
                anyEscapes |= escapes;
                quotes &= ~escapes;
                wrong |= escapes & keep & ~BlockMasks.ShortEscapes(ref source);
            }

            // A string reaches from its opening quote to before its closing one.
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
            keep &= ~(strings & ~cleared & ~openings);
            wrong |= controls & strings;

            digits &= ~strings;
            if ((digits | afterDigit) != 0)
            {
                ulong following = (digits << 1) | afterDigit;
                ulong leadingZeros = digits & ~following & BlockMasks.Equal(ref source, (byte)'0');
                wrong |= digits & ((leadingZeros << 1) | afterLeadingZero);
                afterLeadingZero = leadingZeros >> 63;
                afterDigit = digits >> 63;
                keep &= ~(digits & following);
            }

            masksKept = keep;
            masksKept = ref Unsafe.Add(ref masksKept, 1);
            SkeletonBlock.Write(ref source, keep, digits, ref target);
            target = ref Unsafe.Add(ref target, BitOperations.PopCount(keep));
            source = ref Unsafe.Add(ref source, Block);
            if (lineFeeds != 0)
            {
                length = at + BitOperations.TrailingZeroCount(lineFeeds);
                size = (int)Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(skeleton), ref target);
                HasHighBytes = high != 0;
                HasEscapes = anyEscapes != 0;
                return wrong == 0;
            }
        }

        length = -1;
        return false;
    }

    /// <summary>Where a byte of the skeleton stands in the line.</summary>
    public int PositionOf(int offset)
    {
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

    /// <summary>The last bytes, which are less than a block, as one. Line feeds follow them, so that the line ends.</summary>
    private ref byte Pad(ReadOnlySpan<byte> rest)
    {
        padded.AsSpan().Fill((byte)'\n');
        rest.CopyTo(padded);
        return ref MemoryMarshal.GetArrayDataReference(padded);
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
