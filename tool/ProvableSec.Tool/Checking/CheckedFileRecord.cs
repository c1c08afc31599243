using System.Text.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules;
using ProvableSec.Rules.Catalogue;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies.Waivers;
using ProvableSec.Tool.Records;

namespace ProvableSec.Tool.Checking;

/// <summary>A file that was checked, written down so that it is read again beside its text. Its policies are none that can be checked or fixed again.</summary>
internal static class CheckedFileRecord
{
    /// <summary>Writes the members of one that could be read.</summary>
    public static void Write(Utf8JsonWriter json, CheckedFile file)
    {
        json.WriteBoolean("document", file.IsDocument);
        json.WriteBoolean("report", file.IsCredentialReport);
        json.WriteBoolean("manifest", file.IsManifest);
        json.WriteBoolean("summary", file.IsAccountSummary);
        json.WriteString("nameNote", file.NameNote);
        JsonRecord.WriteAll(json, "policies", file.Policies, policy =>
        {
            json.WriteString("type", policy.Context.Type.ToString());
            json.WriteString("typeFrom", policy.TypeFrom.ToString());
            json.WriteString("pointer", policy.Pointer);
            json.WriteString("owner", policy.Owner);
            json.WriteNumber("unknownValues", policy.UnknownValues);
            json.WriteString("ownerType", policy.UnknownOwnerType);
        });
        JsonRecord.WriteAll(json, "findings", file.Findings, located =>
        {
            FindingRecord.Write(json, located);
            Write(json, located.Finding.Span);
            JsonRecord.WriteAll(json, "related", located.Finding.Related, related => Write(json, related));
        });
        Write(json, "unjudged", file.Notes.Unjudged);
        Write(json, "partlyJudged", file.Notes.PartlyJudged);
        JsonRecord.Write(json, "macros", file.Notes.Macros);
        JsonRecord.WriteAll(json, "problems", file.PartProblems, problem => JsonRecord.Write(json, problem));
        JsonRecord.WriteAll(json, "waivers", file.Waivers, inline =>
        {
            json.WriteString("rule", inline.Waiver.Rule);
            json.WriteString("file", inline.Waiver.File);
            json.WriteString("pointer", inline.Waiver.Pointer);
            json.WriteString("reason", inline.Waiver.Reason);
            json.WriteString("until", inline.Waiver.Until);
            json.WriteString("statement", inline.Waiver.Statement);
            json.WriteNumber("line", inline.Line);
        });
    }

    /// <summary>Reads what was written.</summary>
    /// <param name="json">The members.</param>
    /// <param name="source">The text of the file.</param>
    /// <param name="settings">How it is checked.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static CheckedFile Read(JsonElement json, DocumentText source, CheckSettings settings)
    {
        FoundPolicy[] policies =
        [
            .. json.List("policies").Select(policy => new FoundPolicy(
                new MappedTextBuilder().Build(), settings.Context with { Type = Enum.Parse<PolicyType>(policy.Text("type")) },
                    Enum.Parse<PolicyTypeOrigin>(policy.Text("typeFrom")),
                policy.Text("pointer"), policy.Text("owner"))
            {
                UnknownValues = policy.Number("unknownValues"),
                UnknownOwnerType = policy.Text("ownerType"),
            }),
        ];
        CheckFinding[] findings =
        [
            .. json.List("findings").Select(finding =>
                FindingRecord.Read(finding, source, Span(finding), [.. finding.List("related").Select(Span)], id => RuleOf(id, settings))),
        ];
        var notes = new DocumentNotes();
        foreach (JsonElement policy in json.List("unjudged"))
        {
            notes.AddUnjudged(policy.Text("pointer"), policy.Text("owner"));
        }

        foreach (JsonElement policy in json.List("partlyJudged"))
        {
            notes.AddPartlyJudged(policy.Text("pointer"), policy.Text("owner"));
        }

        foreach (string macro in json.Texts("macros"))
        {
            notes.AddMacro(macro);
        }

        return new CheckedFile(source, policies, findings)
        {
            IsDocument = json.GetProperty("document").GetBoolean(),
            IsCredentialReport = json.GetProperty("report").GetBoolean(),
            IsManifest = json.GetProperty("manifest").GetBoolean(),
            IsAccountSummary = json.GetProperty("summary").GetBoolean(),
            NameNote = json.TextOrNull("nameNote"),
            Notes = notes,
            PartProblems = [.. json.List("problems").Select(problem => problem.Problem())],
            Waivers =
            [
                .. json.List("waivers").Select(waiver => new InlineWaiver(
                    new Waiver(waiver.Text("rule"), waiver.Text("file"), waiver.Text("pointer"), waiver.Text("reason"),
                        waiver.GetProperty("until").GetDateTime())
                    {
                        Statement = waiver.Text("statement"),
                    },
                    waiver.Number("line"))),
            ],
        };
    }

    private static Rule? RuleOf(string id, CheckSettings settings) => RuleCatalogue.FindOfCheck(id)
        ?? settings.OwnChecks.Select(check => check.Rule).FirstOrDefault(rule => rule.Id == id);

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<UnjudgedPolicy> policies) => JsonRecord.WriteAll(json, name, policies, policy =>
    {
        json.WriteString("pointer", policy.Pointer);
        json.WriteString("owner", policy.Owner);
    });

    private static void Write(Utf8JsonWriter json, TextRange span)
    {
        json.WriteNumber("start", span.Start);
        json.WriteNumber("length", span.Length);
    }

    private static TextRange Span(JsonElement json) => new(json.Number("start"), json.Number("length"));
}
