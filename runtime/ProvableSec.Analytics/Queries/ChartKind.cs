namespace ProvableSec.Analytics.Queries;

/// <summary>How an answer is drawn: a name, and which column is what.</summary>
/// <param name="Name">none, tiles, time, lines, bar, map or points.</param>
/// <param name="Roles">The column of each role.</param>
internal sealed record ChartKind(string Name, IReadOnlyDictionary<string, string> Roles)
{
    /// <summary>Reads the line of a query's file.</summary>
    public static ChartKind Parse(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new ChartKind(words[0], words[1..].Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal));
    }
}
