using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProvableSec.Logs.Scanning;

/// <summary>Sixty-four bytes as one bit each, lowest first, with the widest vectors that the machine has.</summary>
internal static class BlockMasks
{
    /// <summary>Bytes in a block.</summary>
    public const int Block = 64;

    /// <summary>Finds the bytes that matter to the structure of a line.</summary>
    /// <param name="source">The first byte of the block.</param>
    /// <param name="quote">Quotation marks. A constant known to the compiler would be loaded from memory for each block, and loads are what is scarce here.</param>
    /// <param name="backslash">Backslashes.</param>
    /// <param name="space">Spaces.</param>
    /// <param name="colon">Colons.</param>
    /// <param name="zero">Zeros as characters.</param>
    /// <param name="ten">Tens as numbers.</param>
    /// <param name="quotes">Quotation marks.</param>
    /// <param name="special">Backslashes, bytes below 0x20, line feeds among them, and bytes that are not ASCII.</param>
    /// <param name="colons">Colons.</param>
    /// <param name="digits">Decimal digits.</param>
    /// <param name="bytes">The block itself, where it fits into a vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Classify(
        ref byte source,
        Vector512<byte> quote,
        Vector512<byte> backslash,
        Vector512<byte> space,
        Vector512<byte> colon,
        Vector512<byte> zero,
        Vector512<byte> ten,
        out ulong quotes,
        out ulong special,
        out ulong colons,
        out ulong digits,
        out Vector512<byte> bytes)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            bytes = Vector512.LoadUnsafe(ref source);
            quotes = Vector512.Equals(bytes, quote).ExtractMostSignificantBits();
            special = (Vector512.Equals(bytes, backslash) | Vector512.LessThan(bytes.AsSByte(), space.AsSByte()).AsByte()).ExtractMostSignificantBits();
            colons = Vector512.Equals(bytes, colon).ExtractMostSignificantBits();
            digits = Vector512.LessThan(bytes - zero, ten).ExtractMostSignificantBits();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            bytes = default;
            Vector256<byte> a = Vector256.LoadUnsafe(ref source), b = Vector256.LoadUnsafe(ref source, 32);
            quotes = Bits(Vector256.Equals(a, Vector256.Create((byte)'"')), Vector256.Equals(b, Vector256.Create((byte)'"')));
            special = Bits(
                Vector256.Equals(a, Vector256.Create((byte)'\\')) | Vector256.LessThan(a.AsSByte(), Vector256.Create((sbyte)0x20)).AsByte(),
                Vector256.Equals(b, Vector256.Create((byte)'\\')) | Vector256.LessThan(b.AsSByte(), Vector256.Create((sbyte)0x20)).AsByte());
            colons = Bits(Vector256.Equals(a, Vector256.Create((byte)':')), Vector256.Equals(b, Vector256.Create((byte)':')));
            digits = Bits(
                Vector256.LessThan(a - Vector256.Create((byte)'0'), Vector256.Create((byte)10)),
                Vector256.LessThan(b - Vector256.Create((byte)'0'), Vector256.Create((byte)10)));
        }
        else
        {
            bytes = default;
            quotes = special = colons = digits = 0;
            for (int i = 0; i < Block; i += 16)
            {
                Vector128<byte> v = Vector128.LoadUnsafe(ref source, (nuint)i);
                quotes |= (ulong)Vector128.Equals(v, Vector128.Create((byte)'"')).ExtractMostSignificantBits() << i;
                special |= (ulong)(Vector128.Equals(v, Vector128.Create((byte)'\\')) | Vector128.LessThan(v.AsSByte(), Vector128.Create((sbyte)0x20)).AsByte()).ExtractMostSignificantBits() << i;
                colons |= (ulong)Vector128.Equals(v, Vector128.Create((byte)':')).ExtractMostSignificantBits() << i;
                digits |= (ulong)Vector128.LessThan(v - Vector128.Create((byte)'0'), Vector128.Create((byte)10)).ExtractMostSignificantBits() << i;
            }
        }
    }

    /// <summary>Asks for memory that is soon read. It need not be there: nothing is read, nothing can fail.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(ref byte source, int ahead)
    {
        if (Sse.IsSupported)
        {
            // The garbage collector may move the data meanwhile; then the wrong bytes are asked for.
            Sse.Prefetch0((byte*)Unsafe.AsPointer(ref source) + ahead);
        }
    }

    private static ulong Bits(Vector256<byte> low, Vector256<byte> high) => low.ExtractMostSignificantBits() | (ulong)high.ExtractMostSignificantBits() << 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Equal(ref byte source, byte value)
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

    /// <summary>The bytes that are not ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong High(ref byte source)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.LoadUnsafe(ref source).ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            return Bits(Vector256.LoadUnsafe(ref source), Vector256.LoadUnsafe(ref source, 32));
        }

        ulong bits = 0;
        for (int i = 0; i < Block; i += 16)
        {
            bits |= (ulong)Vector128.LoadUnsafe(ref source, (nuint)i).ExtractMostSignificantBits() << i;
        }

        return bits;
    }

    /// <summary>The bytes that may follow a backslash, but for <c>u</c>, whose digits are checked structurally.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ShortEscapes(ref byte source)
    {
        return Equal(ref source, (byte)'"') | Equal(ref source, (byte)'\\') | Equal(ref source, (byte)'/') | Equal(ref source, (byte)'b')
            | Equal(ref source, (byte)'f') | Equal(ref source, (byte)'n') | Equal(ref source, (byte)'r') | Equal(ref source, (byte)'t');
    }

    /// <summary>Each bit is the parity of itself and all lower ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PrefixXor(ulong bits)
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

    /// <summary>The place of the n-th bit that is set.</summary>
    public static int Select(ulong mask, int n)
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
}
