using System.Text.Json;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Records;
using ProvableSec.Tool.Sharding;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Diff;

/// <summary>The results of all parts of a run of <c>diff</c> as one.</summary>
internal sealed class DiffMerger : IResultMerger
{
    public string Command => "diff";

    public IReadOnlyList<string> Formats => DiffFormats.Names;

    public int Merge(IReadOnlyList<JsonElement> parts, RequestedOutputs requested, CommandConsole console)
    {
        JsonElement first = parts[0];
        IReadOnlyList<PolicyChange> changes = DiffResult.InOrder(
            parts.SelectMany(part => part.List("changes")).Select(change => PolicyChangeRecord.Read(change.GetProperty("record"))));
        var result = new DiffResult(first.Text("before"), first.Text("after"), changes, parts.Sum(part => part.Number("unchanged")))
        {
            // An approval is of no use where no part uses it.
            Notes = [.. first.Texts("notes").Where(note => parts.All(part => part.Texts("notes").Contains(note)))],
            FailOn = Enum.Parse<DiffFailure>(first.Text("failOn")),
        };
        int code = requested.With(DiffFormats.Report).Write(result, console);
        console.OutputText.Flush();
        foreach (string note in result.Notes)
        {
            console.Error.WriteLine("provablesec: " + Printable.Clean(note));
        }

        console.Error.WriteLine($"{result.Summary} · {parts.Count} shards");
        return code;
    }
}
