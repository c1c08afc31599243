using System.Text;
using ProvableSec.Logs.Records;
using ProvableSec.Logs.Scanning;

namespace ProvableSec.Runtime.Tests.Scanning;

/// <summary>Two ways to read the same lines, held against each other and against System.Text.Json.</summary>
internal sealed class SessionPair
{
    private static readonly byte[] Others = new byte[RecordView.Short];

    private readonly LogFilterSession fast, structural, byDefault;
    private readonly RecordView amongOthers = new();
    private readonly ByteBuffer fastOutput = new(), structuralOutput = new();

    public SessionPair(LogRules rules)
    {
        fast = new LogFilter(rules, new byte[LogFilter.LeastKeyBytes]).CreateSession();
        structural = new LogFilter(rules, new byte[LogFilter.LeastKeyBytes]).CreateSession();
        byDefault = new LogFilter(LogRules.Default).CreateSession();
    }

    public RecordStatus Status => fast.View.Status;

    public long StructuralReads => fast.View.StructuralReads;

    public long NewTemplates => fast.View.NewTemplates;

    /// <summary>What is wrong; null when all agree.</summary>
    /// <param name="line">The line.</param>
    /// <param name="intact">Whether secrets stand where the redactions look for them.</param>
    public string? Disagreement(byte[] line, bool intact)
    {
        fastOutput.Truncate(0);
        structuralOutput.Truncate(0);
        FilterVerdict verdict = fast.Filter(line, fastOutput);
        FilterVerdict expected = structural.FilterStructurally(line, structuralOutput);
        if (verdict != expected || fast.View.Status != structural.View.Status || !fastOutput.Written.SequenceEqual(structuralOutput.Written))
        {
            return $"fast: {verdict} {fast.View.Status}; structural: {expected} {structural.View.Status}";
        }

        if (Entries(line, fast.View) is var a && Entries(line, structural.View) is var b && a != b)
        {
            return $"fast: {a}\nstructural: {b}";
        }

        // A line alone is scanned in a copy, one before others where it stands.
        byte[] before = [.. line, (byte)'\n', .. Others];
        long templates = amongOthers.NewTemplates;
        amongOthers.Read(before);
        if (amongOthers.Length != line.Length || amongOthers.Status != Status || Entries(line, amongOthers) != Entries(line, structural.View))
        {
            return $"alone: {Status}, before others: {amongOthers.Status}\n{Entries(line, amongOthers)}";
        }

        // What was learned from a line holds for the line itself.
        long reads = amongOthers.StructuralReads;
        amongOthers.Read(before);
        if (amongOthers.NewTemplates > templates && amongOthers.StructuralReads > reads)
        {
            return "the template of the line is not one that it has";
        }

        if (amongOthers.Status != Status || Entries(line, amongOthers) != Entries(line, structural.View))
        {
            return $"again: {amongOthers.Status}\n{Entries(line, amongOthers)}";
        }

        bool record = ReferenceReading.IsRecord(line);
        if (record != Status is RecordStatus.Valid or RecordStatus.RepeatedMember or RecordStatus.NotWafRecord && !(Status == RecordStatus.Blank && !record))
        {
            return $"{Status}, but System.Text.Json says {record}";
        }

        if (record && ReferenceReading.IsWafRecord(line) != Status is RecordStatus.Valid or RecordStatus.RepeatedMember)
        {
            return $"{Status}, but System.Text.Json says it is the other kind of object";
        }

        if (record && Status != RecordStatus.NotWafRecord && ReferenceReading.Repeats(line) != (Status == RecordStatus.RepeatedMember))
        {
            return $"{Status}, but System.Text.Json says repeated: {ReferenceReading.Repeats(line)}";
        }

        if (Status == RecordStatus.Valid && ReferenceReading.Drops(line) != (byDefault.Filter(line, new ByteBuffer()) == FilterVerdict.Dropped))
        {
            return $"the default rules, but System.Text.Json says {ReferenceReading.Drops(line)}";
        }

        return record && verdict == FilterVerdict.Kept ? WrongRedaction(intact) : null;
    }

    private string? WrongRedaction(bool intact)
    {
        byte[] redacted = fastOutput.Written.ToArray();
        if (!ReferenceReading.IsRecord(redacted))
        {
            return "redacted to what is not a record: " + Encoding.UTF8.GetString(redacted);
        }

        return intact && fastOutput.Written.IndexOf(Encoding.UTF8.GetBytes(RandomLine.Secret)) >= 0
            ? "a secret stayed: " + Encoding.UTF8.GetString(redacted)
            : null;
    }

    private static string Entries(byte[] line, RecordView view) =>
        view.Status is RecordStatus.Valid or RecordStatus.RepeatedMember
            ? string.Join('|', Enumerable.Range(0, view.Entries.Count)
                .Select(i => $"{view.Entries[i].Field}={Encoding.UTF8.GetString(view.Raw(line, view.Entries[i]))}"))
            : "";
}
