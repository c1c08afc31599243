namespace ProvableSec.Analytics.Loading;

/// <summary>What became of the lines of the inputs. Every line is one of these.</summary>
internal sealed class LoadCounts
{
    /// <summary>Rows of the table.</summary>
    public long Records { get; set; }

    /// <summary>Lines that are JSON, but no records of this kind.</summary>
    public long OtherKind { get; set; }

    /// <summary>Lines that are not JSON: cut off, binary, nested too deep.</summary>
    public long Malformed { get; set; }

    /// <summary>Lines over the limit.</summary>
    public long TooLong { get; set; }

    /// <summary>Bytes read, after decompression.</summary>
    public long Bytes { get; set; }

    /// <summary>Files read.</summary>
    public int Files { get; set; }

    /// <summary>Members of records that this version does not know, and in how many records they are.</summary>
    public SortedDictionary<string, long> UnknownMembers { get; } = new(StringComparer.Ordinal);

    /// <summary>Lines that are not in the table.</summary>
    public long Unread => OtherKind + Malformed + TooLong;

    /// <summary>Adds others.</summary>
    public void Add(LoadCounts other)
    {
        Records += other.Records;
        OtherKind += other.OtherKind;
        Malformed += other.Malformed;
        TooLong += other.TooLong;
        Bytes += other.Bytes;
        Files += other.Files;
        AddUnknown(other.UnknownMembers);
    }

    /// <summary>Adds unknown members.</summary>
    public void AddUnknown(IEnumerable<KeyValuePair<string, long>> members)
    {
        foreach ((string name, long count) in members)
        {
            UnknownMembers[name] = UnknownMembers.GetValueOrDefault(name) + count;
        }
    }
}
