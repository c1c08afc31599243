using ProvableSec.Rules.Policies;
using ProvableSec.Rules.ProgrammaticAccess;

namespace ProvableSec.Tool.Credentials;

/// <summary>What a run of <c>ask credentials</c> came to.</summary>
/// <param name="List">Who has credentials, by what they reach.</param>
/// <param name="Account">Findings about the account as a whole, with the file of each.</param>
/// <param name="HasReport">Whether there was a credential report.</param>
/// <param name="Notes">What a reader should know.</param>
internal sealed record CredentialsResult(
    CredentialList List, IReadOnlyList<(PolicyFinding Finding, string File)> Account, bool HasReport, IReadOnlyList<string> Notes)
{
    /// <summary>The title of the page.</summary>
    public const string Title = "Programmatic access, by what it provably reaches";
}
