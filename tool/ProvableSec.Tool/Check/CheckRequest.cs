using ProvableSec.Rules;
using ProvableSec.Rules.Catalogue;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Caching;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Sharding;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Check;

/// <summary>What <c>check</c> was asked to do.</summary>
internal sealed record CheckRequest : CheckSettings
{
    /// <summary>Files and folders.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Rules and Access Analyzer codes whose findings are left out.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>The file of waivers; null for none.</summary>
    public string? Waivers { get; init; }

    /// <summary>The file of findings that were there before and do not count; null for none.</summary>
    public string? Baseline { get; init; }

    /// <summary>The file that the findings are written to, as a baseline of runs to come; null for none.</summary>
    public string? WrittenBaseline { get; init; }

    /// <summary>Whether findings are fixed before the files are checked.</summary>
    public bool Fix { get; init; }

    /// <summary>Whether fixed files are only told of, not written.</summary>
    public bool DryRun { get; init; }

    public Severity FailOn { get; init; } = Severity.Warning;

    /// <summary>The revision since which a file must have changed; null for any.</summary>
    public string? ChangedSince { get; init; }

    /// <summary>The part of the work to do; null for all.</summary>
    public Shard? Shard { get; init; }

    /// <summary>What was found before; null for nothing.</summary>
    public VerdictCache? Cache { get; init; }

    /// <summary>What the command line says that may make another result.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>For ASFF, the account and Region that findings are imported to.</summary>
    public (string? Account, string? Region) Import { get; init; }

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
    public int CodeOf(PolicyFinding finding) => FailOn == Severity.Never ? ExitCodes.Success : finding.IsUnknown ? ExitCodes.Undecided
        : Severities.Of(finding.Severity) >= FailOn ? ExitCodes.Finding : ExitCodes.Success;
}
