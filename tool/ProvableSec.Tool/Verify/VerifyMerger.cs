using System.Collections.Immutable;
using System.Text.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules;
using ProvableSec.Rules.Catalogue;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Outputs;
using ProvableSec.Tool.Records;
using ProvableSec.Tool.Sharding;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>The results of all parts of a run of <c>verify</c> as one.</summary>
internal sealed class VerifyMerger : IResultMerger
{
    private readonly Dictionary<(ProblemCode Code, string File, LinePosition Position, string Message), PolicyProblem> problems = [];

    public string Command => "verify";

    public IReadOnlyList<string> Formats => VerifyFormats.Names;

    public int Merge(IReadOnlyList<JsonElement> parts, RequestedOutputs requested, CommandConsole console)
    {
        problems.Clear();
        JsonElement first = parts[0].GetProperty("record");
        (int Place, VerdictReport Report, ImmutableArray<PolicyProblem> Warnings)[] reports =
        [
            .. parts.SelectMany(part => part.List("properties")).Select(property =>
                (property.GetProperty("record").Number("place"), VerdictRecord.Read(property, Same),
                Problems(property.GetProperty("record"), "warnings"))).OrderBy(report => report.Item1),
        ];
        JsonElement[] records = [.. parts.Select(part => part.GetProperty("record"))];
        var configuration = new Configuration(
            first.Text("configuration"),
            [.. first.List("documents").Select(document => new ConfiguredDocument(document.Text("file"), null, Problems(document, "findings"))
            {
                IsChecked = document.GetProperty("checked").GetBoolean(),
            })],
            [.. reports.Select(report => new ConfiguredProperty(report.Report.Id, report.Report.Says, report.Report.Severity, report.Report.Expected
                ?? Verdict.Holds,
                report.Report.File, report.Report.Position, [], [], report.Warnings))],
            [.. Problems(first, "problems"), .. records.SelectMany(record => Problems(record, "checkedProblems"))],
            Problems(first, "warnings"));
        var result = new VerifyResult(configuration, [.. reports.Select(report => report.Report)],
            TimeSpan.FromMilliseconds(parts.Sum(part => part.GetProperty("millis").GetInt64())))
        {
            Pairs = parts.Sum(part => part.Number("pairs")),
            Questions = parts.Sum(part => part.Number("questions")),
            Unchanged = parts[0].TextOrNull("changedSince") is { } since ? (since, parts[0].Number("unchangedProperties")) : null,
            Checked = new CheckedDocuments(
                [.. records.SelectMany(record => record.List("checkedFindings"))
                    .Select(finding => (Same(finding.Problem()), Enum.Parse<Severity>(finding.Text("severity")),
                    RuleOf(finding))).OrderBy(finding => finding.Item1.File, StringComparer.Ordinal)],
                []),
            WaiverProblems = [.. records.SelectMany(record => Problems(record, "waiverProblems")).OrderBy(problem => problem.File, StringComparer.Ordinal)
                .ThenBy(problem => problem.Position)],
        };
        foreach (PolicyProblem problem in configuration.Problems)
        {
            console.Error.WriteLine(ProblemText.Of(problem));
        }

        return requested.With(VerifyFormats.Report).Write(result, console);
    }

    /// <summary>A rule of the catalogue, or one of the project's own, of which the part says all.</summary>
    private static Rule RuleOf(JsonElement finding) => RuleCatalogue.FindOfCheck(finding.Text("rule"))
        ?? new Rule(finding.Text("rule"), finding.Text("title"), Enum.Parse<RuleSeverity>(finding.Text("ruleSeverity")), finding.Text("why"),
            finding.Text("remedy"), finding.Number("cwe"));

    private ImmutableArray<PolicyProblem> Problems(JsonElement json, string name) => [.. json.List(name).Select(problem => Same(problem.Problem()))];

    /// <summary>What is said in several places is one problem, and is told once.</summary>
    private PolicyProblem Same(PolicyProblem problem)
    {
        if (!problems.TryGetValue((problem.Code, problem.File, problem.Position, problem.Message), out PolicyProblem? known))
        {
            problems.Add((problem.Code, problem.File, problem.Position, problem.Message), known = problem);
        }

        return known;
    }
}
