using System.Runtime.InteropServices;
using ProvableSec.Logs.Records;

namespace ProvableSec.Logs.Scanning;

/// <summary>
/// The skeletons met lately. A shape is used only when its skeleton is equal byte by byte, so that a hash decides nothing but where to look;
/// what is not found is read, and a full cache begins anew.
/// </summary>
internal sealed class SkeletonCache
{
    private const int Slots = 4096, Probes = 4, MaxShapes = 2048, MaxSkeleton = 4096;

    private readonly SkeletonShape[] shapes = new SkeletonShape[Slots];
    private readonly StructuralReader reader = new();
    private readonly RecordEntries scratch = new();
    private int count;

    /// <summary>How many skeletons had to be read.</summary>
    public long Misses { get; private set; }

    /// <summary>Finds the shape of a skeleton.</summary>
    /// <returns>False for a skeleton that is too long to keep.</returns>
    public bool TryFind(ReadOnlySpan<byte> skeleton, out SkeletonShape shape)
    {
        uint slot = Hash(skeleton);
        for (uint probe = 0; probe < Probes; probe++)
        {
            shape = shapes[(slot + probe) % Slots];
            if (shape.Skeleton is null)
            {
                break;
            }

            if (skeleton.SequenceEqual(shape.Skeleton))
            {
                return true;
            }
        }

        if (skeleton.Length > MaxSkeleton)
        {
            shape = default;
            return false;
        }

        shape = Read(skeleton, slot);
        return true;
    }

    private SkeletonShape Read(ReadOnlySpan<byte> skeleton, uint slot)
    {
        Misses++;
        RecordStatus status = reader.Read(skeleton, scratch);
        var shape = new SkeletonShape(skeleton.ToArray(), status, scratch.ToKept());
        if (count == MaxShapes)
        {
            Array.Clear(shapes);
            count = 0;
        }

        uint probe = 0;
        while (probe < Probes - 1 && shapes[(slot + probe) % Slots].Skeleton is not null)
        {
            probe++;
        }

        shapes[(slot + probe) % Slots] = shape;
        count++;
        return shape;
    }

    /// <summary>From the length and some words: lines differ by the number of their headers, labels and rules.</summary>
    private static uint Hash(ReadOnlySpan<byte> skeleton)
    {
        // Sums of products do not wait for each other.
        ulong hash = (ulong)skeleton.Length * 0x9E37_79B9_7F4A_7C15;
        if (skeleton.Length >= 8)
        {
            int last = skeleton.Length - 8;
            hash += MemoryMarshal.Read<ulong>(skeleton[(last / 4)..]) * 0xBF58_476D_1CE4_E5B9;
            hash += MemoryMarshal.Read<ulong>(skeleton[(last / 2)..]) * 0x94D0_49BB_1331_11EB;
            hash += MemoryMarshal.Read<ulong>(skeleton[(last * 3 / 4)..]) * 0xD6E8_FEB8_6659_FD93;
            hash += MemoryMarshal.Read<ulong>(skeleton[last..]) * 0xFF51_AFD7_ED55_8CCD;
        }

        return (uint)(hash >> 40) % Slots;
    }
}
