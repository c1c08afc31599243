using ProvableSec.Rules.Credentials;

namespace ProvableSec.Tool.Scan;

/// <summary>How a scan is done.</summary>
/// <param name="Scanner">The detectors.</param>
/// <param name="Allowed">What <c>.gitallowed</c> lets pass.</param>
/// <param name="Jobs">How many files are worked on at a time.</param>
/// <param name="MaxBytes">Larger files are passed over.</param>
/// <param name="IgnoreFiles">Whether <c>.gitignore</c> counts.</param>
/// <param name="IsCommitMessage">Whether the files are messages as the hook <c>commit-msg</c> gets them.</param>
internal sealed record ScanSettings(CredentialScanner Scanner, GitAllowed Allowed, int Jobs, long MaxBytes, bool IgnoreFiles, bool IsCommitMessage);
