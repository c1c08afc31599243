using System.Buffers;
using ProvableSec.Logs.Records;
using ProvableSec.Logs.Redacting;
using ProvableSec.Logs.Rules;
using ProvableSec.Logs.Scanning;

namespace ProvableSec.Logs.Filtering;

/// <summary>Filters records one after the other. Not thread-safe. Allocates nothing a record once it has met the common forms of records.</summary>
public sealed class LogFilterSession
{
    /// <summary>Bytes behind lines in a buffer that spare them from being copied.</summary>
    internal const int RoomBehindLines = 1 + RecordView.Room;

    private readonly LogRules rules;
    private readonly RecordView view = new();
    private readonly ConditionEvaluation evaluation;
    private readonly RecordRedactor redactor;
    private readonly RecordUnpacking unpacking;
    private readonly RequestSampling sampling;
    private readonly ByteBuffer records = new(), kept = new();
    private readonly FilterCounts before;
    private byte[] requestId = new byte[64];

    internal LogFilterSession(LogRules rules, byte[] hmacKey)
    {
        this.rules = rules;
        evaluation = new ConditionEvaluation(rules, view);
        redactor = new RecordRedactor(rules, hmacKey, view);
        unpacking = new RecordUnpacking(rules.Unwrap);
        sampling = new RequestSampling(rules.SamplingKey);
        before = new FilterCounts(rules);
        Counts = new FilterCounts(rules);
    }

    /// <summary>What this session has done since it began, or since <see cref="ResetCounts"/>.</summary>
    public FilterCounts Counts { get; private set; }

    internal RecordView View => view;

    /// <summary>Begins new counts; the session goes on to remember the structure of records.</summary>
    public void ResetCounts() => Counts = new FilterCounts(rules);

    /// <summary>Filters one record.</summary>
    /// <param name="record">The record; a line feed at its end is not part of it.</param>
    /// <param name="output">Receives the record as it is to be written, without line feed; nothing when it is dropped.</param>
    public FilterVerdict Filter(ReadOnlySpan<byte> record, IBufferWriter<byte> output)
    {
        record = record.EndsWith("\n"u8) ? record[..^1] : record;

        // Firehose hands over records, not lines: a line feed inside one is white space, or makes it no JSON.
        if (record.Contains((byte)'\n'))
        {
            return FilterStructurally(record, output);
        }

        view.Read(record);
        return Finish(record, output);
    }

    /// <summary>As <see cref="Filter"/>, without the shortcut.</summary>
    internal FilterVerdict FilterStructurally(ReadOnlySpan<byte> record, IBufferWriter<byte> output)
    {
        view.ReadStructurally(record);
        return Finish(record, output);
    }

    private FilterVerdict Finish(ReadOnlySpan<byte> record, IBufferWriter<byte> output)
    {
        FilterVerdict verdict = Decide(record, out int weight);
        if (verdict == FilterVerdict.Kept && Changes(record, weight))
        {
            redactor.Edits.WriteTo(record, output);
        }
        else if (verdict != FilterVerdict.Dropped)
        {
            output.Write(record);
        }

        return verdict;
    }

    /// <summary>The first value of a field of text, still escaped as in the record; empty when there is none.</summary>
    internal ReadOnlySpan<byte> RawValueOf(ReadOnlySpan<byte> record, LogField field)
    {
        view.Read(record);
        int entry = view.Status == RecordStatus.Valid ? view.Entries.First(RecordFields.Of(field)) : -1;
        return entry >= 0 && view.Entries[entry].Kind == EntryKind.Text ? view.Raw(record, view.Entries[entry]) : default;
    }

    /// <summary>Filters lines, each a record.</summary>
    /// <param name="lines">Lines as they follow each other in a file.</param>
    /// <param name="isFinal">Whether the last line ends here even without a line feed.</param>
    /// <param name="output">Receives the lines that are kept.</param>
    /// <param name="unprocessed">Receives the lines that could not be read; null to keep them among the others.</param>
    /// <returns>How many bytes have been filtered: all, or all before a last line that has no end yet.</returns>
    public int FilterLines(ReadOnlySpan<byte> lines, bool isFinal, IBufferWriter<byte> output, IBufferWriter<byte>? unprocessed = null)
    {
        int usable = isFinal ? lines.Length : lines.LastIndexOf((byte)'\n') + 1;
        FilterLines(lines[..usable], lines[..usable], output, unprocessed);
        return usable;
    }

    /// <summary>As <see cref="FilterLines(ReadOnlySpan{byte}, bool, IBufferWriter{byte}, IBufferWriter{byte}?)"/>, of lines in a buffer.</summary>
    /// <param name="buffer">Begins with the lines; the <see cref="RoomBehindLines"/> bytes after them are written over.</param>
    /// <param name="length">How many bytes the lines have.</param>
    /// <param name="output">Receives the lines that are kept.</param>
    /// <param name="unprocessed">Receives the lines that could not be read.</param>
    internal void FilterLines(byte[] buffer, int length, IBufferWriter<byte> output, IBufferWriter<byte> unprocessed)
    {
        buffer[length] = (byte)'\n';
        FilterLines(buffer.AsSpan(0, length), buffer.AsSpan(0, length + RoomBehindLines), output, unprocessed);
    }

    /// <summary>Passes on a part of a line that is too long to be filtered.</summary>
    /// <param name="part">The part.</param>
    /// <param name="isFirst">Whether the line begins with it.</param>
    /// <param name="output">Receives it when nothing else does.</param>
    /// <param name="unprocessed">Receives what could not be read; null to keep it among the others.</param>
    public void PassTooLong(ReadOnlySpan<byte> part, bool isFirst, IBufferWriter<byte> output, IBufferWriter<byte>? unprocessed = null)
    {
        if (isFirst)
        {
            Counts.Count(Counts.TooLong, dropped: false, 0);
        }

        Counts.CountMore(Counts.TooLong, part.Length - (part.EndsWith("\n"u8) ? 1 : 0));
        (unprocessed ?? output).Write(part);
    }

    private void FilterLines(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> linesAndRoom, IBufferWriter<byte> output, IBufferWriter<byte>? unprocessed)
    {
        bool hasRoom = linesAndRoom.Length > lines.Length;

        // What is kept as it is goes out in one piece for as long as it lasts.
        int at = 0, pending = 0;
        while (at < lines.Length)
        {
            view.Read(linesAndRoom[at..], hasRoom);
            ReadOnlySpan<byte> line = lines.Slice(at, view.Length);
            int next = Math.Min(at + line.Length + 1, lines.Length);
            if (view.Status is RecordStatus.NotWafRecord or RecordStatus.Malformed && TryFilterUnpacked(line))
            {
                Write(output, lines[pending..at]);
                Write(output, kept.Written);
                at = pending = next;
                continue;
            }

            FilterVerdict verdict = Decide(line, out int weight);
            if (verdict == FilterVerdict.Dropped)
            {
                Write(output, lines[pending..at]);
                pending = next;
            }
            else if (verdict == FilterVerdict.Unprocessed && unprocessed is not null)
            {
                Write(output, lines[pending..at]);
                unprocessed.Write(lines[at..next]);
                pending = next;
            }
            else if (verdict == FilterVerdict.Kept && Changes(line, weight))
            {
                Write(output, lines[pending..at]);
                redactor.Edits.WriteTo(lines[at..next], output);
                pending = next;
            }

            at = next;
        }

        Write(output, lines[pending..]);
    }

    /// <summary>Filters the records that one line holds, into <see cref="kept"/>: joined, in an array, in an envelope of CloudWatch Logs, or wrapped.</summary>
    /// <returns>False, and nothing counted, when something in it is not a record of AWS WAF. Then the line stays together.</returns>
    private bool TryFilterUnpacked(ReadOnlySpan<byte> line)
    {
        RecordStatus status = view.Status;
        records.Truncate(0);
        kept.Truncate(0);
        if (!unpacking.TryUnpack(line, records))
        {
            return false;
        }

        before.Set(Counts);
        Counts.Blank += records.Length == 0 ? 1 : 0;
        for (ReadOnlySpan<byte> rest = records.Written; !rest.IsEmpty;)
        {
            view.Read(rest);
            ReadOnlySpan<byte> record = rest[..view.Length];
            rest = rest[(view.Length + 1)..];
            switch (Decide(record, out int weight))
            {
                case FilterVerdict.Kept when Changes(record, weight):
                    redactor.Edits.WriteTo(record, kept);
                    kept.Write("\n"u8);
                    break;
                case FilterVerdict.Kept:
                    kept.Write(record);
                    kept.Write("\n"u8);
                    break;
                case FilterVerdict.Unprocessed:
                    Counts.Set(before);
                    view.SetUnread(status, line.Length);
                    return false;
            }
        }

        return true;
    }

    /// <summary>Mostly there is nothing to write: what was dropped follows what was dropped.</summary>
    private static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            output.Write(bytes);
        }
    }

    private bool Changes(ReadOnlySpan<byte> line, int weight)
    {
        if (weight == 1 && rules.Redactions.IsEmpty)
        {
            return false;
        }

        redactor.Redact(line);
        Counts.Redacted += redactor.Edits.IsEmpty ? 0 : 1;
        if (weight > 1)
        {
            redactor.AddWeight(weight);
        }

        return !redactor.Edits.IsEmpty;
    }

    private FilterVerdict Decide(ReadOnlySpan<byte> line, out int weight)
    {
        weight = 1;
        switch (view.Status)
        {
            case RecordStatus.Valid:
                return ApplyRules(line, ref weight);
            case RecordStatus.RepeatedMember:
                Counts.Count(Counts.RepeatedMember, dropped: false, line.Length);
                return FilterVerdict.Kept;
            case RecordStatus.NotWafRecord:
                Counts.Count(Counts.NotWafRecord, dropped: false, line.Length);
                if (line.IndexOf("webaclId"u8) >= 0)
                {
                    Counts.Wrapped++;
                    Counts.Wrapper ??= RecordWrapper.NameIn(line);
                }

                return FilterVerdict.Unprocessed;
            case RecordStatus.Blank:
                Counts.Blank++;
                return FilterVerdict.Kept;
            default:
                Counts.Count(view.Status == RecordStatus.TooDeep ? Counts.TooDeep : Counts.Malformed, dropped: false, line.Length);
                return FilterVerdict.Unprocessed;
        }
    }

    private FilterVerdict ApplyRules(ReadOnlySpan<byte> line, ref int weight)
    {
        int reason = evaluation.RuleFor(line);
        RuleAction action = reason < rules.Rules.Length ? rules.Rules[reason].Then : rules.Otherwise;
        bool dropped = action == RuleAction.Drop;
        if (action == RuleAction.Sample && view.Entries.First(RecordField.RequestId) is >= 0 and int id)
        {
            // Without a request id nothing could say which records stand for it, so that it stays as it is.
            int oneIn = rules.Rules[reason].OneIn;
            dropped = !sampling.IsKept(view.Decoded(line, view.Entries[id], ref requestId), oneIn);
            weight = oneIn;
        }

        Counts.Count(reason, dropped, line.Length);
        return dropped ? FilterVerdict.Dropped : FilterVerdict.Kept;
    }
}
