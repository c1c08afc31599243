using System.Text.Json;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Diff;

/// <summary>SARIF 2.1.0 (OASIS): a result for each line of access that is added and not approved, and for each policy of which something is unknown.</summary>
internal sealed class SarifDiffReport : IReport<DiffResult>
{
    private const string NewAccess = "new-access", BlockedLine = "blocked-access", UnknownAccess = "unknown-access";

    private static readonly SarifRule[] Rules =
    [
        new(NewAccess, "A change adds access", Severity.Error,
            "Somebody can do what nobody could do before the change. Narrow the policy, or have the access approved (provablesec diff --allow)."),
        new(BlockedLine, "A change adds access that is still blocked", Severity.Info,
            "A policy allows more, and control policies or a boundary still stop it. Without them it would be new access."),
        new(UnknownAccess, "It is unknown whether a change adds access", Severity.Warning, "The reason says what is not known."),
    ];

    public void Write(DiffResult result, CommandConsole console)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, SarifWriter.Options))
        {
            var sarif = new SarifWriter(json, Rules, path => path, text => text);
            sarif.Begin();
            json.WriteStartArray("results");
            foreach (PolicyChange change in result.Real)
            {
                foreach (ChangedAccess line in change.Added.Where(line => line.Approval is null))
                {
                    json.WriteStartObject();
                    sarif.Rule(line.IsNew ? NewAccess : BlockedLine);
                    json.WriteString("level", SarifWriter.Level(line.IsNew ? Severity.Error : Severity.Info));
                    string says = change.Shown(DifferenceWords.InOneLine(line.Line));
                    sarif.Message("message",
                        $"{change.Name}: {says}{(line.Line.Witness is { } witness ? $"; such as {change.Shown(WitnessText.InOneLine(witness))}" : "")}"
                            + (line.Blocked is null ? "" : $"; {DiffWords.BlockedOf(line)}"));
                    sarif.Locations(DiffPlace.Of(change));
                    json.WriteStartObject("partialFingerprints");
                    json.WriteString("access/v1", $"{change.Name}: {says}");
                    json.WriteEndObject();
                    json.WriteStartObject("properties");
                    json.WritePropertyName("witness");
                    AnswerJson.WriteWitness(json, line.Line.Witness);
                    json.WriteEndObject();
                    json.WriteEndObject();
                }

                if (change.Unknown is { } reason)
                {
                    // "The tool concluded that there was insufficient information to decide": 3.27.9, which wants the level none.
                    json.WriteStartObject();
                    sarif.Rule(UnknownAccess);
                    json.WriteString("kind", "open");
                    json.WriteString("level", "none");
                    sarif.Message("message", $"{change.Name}: {change.Shown(reason)}");
                    sarif.Locations(DiffPlace.Of(change));
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
            sarif.End();
        }

        console.Output.Write("\n"u8);
    }
}
