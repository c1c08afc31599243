using System.Collections.Immutable;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Filtering;

/// <summary>What a filter has done, by reason. Not thread-safe; add up those of several sessions with <see cref="Add"/>.</summary>
public sealed class FilterCounts
{
    private readonly string[] names;
    private readonly long[] keptRecords, keptBytes, droppedRecords, droppedBytes;

    /// <summary>Creates counts of nothing.</summary>
    /// <param name="rules">The rules whose ids are counted by.</param>
    public FilterCounts(LogRules rules)
    {
        names = [.. rules.Rules.Select(rule => rule.Id), LogRules.OtherwiseId, "malformed", "too-deep", "repeated-member", "not-a-waf-record", "too-long"];
        Otherwise = rules.Rules.Length;
        keptRecords = new long[names.Length];
        keptBytes = new long[names.Length];
        droppedRecords = new long[names.Length];
        droppedBytes = new long[names.Length];
    }

    /// <summary>Every reason, in the order of the rules.</summary>
    public ImmutableArray<FilterReason> Reasons =>
        [.. names.Select((name, i) => new FilterReason(name, keptRecords[i], keptBytes[i], droppedRecords[i], droppedBytes[i]))];

    /// <summary>Records in all.</summary>
    public long Records => keptRecords.Sum() + droppedRecords.Sum();

    /// <summary>Bytes in all.</summary>
    public long Bytes => keptBytes.Sum() + droppedBytes.Sum();

    /// <summary>Records dropped.</summary>
    public long Dropped => droppedRecords.Sum();

    /// <summary>Bytes of the records dropped.</summary>
    public long DroppedBytes => droppedBytes.Sum();

    /// <summary>Records that could not be read, and were kept.</summary>
    public long Unprocessed => keptRecords[Malformed] + keptRecords[TooDeep] + keptRecords[NotWafRecord] + keptRecords[TooLong];

    /// <summary>Records with at least one redaction.</summary>
    public long Redacted { get; internal set; }

    /// <summary>Lines without a record: white space, or a message of CloudWatch Logs that carries no log events.</summary>
    public long Blank { get; internal set; }

    /// <summary>Of those that are not records of AWS WAF, how many seem to hold one, so that <see cref="LogRules.Unwrap"/> may have to name a member.</summary>
    public long Wrapped { get; internal set; }

    /// <summary>The member below which the first of those holds its record; null where that is not known.</summary>
    public string? Wrapper { get; internal set; }

    internal int Otherwise { get; }

    internal int Malformed => Otherwise + 1;

    internal int TooDeep => Otherwise + 2;

    internal int RepeatedMember => Otherwise + 3;

    internal int NotWafRecord => Otherwise + 4;

    internal int TooLong => Otherwise + 5;

    /// <summary>Adds the counts of another session with the same rules.</summary>
    public void Add(FilterCounts other)
    {
        for (int i = 0; i < names.Length; i++)
        {
            keptRecords[i] += other.keptRecords[i];
            keptBytes[i] += other.keptBytes[i];
            droppedRecords[i] += other.droppedRecords[i];
            droppedBytes[i] += other.droppedBytes[i];
        }

        Redacted += other.Redacted;
        Blank += other.Blank;
        Wrapped += other.Wrapped;
        Wrapper ??= other.Wrapper;
    }

    /// <summary>Takes over the counts of another session with the same rules, in place of its own.</summary>
    internal void Set(FilterCounts other)
    {
        Array.Clear(keptRecords);
        Array.Clear(keptBytes);
        Array.Clear(droppedRecords);
        Array.Clear(droppedBytes);
        Redacted = Blank = Wrapped = 0;
        Wrapper = null;
        Add(other);
    }

    /// <summary>Counts bytes that belong to a record that has been counted.</summary>
    internal void CountMore(int reason, int bytes) => keptBytes[reason] += bytes;

    internal void Count(int reason, bool dropped, int bytes)
    {
        if (dropped)
        {
            droppedRecords[reason]++;
            droppedBytes[reason] += bytes;
        }
        else
        {
            keptRecords[reason]++;
            keptBytes[reason] += bytes;
        }
    }
}
