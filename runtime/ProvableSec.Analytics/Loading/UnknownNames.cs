using System.Text;

namespace ProvableSec.Analytics.Loading;

/// <summary>Counts names that are not known, in what turns out to be a record. Not thread-safe.</summary>
internal sealed class UnknownNames
{
    /// <summary>Whoever writes the records could make up any number.</summary>
    private const int MostNames = 50, MostBytes = 100;

    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);
    private readonly List<string> pending = [];

    /// <summary>The names and how often each was met.</summary>
    public IReadOnlyDictionary<string, long> Counts => counts;

    /// <summary>Begins a record.</summary>
    public void Begin() => pending.Clear();

    /// <summary>Adds a name of it.</summary>
    public void Add(ReadOnlySpan<byte> name)
    {
        if (pending.Count < MostNames)
        {
            pending.Add(Encoding.UTF8.GetString(name[..Math.Min(name.Length, MostBytes)]));
        }
    }

    /// <summary>Counts its names: it is a record.</summary>
    public void Commit()
    {
        foreach (string name in pending)
        {
            if (counts.TryGetValue(name, out long count) || counts.Count < MostNames)
            {
                counts[name] = count + 1;
            }
        }
    }
}
