using Microsoft.Build.Framework;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Baselines;
using ProvableSec.Rules.Policies.Waivers;
using ProvableSec.Rules.Yaml;
using KnownFindings = ProvableSec.Rules.Policies.Baselines.Baseline;

namespace ProvableSec.Build;

/// <summary>
/// Checks the policies in YAML files of a project, with the ids and places that the command gives. Severities are those of the analysis mode; <c>NoWarn</c>,
/// <c>WarningsAsErrors</c> and the like count as for any warning of a build.
/// </summary>
public sealed class CheckYamlPolicies : Microsoft.Build.Utilities.Task
{
    /// <summary>The files.</summary>
    [Required]
    public ITaskItem[] Files { get; set; } = [];

    /// <summary><c>recommended</c> or <c>strict</c>.</summary>
    public string Mode { get; set; } = "recommended";

    /// <summary>The file of waivers, if there is one; the analyzers say what is wrong with it.</summary>
    public string? Waivers { get; set; }

    /// <summary>The file of findings that were there before, if there is one; the analyzers say what is wrong with it.</summary>
    public string? Baseline { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        IReadOnlyList<Waiver> waivers = ReadWaivers();
        KnownFindings baseline = ReadBaseline();
        foreach (ITaskItem item in Files)
        {
            string path = item.GetMetadata("FullPath");
            if (Read(path) is { } text && text.IndexOf("Statement", StringComparison.Ordinal) >= 0)
            {
                Check(new DocumentText(text, item.ItemSpec), path, waivers, baseline, isUnasked: item.GetMetadata("ProvableSecAtMost") == "warning");
            }
        }

        return !Log.HasLoggedErrors;
    }

    private void Check(DocumentText source, string path, IReadOnlyList<Waiver> waivers, KnownFindings baseline, bool isUnasked)
    {
        if (YamlText.ToJson(source, out PolicyProblem? broken) is not { } yaml)
        {
            if (broken!.Code is ProblemCode.NestedTooDeep or ProblemCode.TooLarge)
            {
                Log.LogWarning(null, "PSEC3407", null, source.Name, broken.Position.Line, broken.Position.Column, 0, 0, "{0}",
                    "no policy of this file is checked: " + broken.Message);
                return;
            }

            // Much that is called YAML is a template of something else.
            Log.LogMessage(MessageImportance.Low, "{0}({1},{2}): {3}", source.Name, broken.Position.Line, broken.Position.Column, broken.Message);
            return;
        }

        JsonTree json = JsonTreeReader.Read(new DocumentText(yaml.Text, source.Name));
        if (PolicyDocuments.KindOf(json.Root) == DocumentKind.Other)
        {
            return;
        }

        (IReadOnlyList<InlineWaiver> inline, IReadOnlyList<PolicyProblem> problems) = InlineWaiverReader.Read(source, json.Root, yaml);
        foreach (PolicyProblem problem in problems)
        {
            Log.LogError(null, SettingsRules.Unreadable.Id, null, source.Name, problem.Position.Line, problem.Position.Column, 0, 0, "{0}",
                "no waiver of this file counts: " + problem.Message);
        }

        PolicyFinding[] findings = [.. PolicyDocuments.In(json, null, new PolicyContext(PolicyType.Identity)).SelectMany(policy => policy.Check())];
        var listed = new FileWaivers(waivers, source.Name, findings);
        PolicyFinding[] counted = [.. findings.Where(finding => listed.Of(finding) is null
            && (problems.Count > 0 || !inline.Any(waiver => waiver.Covers(finding, StartOf(finding).Line))))];
        IReadOnlyList<bool> areNew = baseline.AreNew(KnownFindings.NameOf(Path.GetDirectoryName(Baseline ?? "") ?? "", path), counted);
        for (int i = 0; i < counted.Length; i++)
        {
            if (areNew[i])
            {
                Report(isUnasked && counted[i].Severity == RuleSeverity.Error ? counted[i] with { Severity = RuleSeverity.Warning } : counted[i], source.Name,
                    StartOf(counted[i]));
            }
        }

        LinePosition StartOf(PolicyFinding finding) => source.PositionOf(yaml.SourceOf(finding.Span).Start);
    }

    /// <summary>Without the end of the place, as the compiler writes places.</summary>
    private void Report(PolicyFinding finding, string file, LinePosition start)
    {
        bool isStrict = string.Equals(Mode, "strict", StringComparison.OrdinalIgnoreCase);
        switch (finding.Severity)
        {
            case RuleSeverity.Error:
            case RuleSeverity.Warning when isStrict:
                Log.LogError(null, finding.Rule.Id, null, file, start.Line, start.Column, 0, 0, "{0}", finding.Message);
                break;
            case RuleSeverity.Warning:
            case RuleSeverity.Info when isStrict:
                Log.LogWarning(null, finding.Rule.Id, null, file, start.Line, start.Column, 0, 0, "{0}", finding.Message);
                break;
            default:
                Log.LogMessage(null, finding.Rule.Id, null, file, start.Line, start.Column, 0, 0, MessageImportance.Normal, "{0}", finding.Message);
                break;
        }
    }

    private IReadOnlyList<Waiver> ReadWaivers() =>
        string.IsNullOrEmpty(Waivers) || Read(Waivers!) is not { } text ? []
            : WaiverReader.Read(new DocumentText(text)) is { Problems.Count: 0, Waivers: var waivers } ? waivers : [];

    private KnownFindings ReadBaseline() => string.IsNullOrEmpty(Baseline) || Read(Baseline!) is not { } text ? KnownFindings.Empty
        : BaselineReader.Read(new DocumentText(text)).Baseline;

    private string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.LogWarning(null, null, null, path, 0, 0, 0, 0, "{0}", "cannot be read: " + e.Message);
            return null;
        }
    }
}
