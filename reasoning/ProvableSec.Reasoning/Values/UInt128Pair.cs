namespace ProvableSec.Reasoning.Values;

/// <summary>A 128-bit number in two halves, since netstandard2.0 has none. An IPv4 address is in the lower 32 bits.</summary>
internal readonly record struct UInt128Pair(ulong High, ulong Low) : IComparable<UInt128Pair>
{
    public int CompareTo(UInt128Pair other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>The first address of the range of that many fixed bits.</summary>
    public UInt128Pair First(bool v6, int bits)
    {
        UInt128Pair mask = HostMask(v6, bits);
        return new UInt128Pair(High & ~mask.High, Low & ~mask.Low);
    }

    /// <summary>The last address of the range of that many fixed bits.</summary>
    public UInt128Pair Last(bool v6, int bits)
    {
        UInt128Pair mask = HostMask(v6, bits);
        return new UInt128Pair(High | mask.High, Low | mask.Low);
    }

    /// <summary>The next number; the largest is followed by 0, which is a boundary all the same.</summary>
    public UInt128Pair Next() => Low == ulong.MaxValue ? new UInt128Pair(unchecked(High + 1), 0) : new UInt128Pair(High, Low + 1);

    private static UInt128Pair HostMask(bool v6, int bits)
    {
        int host = (v6 ? 128 : 32) - bits;
        return host switch
        {
            0 => default,
            < 64 => new UInt128Pair(0, (1UL << host) - 1),
            64 => new UInt128Pair(0, ulong.MaxValue),
            < 128 => new UInt128Pair((1UL << (host - 64)) - 1, ulong.MaxValue),
            _ => new UInt128Pair(ulong.MaxValue, ulong.MaxValue),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{High:x}.{Low:x}";
}
