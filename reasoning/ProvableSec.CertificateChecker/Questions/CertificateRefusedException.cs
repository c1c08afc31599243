namespace ProvableSec.CertificateChecker;

/// <summary>A certificate proves nothing; the message says why, without a final stop.</summary>
internal sealed class CertificateRefusedException(string reason) : Exception(reason);
