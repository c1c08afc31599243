using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProvableSec.Logs.Proofs;
using ProvableSec.Logs.Rules;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules;
using ProvableSec.Rules.Catalogue;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Explain;

/// <summary><c>explain --coverage</c>: which phases of the kill chain the rules, a log filter and findings have to do with.</summary>
internal sealed class CoverageRun(CommandConsole console)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints the table.</summary>
    /// <param name="ignored">Rules that the user leaves out.</param>
    /// <param name="filter">The rules of a log filter; null for none.</param>
    /// <param name="findings">Files of findings.</param>
    /// <param name="asJson">Whether as JSON.</param>
    public int Run(IReadOnlyList<string> ignored, string? filter, IReadOnlyList<string> findings, bool asJson)
    {
        var found = new List<Rule>();
        int others = 0;
        foreach (string file in findings)
        {
            if (FindingsFile.TryRead(file, console) is not { } read)
            {
                return ExitCodes.BadInput;
            }

            found.AddRange(read.Ours);
            others += read.Others;
        }

        IReadOnlyDictionary<string, string> filtered = new Dictionary<string, string>();
        if (filter is not null)
        {
            if (LogRulesFile.TryRead(filter, console) is not { } rules)
            {
                return ExitCodes.BadInput;
            }

            filtered = Filtered(rules);
        }

        Rule[] kept = [.. RuleCatalogue.All.Where(rule => !ignored.Any(rule.IsCalled))];
        if (asJson)
        {
            WriteJson(kept, filtered, filter is not null, found, others);
        }
        else
        {
            WriteText(kept, filtered, filter is not null, found, findings.Count > 0, others);
        }

        return ExitCodes.Success;
    }

    /// <summary>What logs of AWS WAF show of a phase, where the filter keeps it whatever a record holds.</summary>
    private static Dictionary<string, string> Filtered(LogRules rules) => new(StringComparer.Ordinal)
    {
        ["Reconnaissance"] = WordOf(FilterProver.KeepsCounted(rules).Verdict),
        ["Delivery"] = WordOf(FilterProver.KeepsTerminated(rules).Verdict),
    };

    private static string WordOf(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "kept, proved",
        Verdict.Violated => "can be dropped",
        _ => "unknown",
    };

    private void WriteText(IReadOnlyList<Rule> rules, IReadOnlyDictionary<string, string> filtered, bool hasFilter, List<Rule> found, bool hasFindings,
        int others)
    {
        StyledText text = StyledText.Of(console);
        text.Line($"{"phase of the kill chain",-24}  {"rules",5}  {(hasFilter ? "log filter      " : "")}{(hasFindings ? "findings" : "")}".TrimEnd(),
            StyledText.Strong);
        foreach (string phase in ControlMapping.Phases)
        {
            int count = rules.Count(rule => rule.Controls.KillChain == phase), findings = found.Count(rule => rule.Controls.KillChain == phase);
            string kept = filtered.TryGetValue(phase, out string? word) ? word : "";
            bool isCovered = count > 0 || kept == "kept, proved";
            string line = string.Create(CultureInfo.InvariantCulture,
                $"{phase,-24}  {(count > 0 ? count.ToString(CultureInfo.InvariantCulture) : "–"),5}  "
                    + $"{(hasFilter ? $"{(kept.Length > 0 ? kept : "–"),-16}" : "")}"
                    + $"{(hasFindings ? $"{(findings > 0 ? findings.ToString(CultureInfo.InvariantCulture) : "–"),8}" : "")}");
            text.Line(line.TrimEnd(), isCovered ? Spectre.Console.Style.Plain : StyledText.Quiet);
        }

        text.Line();
        Group("ATT&CK techniques", rules.SelectMany(rule => rule.Controls.Attack));
        Group("NIST CSF 2.0", rules.Select(rule => rule.Controls.NistFunction));
        Group("AWS CAF, security", rules.Select(rule => rule.Controls.Caf));
        text.Line();
        text.Line("A phase with rules has mistakes that these find before they are deployed; it does not");
        text.Line("mean that every mistake is. Where there is none, logs and detection have to see it.");
        if (hasFilter)
        {
            text.Line("Log filter: scans show where COUNT rules match, delivery where requests are stopped.");
        }

        if (others > 0)
        {
            text.Line($"{Quantity.Of(others, "finding is", "findings are")} not of these rules; provablesec report findings counts those of AWS.");
        }

        void Group(string name, IEnumerable<string> values)
        {
            string head = name + ":";
            foreach (string line in Folded(values.GroupBy(value => value).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => $"{group.Key} {group.Count()}")))
            {
                text.Line($"{head,-20}{line}");
                head = "";
            }
        }
    }

    /// <summary>A list in lines that, behind a name, a terminal of 80 columns takes.</summary>
    private static List<string> Folded(IEnumerable<string> items)
    {
        const int Width = 58;
        var lines = new List<string> { "" };
        foreach (string item in items)
        {
            if (lines[^1].Length > 0)
            {
                lines[^1] += ",";
                if (lines[^1].Length + item.Length + 1 > Width)
                {
                    lines.Add("");
                }
            }

            lines[^1] += (lines[^1].Length > 0 ? " " : "") + item;
        }

        return lines;
    }

    private void WriteJson(IReadOnlyList<Rule> rules, IReadOnlyDictionary<string, string> filtered, bool hasFilter, List<Rule> found, int others)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteStartArray("phases");
            foreach (string phase in ControlMapping.Phases)
            {
                json.WriteStartObject();
                json.WriteString("phase", phase);
                json.WriteStartArray("rules");
                foreach (Rule rule in rules.Where(rule => rule.Controls.KillChain == phase))
                {
                    json.WriteStringValue(rule.Id);
                }

                json.WriteEndArray();
                json.WriteString("filter", hasFilter && filtered.TryGetValue(phase, out string? word) ? word : null);
                json.WriteNumber("findings", found.Count(rule => rule.Controls.KillChain == phase));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("otherFindings", others);
            json.WriteEndObject();
        }

        console.Output.Write("\n"u8);
    }
}
