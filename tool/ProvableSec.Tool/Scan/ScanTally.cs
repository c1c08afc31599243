using System.Collections.Concurrent;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Scan;

/// <summary>What became of the files of a run. Counted by several threads.</summary>
internal sealed class ScanTally : IFileTreeReport
{
    private long texts, bytes, binaries, archives, tooLarge, unreadable;

    private readonly ConcurrentQueue<string> refusals = new(), notes = new(), gaps = new();

    /// <summary>Why something that was named was not read.</summary>
    public IEnumerable<string> Refusals => refusals.Order(StringComparer.Ordinal);

    /// <summary>What a person should know, though it isn't a reason to fail.</summary>
    public IEnumerable<string> Notes => notes.Distinct().Order(StringComparer.Ordinal);

    /// <summary>What was to be scanned and is not there, or cannot be read.</summary>
    public IEnumerable<string> Gaps => gaps.Order(StringComparer.Ordinal);

    public long Unreadable => Volatile.Read(ref unreadable);

    public long Texts => Volatile.Read(ref texts);

    public long Bytes => Volatile.Read(ref bytes);

    public void Refuse(string why) => refusals.Enqueue(why);

    public void Note(string what) => notes.Enqueue(what);

    public void AddUnreadable() => Add(ScannedKind.Unreadable, 0);

    public void Lack(string what) => gaps.Enqueue(what);

    public void Add(ScannedKind kind, long size)
    {
        switch (kind)
        {
            case ScannedKind.Text:
                Interlocked.Increment(ref texts);
                Interlocked.Add(ref bytes, size);
                break;
            case ScannedKind.Binary:
                Interlocked.Increment(ref binaries);
                break;
            case ScannedKind.Archive:
                Interlocked.Increment(ref archives);
                break;
            case ScannedKind.TooLarge:
                Interlocked.Increment(ref tooLarge);
                break;
            default:
                Interlocked.Increment(ref unreadable);
                break;
        }
    }

    /// <summary>What was passed over, in words; empty for nothing.</summary>
    public string Skipped()
    {
        (long Count, string Words)[] kinds = [(binaries, "binary"), (archives, archives == 1 ? "archive" : "archives"), (tooLarge, "too large"),
            (unreadable, "unreadable")];
        return string.Join(", ", kinds.Where(kind => kind.Count > 0).Select(kind => $"{kind.Count} {kind.Words}"));
    }
}
