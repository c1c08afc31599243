using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProvableSec.Logs.Scanning;

/// <summary>Writes the part of a skeleton that a block has.</summary>
internal static class SkeletonBlock
{
    /// <summary>Bytes from the target on that may be written over, whatever the number of those to keep.</summary>
    public const int Room = 3 * Block;

    /// <summary>For each bit of a block's mask how far to turn the mask to the right to bring that bit to the top of the lowest byte.</summary>
    public static readonly Vector512<byte> BitPlaces = Vector512.Create([.. Enumerable.Range(0, Block).Select(i => (byte)((i + Block - 7) % Block))]);

    private const int Block = BlockMasks.Block;

    /// <summary>For each byte of a mask the places of its bits, one after the other: the shuffle that moves the bytes to keep to the front of eight.</summary>
    private static readonly ulong[] Places = [.. Enumerable.Range(0, 256).Select(PlacesOf)];

    /// <summary>Writes the bytes to keep side by side, digits as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref byte source, Vector512<byte> bytes, Vector512<byte> bitPlaces, ulong keep, ulong digits, ref byte target)
    {
        // A machine that has these may still be told to use shorter vectors; then the block is not in one.
        if (Vector512.IsHardwareAccelerated && Avx512Vbmi2.IsSupported && Avx512Vbmi.IsSupported)
        {
            if (digits != 0)
            {
                bytes = Avx512BW.BlendVariable(bytes, Vector512.Create((byte)'0'), Spread(digits, bitPlaces));
            }

            Avx512Vbmi2.Compress(Vector512<byte>.Zero, Spread(keep, bitPlaces), bytes).StoreUnsafe(ref target);
            return;
        }

        if (digits != 0)
        {
            source = ref WithZeros(ref source, digits & keep, ref Unsafe.Add(ref target, 2 * Block));
        }

        Pack(ref source, keep, ref target);
    }

    /// <summary>A byte for each bit, with it as the highest; that is all the instructions look at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Spread(ulong bits, Vector512<byte> bitPlaces) => Avx512Vbmi.MultiShift(bitPlaces, Vector512.Create(bits));

    /// <summary>A copy of the block with some bytes as 0.</summary>
    private static ref byte WithZeros(ref byte source, ulong zeros, ref byte copy)
    {
        Unsafe.CopyBlockUnaligned(ref copy, ref source, Block);
        for (; zeros != 0; zeros &= zeros - 1)
        {
            Unsafe.Add(ref copy, BitOperations.TrailingZeroCount(zeros)) = (byte)'0';
        }

        return ref copy;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pack(ref byte source, ulong keep, ref byte target)
    {
        ref ulong places = ref MemoryMarshal.GetArrayDataReference(Places);
        for (int i = 0; i < Block; i += 16, keep >>= 16)
        {
            ulong low = keep & 0xFF, high = keep >> 8 & 0xFF;

            // The second eight stand eight bytes further.
            Vector128<byte> shuffle = Vector128.Create(Unsafe.Add(ref places, (nuint)low), Unsafe.Add(ref places, (nuint)high) + 0x0808_0808_0808_0808).AsByte();
            Vector128<ulong> packed = Vector128.ShuffleNative(Vector128.LoadUnsafe(ref source, (nuint)i), shuffle).AsUInt64();
            Unsafe.WriteUnaligned(ref target, packed.ToScalar());
            target = ref Unsafe.Add(ref target, (nuint)(uint)BitOperations.PopCount(low));
            Unsafe.WriteUnaligned(ref target, packed.GetElement(1));
            target = ref Unsafe.Add(ref target, (nuint)(uint)BitOperations.PopCount(high));
        }
    }

    private static ulong PlacesOf(int mask)
    {
        ulong places = 0;
        for (int bit = 0, at = 0; bit < 8; bit++)
        {
            if ((mask >> bit & 1) != 0)
            {
                places |= (ulong)bit << (8 * at++);
            }
        }

        return places;
    }
}
