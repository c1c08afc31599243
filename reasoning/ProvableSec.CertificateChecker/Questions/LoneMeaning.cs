using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.CertificateChecker;

/// <summary>
/// What a document standing alone means (docs/semantics.md, "Policies that are not given"): one that only limits is asked about by what it lets
/// through, and two policies of a resource are compared by all that they let happen.
/// </summary>
internal static class LoneMeaning
{
    /// <summary>The question as it is meant.</summary>
    /// <exception cref="NotCoveredException">A claim that something is allowed, or not, by a document that grants nothing by itself.</exception>
    public static CertifiedQuestion Of(CertifiedQuestion question)
    {
        if (question.Subject.Document is not { } document)
        {
            return question;
        }

        if (question.Question is "granted" or "can")
        {
            return question.Type is "identity" or "resource" or "trust" && !DeniesOnly(document) ? question
                : throw new NotCoveredException("what a policy allows that grants nothing by itself is not covered by certificates");
        }

        if (question.Baseline?.Document is not { } baseline)
        {
            return DeniesOnly(document) || StandsBesideFullAccess(document, question.Type) ? question with { Subject = LetsThrough(document) } : question;
        }

        if (question.Question == "equivalent" && question.Type is not ("scp" or "rcp") && DeniesOnly(document) != DeniesOnly(baseline))
        {
            throw new NotCoveredException("whether a policy that grants and one that only denies mean the same is not covered by certificates");
        }

        // What denies only replaces what stood beside the same policies; of a control policy it matters what it is attached with.
        bool deniesOnly = question.Type != "scp" && DeniesOnly(document), through = deniesOnly || StandsBesideFullAccess(document, question.Type),
            baselineThrough = deniesOnly || StandsBesideFullAccess(baseline, question.Type);
        if (!through && !baselineThrough && question.Type is "resource" or "trust" && NamesPrincipals(document) && NamesPrincipals(baseline))
        {
            return question with { Subject = OfResource(document), Baseline = OfResource(baseline) };
        }

        return question with
        {
            Subject = through ? LetsThrough(document) : question.Subject,
            Baseline = baselineThrough ? LetsThrough(baseline) : question.Baseline,
        };
    }

    /// <summary>What a claim about a lone service control policy has to say of what stands beside it; null for all others.</summary>
    /// <param name="meant">The question as it is meant.</param>
    public static string? Beside(CertifiedQuestion meant) => meant is { Type: "scp", Subject.Document: not null }
        ? meant.Subject.LetsThrough ? "full-access-attached" : "full-access-detached"
        : null;

    private static bool StandsBesideFullAccess(CertifiedDocument document, string type) =>
        type == "rcp" || (type == "scp" && document.Policy.Statements.All(s => s.Effect == Effect.Deny));

    private static bool DeniesOnly(CertifiedDocument document) => !document.Policy.Statements.IsEmpty
        && document.Policy.Statements.All(s => s.Effect == Effect.Deny);

    private static bool NamesPrincipals(CertifiedDocument document) => document.Policy.Statements.All(s => s.Principal is not null);

    private static CertifiedSubject LetsThrough(CertifiedDocument document) => new(document, null, LetsThrough: true);

    private static CertifiedSubject OfResource(CertifiedDocument document) => new(null,
        new CertifiedStack
        {
            Layers = new Dictionary<PolicyLayer, IReadOnlyList<IReadOnlyList<CertifiedDocument>>?>
            {
                [PolicyLayer.ResourcePolicy] =
            [[document]]
            }
        });
}
