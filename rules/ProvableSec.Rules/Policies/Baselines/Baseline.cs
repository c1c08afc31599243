namespace ProvableSec.Rules.Policies.Baselines;

/// <summary>The findings that were there when it was written: others are new.</summary>
internal sealed class Baseline
{
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>A baseline of entries.</summary>
    public Baseline(IReadOnlyList<BaselineEntry> entries)
    {
        Entries = entries ?? throw new ArgumentNullException(nameof(entries));
        foreach (BaselineEntry entry in entries)
        {
            string key = Key(entry.File, entry.Fingerprint);
            counts[key] = CountOf(key) + entry.Count;
        }
    }

    /// <summary>A baseline without findings.</summary>
    public static Baseline Empty { get; } = new([]);

    /// <summary>What it holds.</summary>
    public IReadOnlyList<BaselineEntry> Entries { get; }

    /// <summary>The baseline of findings: sorted, so that it is the same whatever order they are in.</summary>
    /// <param name="findings">The findings and their files, from the folder of the baseline on, with slashes.</param>
    public static Baseline Of(IEnumerable<KeyValuePair<string, PolicyFinding>> findings) => new(
    [
        .. findings.Select(found => new BaselineEntry(found.Value.Rule.Id, found.Key, found.Value.Fingerprint)).GroupBy(entry => entry)
            .Select(group => group.Key with { Count = group.Count() })
            .OrderBy(entry => entry.File, StringComparer.Ordinal).ThenBy(entry => entry.Rule, StringComparer.Ordinal)
            .ThenBy(entry => entry.Fingerprint, StringComparer.Ordinal),
    ]);

    /// <summary>Which findings of a file are new: of those that share a fingerprint, the last ones when there are more than there were.</summary>
    /// <param name="file">The file, from the folder of the baseline on, with slashes.</param>
    /// <param name="findings">All its findings, in order.</param>
    /// <returns>Whether each finding is new.</returns>
    public IReadOnlyList<bool> AreNew(string file, IReadOnlyList<PolicyFinding> findings)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var isNew = new bool[findings.Count];
        for (int i = 0; i < isNew.Length && counts.Count > 0; i++)
        {
            string key = Key(file, findings[i].Fingerprint);
            seen[key] = (seen.TryGetValue(key, out int before) ? before : 0) + 1;
            isNew[i] = seen[key] > CountOf(key);
        }

        return counts.Count > 0 ? isNew : [.. isNew.Select(_ => true)];
    }

    /// <summary>How a baseline in a folder calls a file: from the folder on, with slashes.</summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <param name="file">The full path of the file.</param>
    public static string NameOf(string folder, string file)
    {
        string[] from = Steps(folder), to = Steps(file);
        int same = 0;
        while (same < from.Length && same < to.Length - 1 && from[same] == to[same])
        {
            same++;
        }

        return string.Join("/", Enumerable.Repeat("..", from.Length - same).Concat(to.Skip(same)));
    }

    private static string[] Steps(string path) => path.Replace('\\', '/').Split(['/'], StringSplitOptions.RemoveEmptyEntries);

    private static string Key(string file, string fingerprint) => fingerprint + " " + file;

    private int CountOf(string key) => counts.TryGetValue(key, out int count) ? count : 0;
}
