using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProvableSec.Logs.Scanning;

/// <summary>
/// Makes the skeleton of a line: the line without what stands inside its value strings, and with each run of digits outside strings as one 0.
/// Why a line and its skeleton are valid together, and say the same of their structure, is argued in <c>docs/log-filter.md</c>.
/// </summary>
internal sealed class LineScanner
{
    /// <summary>Longer lines are read structurally.</summary>
    public const int MaxLine = 1 << 16;

    private const int Block = 64;
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

            Classify(ref source, out ulong quotes, out ulong backslashes, out ulong controls, out ulong colons, out ulong digits, ref high);
            ulong keep = ulong.MaxValue, lineFeeds = 0;
            if (controls != 0)
            {
                lineFeeds = Equal(ref source, (byte)'\n');
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
                wrong |= escapes & keep & ~ShortEscapes(ref source);
            }

            // A string reaches from its opening quote to before its closing one.
            ulong strings = PrefixXor(quotes) ^ inString;
            inString = (ulong)((long)strings >> 63);

            // A string right after a colon, or after one space more, is a value. Adding its first bit clears all its bits and no others.
            ulong follow = (colons << 1) | afterColon;
            afterColon = colons >> 63;
            if (TStyle.HasSpaces)
            {
                ulong spaces = follow & Equal(ref source, (byte)' ');
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
                ulong leadingZeros = digits & ~following & Equal(ref source, (byte)'0');
                wrong |= digits & ((leadingZeros << 1) | afterLeadingZero);
                afterLeadingZero = leadingZeros >> 63;
                afterDigit = digits >> 63;
                keep &= ~(digits & following);
            }

            masksKept = keep;
            masksKept = ref Unsafe.Add(ref masksKept, 1);
            Compress(ref source, keep, digits, ref target);
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

        return (block * Block) + Select(kept[block], offset - before);
    }

    /// <summary>The last bytes, which are less than a block, as one. Line feeds follow them, so that the line ends.</summary>
    private ref byte Pad(ReadOnlySpan<byte> rest)
    {
        padded.AsSpan().Fill((byte)'\n');
        rest.CopyTo(padded);
        return ref MemoryMarshal.GetArrayDataReference(padded);
    }

    /// <summary>The place of the n-th bit that is set.</summary>
    private static int Select(ulong mask, int n)
    {
        if (Bmi2.X64.IsSupported)
        {
            return BitOperations.TrailingZeroCount(Bmi2.X64.ParallelBitDeposit(1UL << n, mask));
        }

        for (; n > 0; n--)
        {
            mask &= mask - 1;
        }

        return BitOperations.TrailingZeroCount(mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Classify(ref byte source, out ulong quotes, out ulong backslashes, out ulong controls, out ulong colons, out ulong digits, ref ulong high)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<byte> v = Vector512.LoadUnsafe(ref source);
            quotes = Vector512.Equals(v, Vector512.Create((byte)'"')).ExtractMostSignificantBits();
            backslashes = Vector512.Equals(v, Vector512.Create((byte)'\\')).ExtractMostSignificantBits();
            controls = Vector512.LessThan(v, Vector512.Create((byte)0x20)).ExtractMostSignificantBits();
            colons = Vector512.Equals(v, Vector512.Create((byte)':')).ExtractMostSignificantBits();
            digits = Vector512.LessThan(v - Vector512.Create((byte)'0'), Vector512.Create((byte)10)).ExtractMostSignificantBits();
            high |= v.ExtractMostSignificantBits();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Vector256<byte> a = Vector256.LoadUnsafe(ref source), b = Vector256.LoadUnsafe(ref source, 32);
            quotes = Bits(Vector256.Equals(a, Vector256.Create((byte)'"')), Vector256.Equals(b, Vector256.Create((byte)'"')));
            backslashes = Bits(Vector256.Equals(a, Vector256.Create((byte)'\\')), Vector256.Equals(b, Vector256.Create((byte)'\\')));
            controls = Bits(Vector256.LessThan(a, Vector256.Create((byte)0x20)), Vector256.LessThan(b, Vector256.Create((byte)0x20)));
            colons = Bits(Vector256.Equals(a, Vector256.Create((byte)':')), Vector256.Equals(b, Vector256.Create((byte)':')));
            digits = Bits(
                Vector256.LessThan(a - Vector256.Create((byte)'0'), Vector256.Create((byte)10)),
                Vector256.LessThan(b - Vector256.Create((byte)'0'), Vector256.Create((byte)10)));
            high |= (a | b).ExtractMostSignificantBits();
        }
        else
        {
            quotes = backslashes = controls = colons = digits = 0;
            for (int i = 0; i < Block; i += 16)
            {
                Vector128<byte> v = Vector128.LoadUnsafe(ref source, (nuint)i);
                quotes |= (ulong)Vector128.Equals(v, Vector128.Create((byte)'"')).ExtractMostSignificantBits() << i;
                backslashes |= (ulong)Vector128.Equals(v, Vector128.Create((byte)'\\')).ExtractMostSignificantBits() << i;
                controls |= (ulong)Vector128.LessThan(v, Vector128.Create((byte)0x20)).ExtractMostSignificantBits() << i;
                colons |= (ulong)Vector128.Equals(v, Vector128.Create((byte)':')).ExtractMostSignificantBits() << i;
                digits |= (ulong)Vector128.LessThan(v - Vector128.Create((byte)'0'), Vector128.Create((byte)10)).ExtractMostSignificantBits() << i;
                high |= v.ExtractMostSignificantBits();
            }
        }
    }

    private static ulong Bits(Vector256<byte> low, Vector256<byte> high) => low.ExtractMostSignificantBits() | (ulong)high.ExtractMostSignificantBits() << 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Equal(ref byte source, byte value)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.Equals(Vector512.LoadUnsafe(ref source), Vector512.Create(value)).ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            return Bits(
                Vector256.Equals(Vector256.LoadUnsafe(ref source), Vector256.Create(value)),
                Vector256.Equals(Vector256.LoadUnsafe(ref source, 32), Vector256.Create(value)));
        }

        ulong bits = 0;
        for (int i = 0; i < Block; i += 16)
        {
            bits |= (ulong)Vector128.Equals(Vector128.LoadUnsafe(ref source, (nuint)i), Vector128.Create(value)).ExtractMostSignificantBits() << i;
        }

        return bits;
    }

    /// <summary>The bytes that may follow a backslash, but for <c>u</c>, whose digits are checked structurally.</summary>
    private static ulong ShortEscapes(ref byte source)
    {
        ulong bits = 0;
        foreach (byte b in "\"\\/bfnrt"u8)
        {
            bits |= Equal(ref source, b);
        }

        return bits;
    }

    /// <summary>Each bit is the parity of itself and all lower ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PrefixXor(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
        {
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        }

        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }

    /// <summary>Writes the bytes to keep side by side, digits as 0. May write up to 64 bytes, whatever their number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compress(ref byte source, ulong keep, ulong digits, ref byte target)
    {
        if (Avx512Vbmi2.IsSupported)
        {
            Vector512<byte> v = Vector512.LoadUnsafe(ref source);
            if (digits != 0)
            {
                v = Vector512.ConditionalSelect(Spread(digits), Vector512.Create((byte)'0'), v);
            }

            Avx512Vbmi2.Compress(Vector512<byte>.Zero, Spread(keep), v).StoreUnsafe(ref target);
            return;
        }

        CopyRuns(ref source, keep, digits, ref target);
    }

    /// <summary>A byte of ones for each bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Spread(ulong bits)
    {
        Vector512<byte> bytes = Avx512BW.Shuffle(
            Vector512.Create(bits).AsByte(),
            Vector512.Create(0UL, 0x0101_0101_0101_0101, 0x0202_0202_0202_0202, 0x0303_0303_0303_0303, 0x0404_0404_0404_0404, 0x0505_0505_0505_0505, 0x0606_0606_0606_0606, 0x0707_0707_0707_0707).AsByte());
        Vector512<byte> bit = Vector512.Create(0x8040_2010_0804_0201).AsByte();
        return Vector512.Equals(bytes & bit, bit);
    }

    private static void CopyRuns(ref byte source, ulong keep, ulong digits, ref byte target)
    {
        int size = 0;
        for (ulong rest = keep; rest != 0;)
        {
            int start = BitOperations.TrailingZeroCount(rest);
            int run = BitOperations.TrailingZeroCount(~(rest >> start));
            ref byte from = ref Unsafe.Add(ref source, start);
            ref byte to = ref Unsafe.Add(ref target, size);
            if (run <= 16 && start <= Block - 16)
            {
                Vector128.LoadUnsafe(ref from).StoreUnsafe(ref to);
            }
            else
            {
                Unsafe.CopyBlockUnaligned(ref to, ref from, (uint)run);
            }

            // The digit that is kept of a run begins it.
            for (ulong numbers = digits & keep & (run == 64 ? ulong.MaxValue : ((1UL << run) - 1) << start); numbers != 0; numbers &= numbers - 1)
            {
                Unsafe.Add(ref to, BitOperations.TrailingZeroCount(numbers) - start) = (byte)'0';
            }

            size += run;
            rest = start + run == 64 ? 0 : rest & (ulong.MaxValue << (start + run));
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
