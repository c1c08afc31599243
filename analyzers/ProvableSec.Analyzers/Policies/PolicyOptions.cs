using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Baselines;
using ProvableSec.Rules.Policies.Waivers;

namespace ProvableSec.Analyzers.Policies;

/// <summary>What the users of a compilation say about its policies: keys of <c>.editorconfig</c> and <c>.globalconfig</c>, and the additional files of waivers
/// and of known findings.</summary>
internal sealed class PolicyOptions
{
    /// <summary>The additional file whose findings are not reported; its form is that of the command's <c>--waivers</c>.</summary>
    public const string WaiversFileName = "provablesec-waivers.json";

    /// <summary>The additional file of findings that were there before; <c>check --write-baseline</c> writes it.</summary>
    public const string BaselineFileName = "provablesec-baseline.json";

    private const string Accounts = "provablesec.trusted_accounts", Organizations = "provablesec.trusted_organizations",
        PublicResources = "provablesec.public_resources";

    /// <summary>All keys of ours that there are.</summary>
    public static IReadOnlyList<string> Keys { get; } = [Accounts, Organizations, PublicResources];

    // As the build hands metadata of items to the compiler.
    private const string AtMost = "build_metadata.AdditionalFiles.ProvableSecAtMost";

    private readonly AnalyzerConfigOptionsProvider provider;
    private readonly IReadOnlyList<Waiver> waivers = [];
    private readonly Baseline baseline = Baseline.Empty;
    private readonly string baselineFolder = "";

    public PolicyOptions(AnalyzerOptions options, CancellationToken cancellation)
    {
        provider = options.AnalyzerConfigOptionsProvider;
        if (options.AdditionalFiles.FirstOrDefault(IsWaivers)?.GetText(cancellation) is { } text)
        {
            (IReadOnlyList<Waiver> read, IReadOnlyList<PolicyProblem> problems) = WaiverReader.Read(new DocumentText(text.ToString()));
            // With half a list of waivers the findings would be wrong ones; the file's problems are reported where it is looked at.
            waivers = problems.Count == 0 ? read : [];
        }

        if (options.AdditionalFiles.FirstOrDefault(IsBaseline) is { } file && file.GetText(cancellation) is { } known)
        {
            baseline = BaselineReader.Read(new DocumentText(known.ToString())).Baseline;
            baselineFolder = file.Path.Substring(0, file.Path.Length - BaselineFileName.Length);
        }
    }

    public static bool IsWaivers(AdditionalText file) => Path.GetFileName(file.Path) == WaiversFileName;

    public static bool IsBaseline(AdditionalText file) => Path.GetFileName(file.Path) == BaselineFileName;

    /// <summary>What is wrong with a file of waivers.</summary>
    public static IReadOnlyList<PolicyProblem> ProblemsOfWaivers(string text) => WaiverReader.Read(new DocumentText(text)).Problems;

    /// <summary>What is wrong with a baseline.</summary>
    public static IReadOnlyList<PolicyProblem> ProblemsOfBaseline(string text) => BaselineReader.Read(new DocumentText(text)).Problems;

    /// <summary>What is known of policies in a file of code.</summary>
    public PolicyContext Of(SyntaxTree tree) => Of(provider.GetOptions(tree));

    /// <summary>What is known of policies in a file beside the code.</summary>
    public PolicyContext Of(AdditionalText file) => Of(provider.GetOptions(file));

    /// <summary>
    /// The findings that the users neither live with nor have in the baseline. The last day of a waiver is not looked at: a build gives the same answer on any
    /// day, the
    /// command says when a waiver is over.
    /// </summary>
    /// <param name="findings">Those of a file, or of a policy in code.</param>
    /// <param name="file">The path of the file.</param>
    public IEnumerable<PolicyFinding> Reported(IReadOnlyList<PolicyFinding> findings, string file)
    {
        if (findings.Count == 0 || (waivers.Count == 0 && baseline.Entries.Count == 0))
        {
            return findings;
        }

        var ofFile = new FileWaivers(waivers, file, findings);
        PolicyFinding[] counted = [.. findings.Where(finding => ofFile.Of(finding) is null)];
        IReadOnlyList<bool> areNew = baseline.AreNew(Baseline.NameOf(baselineFolder, file), counted);
        return counted.Where((_, i) => areNew[i]);
    }

    /// <summary>What is reported of a finding in a file beside the code: in one that the package's targets found unasked, a warning at most.</summary>
    public PolicyFinding Limited(PolicyFinding finding, AdditionalText file) =>
        finding.Severity == RuleSeverity.Error && provider.GetOptions(file).TryGetValue(AtMost, out string? most) && most == "warning"
            ? finding with { Severity = RuleSeverity.Warning } : finding;

    private static PolicyContext Of(AnalyzerConfigOptions options) => new(PolicyType.Identity)
    {
        Zone = new TrustZone { Accounts = List(options, Accounts), Organizations = List(options, Organizations) },
        PublicResources = List(options, PublicResources),
    };

    private static ImmutableArray<string> List(AnalyzerConfigOptions options, string key) => options.TryGetValue(key, out string? value)
        ? value.Split([','], StringSplitOptions.RemoveEmptyEntries).Select(item => item.Trim()).Where(item => item.Length > 0).ToImmutableArray()
        : ImmutableArray<string>.Empty;
}
