using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules;
using ProvableSec.Rules.Catalogue;
using ProvableSec.Rules.Policies;
using ProvableSec.ServiceData;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Check;

/// <summary>What <c>check</c> was asked to do.</summary>
internal sealed record CheckRequest
{
    /// <summary>Files and folders.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>The type of policies that are files of their own; null to tell it by file name or content.</summary>
    public PolicyType? Type { get; init; }

    /// <summary>The CloudFormation type of the resource of such policies; null for not known.</summary>
    public string? ResourceType { get; init; }

    public ScpDialect ScpDialect { get; init; }

    /// <summary>Rules and Access Analyzer codes whose findings are left out.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>The checks of the project's own.</summary>
    public IReadOnlyList<OwnCheck> OwnChecks { get; init; } = [];

    /// <summary>Who is not an outsider.</summary>
    public TrustZone Zone { get; init; } = TrustZone.None;

    /// <summary>Patterns of resources that are meant to be public.</summary>
    public IReadOnlyList<string> PublicResources { get; init; } = [];

    /// <summary>The file of waivers; null for none.</summary>
    public string? Waivers { get; init; }

    /// <summary>The file of findings that were there before and do not count; null for none.</summary>
    public string? Baseline { get; init; }

    /// <summary>The file that the findings are written to, as a baseline of runs to come; null for none.</summary>
    public string? WrittenBaseline { get; init; }

    /// <summary>What Access Advisor knows of those who have the policies; null for nothing.</summary>
    public LastAccessed? LastAccessed { get; init; }

    /// <summary>The day that ages in a credential report are counted to.</summary>
    public DateTime AsOf { get; init; }

    /// <summary>The day, as yyyy-MM-dd, before which proofs take no request to be made; null for that of the service data.</summary>
    public string? ProofsAsOf { get; init; }

    /// <summary>Whether findings are fixed before the files are checked.</summary>
    public bool Fix { get; init; }

    /// <summary>Whether fixed files are only told of, not written.</summary>
    public bool DryRun { get; init; }

    public Severity FailOn { get; init; } = Severity.Warning;

    public int Jobs { get; init; } = 1;

    /// <summary>Whether files of patterns may lie outside of the repository.</summary>
    public bool AllowOutside { get; init; }

    /// <summary>Whether files that .gitignore leaves out are passed over in folders.</summary>
    public bool IgnoreFiles { get; init; } = true;

    /// <summary>Whether findings of a rule are left out.</summary>
    public bool Ignores(Rule rule) => Ignore.Any(rule.IsCalled);

    /// <summary>What is wrong with the rules that are left out: that one does not exist; null for nothing.</summary>
    public string? UnknownIgnored(IReadOnlyCollection<OwnCheck> own) =>
        Ignore.FirstOrDefault(name => !RuleCatalogue.OfCheck.Any(rule => rule.IsCalled(name)) && !own.Any(check => check.Rule.Id == name)) is { } unknown
            ? $"--ignore {unknown}: check has no such rule, nor has provablesec.json such a check"
            : null;

    /// <summary>What a finding makes of the exit code.</summary>
    public int CodeOf(PolicyFinding finding) => FailOn == Severity.Never ? ExitCodes.Success : finding.IsUnknown ? ExitCodes.Undecided : Severities.Of(finding.Severity) >= FailOn ? ExitCodes.Finding : ExitCodes.Success;

    /// <summary>What is known of the policies from the command line; the type of each replaces this one's.</summary>
    public PolicyContext Context => new(Type ?? PolicyType.Identity, ResourceType) { ScpDialect = ScpDialect, Zone = Zone, PublicResources = PublicResources, OwnChecks = OwnChecks, LastAccessed = LastAccessed, AsOf = ProofsAsOf ?? ServiceCatalogue.Default.Date };
}
