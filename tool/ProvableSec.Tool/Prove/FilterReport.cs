using System.Text.Json;
using ProvableSec.Logs.Proofs;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Prove;

/// <summary>What is proved of a log filter, a proof a line: for a person, or as JSON.</summary>
/// <param name="asJson">Whether it is JSON.</param>
internal sealed class FilterReport(bool asJson) : IReport<IReadOnlyList<FilterProof>>
{
    public void Write(IReadOnlyList<FilterProof> result, CommandConsole console)
    {
        StyledText text = StyledText.Of(console);
        foreach (FilterProof proof in result)
        {
            if (asJson)
            {
                WriteJson(proof, console);
            }
            else
            {
                WriteText(proof, text);
            }
        }
    }

    private static string NameOf(FilterProperty property) => property switch
    {
        FilterProperty.KeepsTerminated => "keeps-terminated",
        FilterProperty.KeepsCounted => "keeps-counted",
        FilterProperty.SameRecords => "same-records",
        FilterProperty.RuleIsMet => "rule-is-met",
        _ => "leaves-no-copy",
    };

    private static string ClaimOf(FilterProof proof) => proof.Property switch
    {
        FilterProperty.KeepsTerminated => "No record of a BLOCK, CAPTCHA or CHALLENGE is dropped",
        FilterProperty.KeepsCounted => "No record in which a COUNT rule matched is dropped",
        FilterProperty.SameRecords => "Both filters keep the same records",
        FilterProperty.RuleIsMet => $"Some record meets \"{proof.Rule}\" first",
        _ => "No redacted value is left in what rules matched",
    };

    private static void WriteText(FilterProof proof, StyledText text)
    {
        Outcome outcome = Outcomes.Of(proof.Verdict, null);
        (string mark, TextTone tone) = OutcomeMark.Of(outcome);
        text.Write(mark, tone).Write(" ").Write(NameOf(proof.Property).PadRight(16), TextTone.Strong).Write("  " + ClaimOf(proof).PadRight(54) + "  ")
            .Line(VerdictWords.Of(proof.Verdict), tone);
        if (outcome != Outcome.AsWanted)
        {
            text.Line("    " + proof.Reason);
            if (proof.Witness is { } witness)
            {
                text.Line("    " + witness, TextTone.Quiet);
            }
        }
    }

    private static void WriteJson(FilterProof proof, CommandConsole console)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("question", NameOf(proof.Property));
            json.WriteString("rule", proof.Rule);
            json.WriteString("verdict", VerdictWords.Of(proof.Verdict));
            json.WritePropertyName("witness");
            json.WriteRawValue(proof.Witness ?? "null");
            json.WriteString("reason", proof.Reason);
            json.WriteNumber("steps", proof.Steps);
            json.WriteEndObject();
        }

        console.OutputText.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }
}
