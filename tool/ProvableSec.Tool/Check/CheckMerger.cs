using System.Text.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules;
using ProvableSec.Rules.Catalogue;
using ProvableSec.Rules.Policies.Baselines;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Records;
using ProvableSec.Tool.Sharding;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Check;

/// <summary>The results of all parts of a run of <c>check</c> as one.</summary>
internal sealed class CheckMerger : IResultMerger
{
    public string Command => "check";

    public IReadOnlyList<string> Formats => CheckFormats.Names;

    public int Merge(IReadOnlyList<JsonElement> parts, RequestedOutputs requested, CommandConsole console)
    {
        Rule[] own = [.. parts[0].List("ownRules").Select(rule => new Rule(rule.Text("id"), rule.Text("title"), Enum.Parse<RuleSeverity>(rule.Text("severity")),
            rule.Text("why"), rule.Text("remedy"), rule.Number("cwe")))];
        Dictionary<string, DocumentText> texts = Texts(parts);
        CheckFinding[] findings = All("findings"), known = All("known");
        var codes = new Dictionary<ProvableSec.Rules.Policies.PolicyFinding, int>(ReferenceEqualityComparer.Instance);
        foreach ((CheckFinding finding, JsonElement json) in findings.Zip(InOrder("findings")))
        {
            codes[finding.Finding] = json.Number("code");
        }

        var result = new CheckResult(findings, [.. parts.SelectMany(part => part.List("files")).Select(FileFacts.Read).OrderBy(file => file.Place)],
            parts.Sum(part => part.Number("waived")))
        {
            CodeOf = finding => codes[finding],
            OwnRules = own,
            Known = known,
            HasBaseline = parts[0].GetProperty("hasBaseline").GetBoolean(),
            Gone = [.. parts.SelectMany(part => part.List("gone")).Select(gone =>
                new BaselineEntry(gone.Text("rule"), gone.Text("file"), gone.Text("fingerprint"),
                gone.Number("count"))).Distinct()],
            Unchanged = parts[0].TextOrNull("changedSince") is { } since ? (since, parts[0].Number("unchangedFiles")) : null,
            Import = (parts[0].TextOrNull("account"), parts[0].TextOrNull("region")),
        };
        if (requested.Formats.Contains("asff") && result.Import is not ({ }, { Length: > 0 }))
        {
            console.Error.WriteLine("provablesec: for asff, check needs --account and --region in every shard");
            return ExitCodes.BadInput;
        }

        int code = ExitCodes.Success;
        foreach (string note in Idle(parts))
        {
            console.Error.WriteLine(Printable.Clean(note));
        }

        if (!result.HasDocuments && result.Unchanged is null && result.Files.All(file => file.Sort != FileSort.Unreadable))
        {
            console.Error.WriteLine($"provablesec: {CheckRun.NothingToCheck}");
            code = ExitCodes.BadInput;
        }

        code = ExitCodes.Combine(code, requested.With(name => CheckFormats.Report(name, result.Import.Account, result.Import.Region)).Write(result, console));
        console.Error.WriteLine($"{result.Summary()} · {parts.Count} shards");
        return code;

        CheckFinding[] All(string name) =>
            [.. InOrder(name).Select(json => CheckFindingRecord.Read(json, texts[json.Text("file")],
                id => Array.Find(own, rule => rule.Id == id) ?? RuleCatalogue.FindOfCheck(id)))];

        // Those of one file are in one part, in their order.
        JsonElement[] InOrder(string name) => [.. parts.SelectMany(part => part.List(name)).Select(finding => finding.GetProperty("record"))
            .OrderBy(json => json.Number("place"))];
    }

    /// <summary>What covers nothing in any part.</summary>
    private static IEnumerable<string> Idle(IReadOnlyList<JsonElement> parts) => parts.SelectMany(part => part.List("idle")).GroupBy(idle => idle.Text("about"))
        .Where(same => same.Count() == parts.Count).Select(same => same.Select(idle => idle.Text("note")).MaxBy(note => note.Length)!);

    private static Dictionary<string, DocumentText> Texts(IReadOnlyList<JsonElement> parts)
    {
        var stubs = new Dictionary<string, StubText>(StringComparer.Ordinal);
        foreach (JsonElement json in parts.SelectMany(part => part.List("findings").Concat(part.List("known")))
            .Select(finding => finding.GetProperty("record")))
        {
            if (!stubs.TryGetValue(json.Text("file"), out StubText? stub))
            {
                stubs.Add(json.Text("file"), stub = new StubText());
            }

            CheckFindingRecord.Add(json, stub);
        }

        return stubs.ToDictionary(stub => stub.Key, stub => stub.Value.Build(stub.Key), StringComparer.Ordinal);
    }
}
