namespace ProvableSec.CertificateChecker;

/// <summary>The question holds something that certificates do not cover yet.</summary>
internal sealed class NotCoveredException(string reason) : Exception(reason);
