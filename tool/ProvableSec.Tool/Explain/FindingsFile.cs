using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules;
using ProvableSec.Rules.Catalogue;
using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Explain;

/// <summary>Which rules the findings of a file are of: what <c>check</c> and <c>scan</c> write with <c>--format json</c> or <c>sarif</c>.</summary>
internal static class FindingsFile
{
    /// <summary>Reads a file; null, and told why, where it is none.</summary>
    public static (IReadOnlyList<Rule> Ours, int Others)? TryRead(string file, CommandConsole console)
    {
        if (InputFile.TryRead(file, file, out PolicyProblem? problem) is not { } source)
        {
            console.Error.WriteLine("provablesec: " + Printable.Clean(ProblemText.Of(problem!)));
            return null;
        }

        JsonTree json = JsonTreeReader.Read(source);
        problem = json.Problems.FirstOrDefault(known => known.IsError);
        if (problem is null && json.Root.Kind != JsonKind.Array && !json.Root.TryGetProperty("runs", out _))
        {
            problem = json.Root.Problem(ProblemCode.WrongType, "expected findings as provablesec check or scan writes them with --format json or sarif");
        }

        if (problem is not null)
        {
            console.Error.WriteLine("provablesec: " + Printable.Clean(ProblemText.Of(problem)));
            return null;
        }

        var ours = new List<Rule>();
        int others = 0;
        foreach (JsonItem finding in Findings(json.Root))
        {
            string id = finding.TryGetProperty("rule", out JsonItem named) || finding.TryGetProperty("ruleId", out named) ? named.Text : "";
            if (RuleCatalogue.All.FirstOrDefault(rule => rule.Id == id) is { } rule)
            {
                ours.Add(rule);
            }
            else
            {
                others++;
            }
        }

        return (ours, others);
    }

    private static IEnumerable<JsonItem> Findings(JsonItem root)
    {
        var findings = new List<JsonItem>();
        foreach (JsonItem item in root.Elements())
        {
            findings.Add(item);
        }

        if (root.TryGetProperty("runs", out JsonItem runs))
        {
            foreach (JsonItem run in runs.Elements())
            {
                if (run.TryGetProperty("results", out JsonItem results))
                {
                    foreach (JsonItem result in results.Elements())
                    {
                        findings.Add(result);
                    }
                }
            }
        }

        return findings;
    }
}
