using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Scan;

/// <summary>What the command line asks for.</summary>
internal sealed record ScanRequest
{
    /// <summary>Files and folders; of a repository, any folder in it.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    public required ScanSource Source { get; init; }

    public required int Jobs { get; init; }

    /// <summary>Larger files are passed over.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>Whether <c>.gitignore</c> counts.</summary>
    public required bool IgnoreFiles { get; init; }

    /// <summary>Whether the files are messages as the hook <c>commit-msg</c> gets them.</summary>
    public bool IsCommitMessage { get; init; }

    /// <summary>Whether a run that could not read all passes.</summary>
    public bool AllowIncomplete { get; init; }

    /// <summary>Files of fingerprints that are not reported.</summary>
    public required IReadOnlyList<string> Baselines { get; init; }

    /// <summary>Where all findings are to be written as a baseline, instead of a report.</summary>
    public string? WriteBaseline { get; init; }

    public required Severity FailOn { get; init; }
}
