using System.Text.Json;
using ProvableSec.Logs.Proofs;
using ProvableSec.Logs.Rules;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Prove;

/// <summary><c>prove --filter</c>: what the rules of a log filter can drop.</summary>
internal sealed class ProveFilter(CommandConsole console, VerdictPolicy policy, long budget, bool asJson)
{
    /// <summary>What stands for the rules that <c>trim</c> uses when it is given none.</summary>
    public const string Default = "default";

    /// <summary>Asks every question about a filter.</summary>
    /// <param name="file">Its rules.</param>
    /// <param name="baseline">Rules that are to keep the same records; null for none.</param>
    /// <returns>The exit code.</returns>
    public int Run(string file, string? baseline)
    {
        LogRules? rules = Read(file), other = baseline is null ? null : Read(baseline);
        if (rules is null || (other is null && baseline is not null))
        {
            return ExitCodes.BadInput;
        }

        FilterProof[] proofs = [.. FilterProver.All(rules, budget), .. other is null ? (ReadOnlySpan<FilterProof>)[]
            : [FilterProver.SameRecords(rules, other, budget)]];
        int code = ExitCodes.Success;
        StyledText text = StyledText.Of(console);
        foreach (FilterProof proof in proofs)
        {
            Outcome outcome = Outcomes.Of(proof.Verdict, null);
            code = ExitCodes.Combine(code, policy.ExitCodeOf(outcome, proof.Property == FilterProperty.RuleIsMet ? Severity.Warning : Severity.Error));
            if (asJson)
            {
                WriteJson(proof);
            }
            else
            {
                WriteText(proof, outcome, text);
            }
        }

        return code;
    }

    private LogRules? Read(string file) => file == Default ? LogRules.Default : LogRulesFile.TryRead(file, console);

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

    private static void WriteText(FilterProof proof, Outcome outcome, StyledText text)
    {
        (string mark, Spectre.Console.Style style) = outcome switch
        {
            Outcome.AsWanted => ("✓", StyledText.Good),
            Outcome.Undecided => ("?", StyledText.Doubtful),
            _ => ("✗", StyledText.Bad),
        };
        text.Write(mark, style).Write(" ").Write(NameOf(proof.Property).PadRight(16), StyledText.Strong).Write("  " + ClaimOf(proof).PadRight(54) + "  ")
            .Line(VerdictWords.Of(proof.Verdict), style);
        if (outcome != Outcome.AsWanted)
        {
            text.Line("    " + proof.Reason);
            if (proof.Witness is { } witness)
            {
                text.Line("    " + witness, StyledText.Quiet);
            }
        }
    }

    private void WriteJson(FilterProof proof)
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
