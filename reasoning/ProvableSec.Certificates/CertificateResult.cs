namespace ProvableSec.Certificates;

/// <summary>What became of writing a certificate.</summary>
/// <param name="Text">The certificate, which has been checked; null when there is none.</param>
/// <param name="Reason">Why there is none, in a sentence without a final stop; empty when there is one.</param>
/// <param name="IsDisagreement">True when the policies as the checker reads them do not bear the answer out, though it covers all that they say: then one of
/// the two is wrong.</param>
public sealed record CertificateResult(string? Text, string Reason, bool IsDisagreement = false);
