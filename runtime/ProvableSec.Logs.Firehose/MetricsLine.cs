using System.Text.Json;
using ProvableSec.Logs.Filtering;

namespace ProvableSec.Logs.Firehose;

/// <summary>Counts as lines that CloudWatch turns into metrics (Amazon CloudWatch User Guide, "Embedded metric format").</summary>
internal static class MetricsLine
{
    private const string FilterNamespace = "ProvableSec/LogFilter", SortingNamespace = "ProvableSec/FindingSorting";

    private static readonly string[] Metrics = ["KeptRecords", "KeptBytes", "DroppedRecords", "DroppedBytes"];

    /// <summary>Writes a line for each reason that decided on a record, and one for the Firehose records that could not be processed.</summary>
    public static void Write(Stream output, FilterCounts counts, long failed, long milliseconds)
    {
        foreach (FilterReason reason in counts.Reasons.Where(reason => reason.KeptRecords + reason.DroppedRecords > 0))
        {
            WriteLine(output, FilterNamespace, milliseconds, reason.Name, Metrics,
                [reason.KeptRecords, reason.KeptBytes, reason.DroppedRecords, reason.DroppedBytes]);
        }

        WriteFailed(output, FilterNamespace, failed, milliseconds);
    }

    /// <summary>Writes how many findings were sorted, and how many Firehose records could not be.</summary>
    public static void WriteSorted(Stream output, long findings, long failed, long milliseconds)
    {
        if (findings > 0)
        {
            WriteLine(output, SortingNamespace, milliseconds, "sorted", ["SortedFindings"], [findings]);
        }

        WriteFailed(output, SortingNamespace, failed, milliseconds);
    }

    /// <summary>Writes a line for people who search the function's log.</summary>
    public static void WriteWarning(Stream output, string message)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("level", "WARN");
            json.WriteString("message", message);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void WriteFailed(Stream output, string metrics, long failed, long milliseconds)
    {
        if (failed > 0)
        {
            WriteLine(output, metrics, milliseconds, "processing-failed", ["FailedRecords"], [failed]);
        }
    }

    private static void WriteLine(
        Stream output, string metrics, long milliseconds, string reason, ReadOnlySpan<string> names, ReadOnlySpan<long> values)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteStartObject("_aws");
            json.WriteNumber("Timestamp", milliseconds);
            json.WriteStartArray("CloudWatchMetrics");
            json.WriteStartObject();
            json.WriteString("Namespace", metrics);
            json.WriteStartArray("Dimensions");
            json.WriteStartArray();
            json.WriteStringValue("Reason");
            json.WriteEndArray();
            json.WriteEndArray();
            json.WriteStartArray("Metrics");
            foreach (string name in names)
            {
                json.WriteStartObject();
                json.WriteString("Name", name);
                json.WriteString("Unit", name.EndsWith("Bytes", StringComparison.Ordinal) ? "Bytes" : "Count");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteString("Reason", reason);
            for (int i = 0; i < names.Length; i++)
            {
                json.WriteNumber(names[i], values[i]);
            }

            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }
}
