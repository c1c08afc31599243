using System.Text.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Records;

namespace ProvableSec.Tool.Checking;

/// <summary>A finding, written down so that it is read again as it was; where it is in its file is up to the reader, who may not have the text.</summary>
internal static class FindingRecord
{
    /// <summary>Writes the members of one, but for its place.</summary>
    public static void Write(Utf8JsonWriter json, CheckFinding located)
    {
        PolicyFinding finding = located.Finding;
        json.WriteString("rule", finding.Rule.Id);
        json.WriteString("severity", finding.Severity.ToString());
        json.WriteString("message", finding.Message);
        json.WriteString("pointer", finding.Pointer);
        json.WriteBoolean("unknown", finding.IsUnknown);
        json.WriteString("document", finding.Document);
        json.WriteString("of", finding.Policy);
        json.WriteString("within", finding.Within);
        json.WriteString("scanned", finding.Scanned);
        if (finding.Statement is { } statement)
        {
            json.WriteStartObject("statement");
            json.WriteString("sid", statement.Sid);
            json.WriteString("meaning", statement.Meaning);
            json.WriteBoolean("shared", statement.IsSidShared);
            json.WriteEndObject();
        }

        json.WriteString("owner", located.Policy.Owner);
        json.WriteString("policy", located.Policy.Pointer);
        WitnessRecord.Write(json, "witness", finding.Witness);
        json.WriteBoolean("showsText", located.ShowsText);
    }

    /// <summary>Reads what was written.</summary>
    /// <param name="json">The members.</param>
    /// <param name="source">The file, or what is known of its text.</param>
    /// <param name="span">Where it is in that.</param>
    /// <param name="related">What else it is about.</param>
    /// <param name="ruleOf">The rule of an id; null for none.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static CheckFinding Read(JsonElement json, DocumentText source, TextRange span, IReadOnlyList<TextRange> related, Func<string, Rule?> ruleOf)
    {
        var finding = new PolicyFinding(ruleOf(json.Text("rule")) ?? throw new FormatException("not a rule"), json.Text("message"), span, json.Text("pointer"))
        {
            Severity = Enum.Parse<RuleSeverity>(json.Text("severity")),
            IsUnknown = json.GetProperty("unknown").GetBoolean(),
            Document = json.Text("document"),
            Policy = json.Text("of"),
            Within = json.TextOrNull("within"),
            Scanned = json.TextOrNull("scanned"),
            Statement = json.TryGetProperty("statement", out JsonElement statement)
                ? new StatementAnchor(statement.TextOrNull("sid"), statement.Text("meaning"), statement.GetProperty("shared").GetBoolean()) : null,
            Related = related,
            Witness = WitnessRecord.Read(json.GetProperty("witness")),
        };
        var policy = new FoundPolicy(new MappedTextBuilder().Build(), new PolicyContext(PolicyType.Identity), PolicyTypeOrigin.Holder, json.Text("policy"),
            json.Text("owner"));
        return new CheckFinding(finding, policy, source) { ShowsText = json.GetProperty("showsText").GetBoolean() };
    }
}
