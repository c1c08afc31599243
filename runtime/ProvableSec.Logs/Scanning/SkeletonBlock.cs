using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProvableSec.Logs.Scanning;

/// <summary>Writes the part of a skeleton that a block has.</summary>
internal static class SkeletonBlock
{
    private const int Block = BlockMasks.Block;

    /// <summary>Writes the bytes to keep side by side, digits as 0. May write up to 64 bytes, whatever their number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref byte source, ulong keep, ulong digits, ref byte target)
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
        return ~Vector512.Equals(bytes & Vector512.Create(0x8040_2010_0804_0201).AsByte(), Vector512<byte>.Zero);
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
}
