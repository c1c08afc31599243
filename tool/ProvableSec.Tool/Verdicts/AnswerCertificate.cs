using System.Collections.Immutable;

namespace ProvableSec.Tool.Verdicts;

/// <summary>The certificate of an answer, or why there is none.</summary>
/// <param name="Files">Where it was written; several files for an answer about several stacks.</param>
/// <param name="None">Why there is none; empty when there is one.</param>
internal sealed record AnswerCertificate(ImmutableArray<string> Files, string None)
{
    /// <summary>The certificates of answers that are reported as one: all of them, or why one has none.</summary>
    public static AnswerCertificate? Together(IEnumerable<AnswerCertificate?> certificates)
    {
        AnswerCertificate[] given = [.. certificates.OfType<AnswerCertificate>()];
        return given.Length == 0 ? null
            : Array.Find(given, c => c.None.Length > 0) ?? new AnswerCertificate([.. given.SelectMany(c => c.Files)], "");
    }
}
