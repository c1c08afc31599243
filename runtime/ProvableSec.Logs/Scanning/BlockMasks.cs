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
    /// <param name="backslashes">Backslashes.</param>
    /// <param name="controls">Bytes below 0x20, line feeds among them.</param>
    /// <param name="colons">Colons.</param>
    /// <param name="digits">Decimal digits.</param>
    /// <param name="high">Gets a bit when some byte is not ASCII.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Classify(ref byte source, out ulong quotes, out ulong backslashes, out ulong controls, out ulong colons, out ulong digits, ref ulong high)
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
    public static ulong ShortEscapes(ref byte source)
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
