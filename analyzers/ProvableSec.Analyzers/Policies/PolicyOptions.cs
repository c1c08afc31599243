using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Waivers;
using SourceText = ProvableSec.Policy.Text.SourceText;

namespace ProvableSec.Analyzers.Policies;

/// <summary>What the users of a compilation say about its policies: keys of <c>.editorconfig</c> and <c>.globalconfig</c>, and the additional file of waivers.</summary>
internal sealed class PolicyOptions
{
    /// <summary>The additional file whose findings are not reported; its form is that of the command's <c>--waivers</c>.</summary>
    public const string WaiversFileName = "provablesec-waivers.json";

    private const string Accounts = "provablesec.trusted_accounts", Organizations = "provablesec.trusted_organizations", PublicResources = "provablesec.public_resources";

    private readonly AnalyzerConfigOptionsProvider provider;
    private readonly IReadOnlyList<Waiver> waivers = [];

    public PolicyOptions(AnalyzerOptions options, CancellationToken cancellation)
    {
        provider = options.AnalyzerConfigOptionsProvider;
        if (options.AdditionalFiles.FirstOrDefault(IsWaivers)?.GetText(cancellation) is { } text)
        {
            (IReadOnlyList<Waiver> read, IReadOnlyList<PolicyProblem> problems) = WaiverReader.Read(new SourceText(text.ToString()));
            // With half a list of waivers the findings would be wrong ones; the file's problems are reported where it is looked at.
            waivers = problems.Count == 0 ? read : [];
        }
    }

    public static bool IsWaivers(AdditionalText file) => Path.GetFileName(file.Path) == WaiversFileName;

    /// <summary>What is wrong with a file of waivers.</summary>
    public static IReadOnlyList<PolicyProblem> ProblemsOf(string text) => WaiverReader.Read(new SourceText(text)).Problems;

    /// <summary>What is known of policies in a file of code.</summary>
    public PolicyContext Of(SyntaxTree tree) => Of(provider.GetOptions(tree));

    /// <summary>What is known of policies in a file beside the code.</summary>
    public PolicyContext Of(AdditionalText file) => Of(provider.GetOptions(file));

    /// <summary>Whether the users live with a finding. Its last day is not looked at: a build gives the same answer on any day, the command says when a waiver is over.</summary>
    public bool IsWaived(PolicyFinding finding, string file) => waivers.Any(waiver => waiver.Covers(finding, file));

    private static PolicyContext Of(AnalyzerConfigOptions options) => new(PolicyType.Identity)
    {
        Zone = new TrustZone { Accounts = List(options, Accounts), Organizations = List(options, Organizations) },
        PublicResources = List(options, PublicResources),
    };

    private static ImmutableArray<string> List(AnalyzerConfigOptions options, string key) => options.TryGetValue(key, out string? value)
        ? value.Split([','], StringSplitOptions.RemoveEmptyEntries).Select(item => item.Trim()).Where(item => item.Length > 0).ToImmutableArray()
        : ImmutableArray<string>.Empty;
}
