using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Credentials;

/// <summary>What <c>ask credentials</c> was asked.</summary>
internal sealed record CredentialsRequest
{
    /// <summary>Credential reports beside those in the folders of the dumps.</summary>
    public IReadOnlyList<string> Reports { get; init; } = [];

    /// <summary>Answers of <c>aws iam get-account-summary</c> beside those in the folders of the dumps.</summary>
    public IReadOnlyList<string> Summaries { get; init; } = [];

    /// <summary>Answers of Access Advisor: an ARN and a file for each.</summary>
    public IReadOnlyList<(string Arn, string File)> LastAccessed { get; init; } = [];

    /// <summary>A service counts as used if it was used within this many days.</summary>
    public int UnusedDays { get; init; }

    /// <summary>The day that ages are counted to.</summary>
    public DateTime AsOf { get; init; }

    /// <summary>The lowest severity that makes the exit code 1.</summary>
    public Severity FailOn { get; init; }
}
