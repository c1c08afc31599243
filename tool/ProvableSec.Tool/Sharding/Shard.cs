using System.Globalization;

namespace ProvableSec.Tool.Sharding;

/// <summary>One of several parts of a run, each of which another job does.</summary>
/// <param name="Index">Which part, from 1.</param>
/// <param name="Count">How many parts there are.</param>
internal sealed record Shard(int Index, int Count)
{
    /// <summary>How many parts there may be.</summary>
    public const int Most = 1000;

    /// <summary>The part that a text such as <c>2/4</c> means; null for any other text.</summary>
    public static Shard? Parse(string text) => text.Split('/') is [var index, var count]
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int i)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int n)
        && i >= 1 && i <= n && n <= Most ? new Shard(i, n) : null;

    /// <summary>Whether a place in the list of all work is of this part. Each place is of exactly one: neighbors, which are often alike, are of different
    /// ones.</summary>
    public bool Has(int place) => place % Count == Index - 1;

    /// <summary>As it is written.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}
