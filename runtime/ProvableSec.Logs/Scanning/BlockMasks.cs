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
    /// <param name="quotes">Quotation marks.</param>
    /// <param name="special">Backslashes, and bytes below 0x20, line feeds among them.</param>
    /// <param name="colons">Colons.</param>
    /// <param name="digits">Decimal digits.</param>
    /// <param name="all">Gets every bit that some byte has: its highest, when one is not ASCII.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Classify(ref byte source, out ulong quotes, out ulong special, out ulong colons, out ulong digits, ref Vector512<byte> all)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<byte> v = Vector512.LoadUnsafe(ref source);
            quotes = Vector512.Equals(v, Vector512.Create((byte)'"')).ExtractMostSignificantBits();
            special = (Vector512.Equals(v, Vector512.Create((byte)'\\')) | Vector512.LessThan(v, Vector512.Create((byte)0x20))).ExtractMostSignificantBits();
            colons = Vector512.Equals(v, Vector512.Create((byte)':')).ExtractMostSignificantBits();
            digits = Vector512.LessThan(v - Vector512.Create((byte)'0'), Vector512.Create((byte)10)).ExtractMostSignificantBits();
            all |= v;
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Vector256<byte> a = Vector256.LoadUnsafe(ref source), b = Vector256.LoadUnsafe(ref source, 32);
            quotes = Bits(Vector256.Equals(a, Vector256.Create((byte)'"')), Vector256.Equals(b, Vector256.Create((byte)'"')));
            special = Bits(
                Vector256.Equals(a, Vector256.Create((byte)'\\')) | Vector256.LessThan(a, Vector256.Create((byte)0x20)),
                Vector256.Equals(b, Vector256.Create((byte)'\\')) | Vector256.LessThan(b, Vector256.Create((byte)0x20)));
            colons = Bits(Vector256.Equals(a, Vector256.Create((byte)':')), Vector256.Equals(b, Vector256.Create((byte)':')));
            digits = Bits(
                Vector256.LessThan(a - Vector256.Create((byte)'0'), Vector256.Create((byte)10)),
                Vector256.LessThan(b - Vector256.Create((byte)'0'), Vector256.Create((byte)10)));
            all |= (a | b).ToVector512();
        }
        else
        {
            quotes = special = colons = digits = 0;
            for (int i = 0; i < Block; i += 16)
            {
                Vector128<byte> v = Vector128.LoadUnsafe(ref source, (nuint)i);
                quotes |= (ulong)Vector128.Equals(v, Vector128.Create((byte)'"')).ExtractMostSignificantBits() << i;
                special |= (ulong)(Vector128.Equals(v, Vector128.Create((byte)'\\')) | Vector128.LessThan(v, Vector128.Create((byte)0x20))).ExtractMostSignificantBits() << i;
                colons |= (ulong)Vector128.Equals(v, Vector128.Create((byte)':')).ExtractMostSignificantBits() << i;
                digits |= (ulong)Vector128.LessThan(v - Vector128.Create((byte)'0'), Vector128.Create((byte)10)).ExtractMostSignificantBits() << i;
                all |= v.ToVector256().ToVector512();
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
