using System.Globalization;
using System.Text.Json;
using ProvableSec.Logs.Filtering;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Trim;

/// <summary>What a filter saves, by reason.</summary>
/// <param name="pricePerGigabyte">US dollars for 10^9 bytes.</param>
/// <param name="asJson">True for one JSON object.</param>
internal sealed class TrimReport(decimal pricePerGigabyte, bool asJson)
{
    private const decimal Gigabyte = 1_000_000_000;

    public void Write(FilterCounts counts, TextWriter output)
    {
        if (asJson)
        {
            WriteJson(counts, output);
            return;
        }

        output.WriteLine(Invariant($"{"",-28} {"records kept",14} {"records dropped",16} {"bytes dropped",18}"));
        foreach (FilterReason reason in counts.Reasons.Where(reason => reason.KeptRecords + reason.DroppedRecords > 0))
        {
            output.WriteLine(
                Invariant($"{Printable.Clean(reason.Name),-28} {reason.KeptRecords,14:N0} {reason.DroppedRecords,16:N0} {reason.DroppedBytes,18:N0}"));
        }

        output.WriteLine(Invariant($"{"all",-28} {counts.Records - counts.Dropped,14:N0} {counts.Dropped,16:N0} {counts.DroppedBytes,18:N0}"));
        output.WriteLine(Invariant($"{Share(counts):0.0} % of {counts.Bytes:N0} bytes dropped: ${Saved(counts):0.00} at ${pricePerGigabyte:0.00##} a GB"));
        output.WriteLine(
            Invariant(
                $"{Quantity.Of(counts.Redacted, "record")} redacted, {Quantity.Of(counts.Unprocessed, "line that is not a record", "lines that are not records")}"));
        if (counts.Wrapped > 0)
        {
            string member = counts.Wrapper ?? "MEMBER", hold = counts.Wrapped == 1 ? "seems" : "seem";
            output.WriteLine(
                Invariant(
                    $"{counts.Wrapped:N0} of these lines {hold} to hold a record below {(counts.Wrapper is null ? "a member" : $"\"{member}\"")}: \"unwrap\": [\"{member}\"] in the rules (--rules FILE) finds it"));
        }
    }

    private void WriteJson(FilterCounts counts, TextWriter output)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteNumber("records", counts.Records);
            json.WriteNumber("bytes", counts.Bytes);
            json.WriteNumber("droppedRecords", counts.Dropped);
            json.WriteNumber("droppedBytes", counts.DroppedBytes);
            json.WriteNumber("redacted", counts.Redacted);
            json.WriteNumber("unprocessed", counts.Unprocessed);
            json.WriteNumber("wrapped", counts.Wrapped);
            if (counts.Wrapper is { } wrapper)
            {
                json.WriteString("wrapper", wrapper);
            }

            json.WriteNumber("blankLines", counts.Blank);
            json.WriteNumber("pricePerGB", pricePerGigabyte);
            json.WriteNumber("saved", Math.Round(Saved(counts), 6));
            json.WriteStartArray("reasons");
            foreach (FilterReason reason in counts.Reasons)
            {
                json.WriteStartObject();
                json.WriteString("reason", reason.Name);
                json.WriteNumber("keptRecords", reason.KeptRecords);
                json.WriteNumber("keptBytes", reason.KeptBytes);
                json.WriteNumber("droppedRecords", reason.DroppedRecords);
                json.WriteNumber("droppedBytes", reason.DroppedBytes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }

    private decimal Saved(FilterCounts counts) => counts.DroppedBytes / Gigabyte * pricePerGigabyte;

    private static double Share(FilterCounts counts) => counts.Bytes == 0 ? 0 : 100.0 * counts.DroppedBytes / counts.Bytes;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
