using System.Globalization;
using ProvableSec.Analytics.Loading;

namespace ProvableSec.Report.Running;

/// <summary>What is said of what was read.</summary>
internal static class LoadNotes
{
    /// <summary>What was read and is in no table.</summary>
    public static string Unread(LoadCounts counts, string what)
    {
        var parts = new List<string>();
        Add(counts.Malformed, "is not JSON", "are not JSON");
        Add(counts.OtherKind, $"is JSON but not one of these {what}", $"are JSON but none of these {what}");
        Add(counts.TooLong, "is longer than the limit of 64 MB", "are longer than the limit of 64 MB");
        return string.Join(", ", parts);

        void Add(long count, string one, string many)
        {
            if (count > 0)
            {
                parts.Add(count == 1 ? $"1 line {one}" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} lines {many}"));
            }
        }
    }

    /// <summary>What was read.</summary>
    public static string Read(LoadCounts counts, string what) => string.Create(
        CultureInfo.InvariantCulture,
        $"{counts.Records:N0} {what} read from {counts.Files:N0} {(counts.Files == 1 ? "input" : "inputs")}, {counts.Bytes / 1e6:N1} MB.");

    /// <summary>Members that are not known; null when there are none.</summary>
    public static string? UnknownMembers(LoadCounts counts) => counts.UnknownMembers.Count == 0 ? null
        : "Members of records that this version does not know and does not show: "
            + string.Join(", ", counts.UnknownMembers.Select(member => string.Create(CultureInfo.InvariantCulture, $"{member.Key} ({member.Value:N0})"))) + ".";
}
