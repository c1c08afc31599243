using System.Text.Json;
using ProvableSec.Bench.Output;

namespace ProvableSec.Bench.Workload;

/// <summary>A policy that AWS maintains.</summary>
internal sealed record ManagedPolicy(string Name, string Text)
{
    /// <summary>All of them in ordinal order of their names; null, and a remark, when the file is not there.</summary>
    public static IReadOnlyList<ManagedPolicy>? ReadAll(SharedFolder shared, Report report)
    {
        const string File = "data/aws-managed-policies.ndjson";
        if (shared.Find(File) is not { } path)
        {
            report.Remark($"skipped: {File} is not in the shared folder");
            return null;
        }

        var policies = new List<ManagedPolicy>();
        foreach (string line in System.IO.File.ReadLines(path))
        {
            using var json = JsonDocument.Parse(line);
            policies.Add(new ManagedPolicy(json.RootElement.GetProperty("name").GetString()!, json.RootElement.GetProperty("document").GetRawText()));
        }

        policies.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return policies;
    }
}
