using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules;
using ProvableSec.Rules.Catalogue;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;
using ProvableSec.Rules.Stacks;
using ProvableSec.Testing.Failures;
using ProvableSec.Testing.Sources;

namespace ProvableSec.Testing.Checking;

/// <summary>Claims that the rules decide, which <c>provablesec check</c> has too.</summary>
internal static class FindingClaims
{
    private const string Escalation = "PSEC2003";

    /// <summary>What the rules find in policies; null where it is nothing.</summary>
    public static Failure? Check(PolicySubject subject, RuleSeverity least, IReadOnlyCollection<string> except, string sentence)
    {
        FoundFinding[] found = [.. Of(subject).Where(f => f.Finding.Severity >= least && !except.Any(f.Finding.Rule.IsCalled))];
        return found.Length > 0 ? Failure.Of(subject, sentence, found) : NotKnown(subject, sentence);
    }

    /// <summary>Ways to more access that the holder really has: a boundary, session policy or SCP can close what an identity policy opens.</summary>
    public static Failure? CheckEscalation(PolicySubject subject, string sentence)
    {
        foreach (Variant variant in subject.Variants)
        {
            FoundFinding[] found = [.. Together(variant).Where(f => f.Finding.Rule.Id == Escalation && IsOpen(variant, f.Finding))];
            if (found.Length > 0)
            {
                return Failure.Of(subject, sentence, found);
            }
        }

        return NotKnown(subject, sentence);
    }

    /// <summary>A rule that does not exist is a misspelled exception, which would hide nothing or the wrong thing.</summary>
    public static void RequireRules(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (!RuleCatalogue.OfCheck.Any(rule => rule.IsCalled(name)))
            {
                throw new PolicySourceException(
                    $"there is no rule \"{name}\"{(Spelling.Nearest(name, RuleCatalogue.OfCheck.Select(r => r.Id)) is { } meant ? $"; did you mean \"{meant}\"?" : "")}");
            }
        }
    }

    private static Failure? NotKnown(PolicySubject subject, string sentence) =>
        subject.Unknown.IsEmpty ? null : new Failure(subject.Name, $"{subject.Name} {sentence}, but that is not known: {string.Join("; ", subject.Unknown)}.",
            "");

    private static IEnumerable<FoundFinding> Of(PolicySubject subject) =>
        subject.Variants.SelectMany(variant => variant.Subject.Documents().Select(document => (variant, document)))
        .GroupBy(one => one.document)
        .SelectMany(same => Findings(same.First().document, TypeIn(same.First().variant, same.First().document)))
        .GroupBy(f => (f.Source.Name, f.Finding.Span, f.Finding.Rule.Id, f.Finding.Message)).Select(same => same.First());

    private static IEnumerable<FoundFinding> Findings(PolicyDocument document, PolicyType type)
    {
        (DocumentText source, IReadOnlyList<PolicyFinding> findings) = LoadedPolicy.Of(document)?.Check() ?? Checked(document, new PolicyContext(type));
        return findings.Select(finding => new FoundFinding(source, finding));
    }

    private static (DocumentText Source, IReadOnlyList<PolicyFinding> Findings) Checked(PolicyDocument document, PolicyContext context) =>
        document.Source.Name == "FullAWSAccess" ? (document.Source, []) : (document.Source, PolicyChecks.Check(document.Source, context));

    /// <summary>The findings of each identity policy beside the others of its holder.</summary>
    private static IEnumerable<FoundFinding> Together(Variant variant)
    {
        PolicyDocument[] identity = [.. variant.ToStack().IdentityPolicies ?? ImmutableArray<PolicyDocument>.Empty];
        foreach (PolicyDocument document in identity)
        {
            string[] others = [.. identity.Where(other => !ReferenceEquals(other, document)).Select(PolicyWriter.Write)];
            var context = new PolicyContext(PolicyType.Identity) { Beside = others.Length == 0 ? [] : [new PoliciesBeside("the holder", others, [])] };
            var text = new DocumentText(PolicyWriter.Write(document));
            foreach (PolicyFinding finding in PolicyChecks.Check(text, context).Where(f => f.Rule.Id == Escalation))
            {
                // The text was written anew; the statement with the action is the place.
                Statement? place = finding.Witness is { } witness
                    ? document.Statements.FirstOrDefault(s => s.Effect == Effect.Allow
                        && (s.Action.IsNot || s.Action.Patterns.Any(p => NamePattern.Matches(p.Text, witness.Request.Action)))) : null;
                yield return new FoundFinding(document.Source, finding with { Span = place?.Action.NameSpan ?? document.Statements[0].Span });
            }
        }
    }

    /// <summary>Whether all policies together let the way's request happen.</summary>
    private static bool IsOpen(Variant variant, PolicyFinding finding) => finding.Witness is not { } witness || variant.Subject.Stack is not { } stack
        || Prover.Answer(new Query
        {
            Question = Question.Can,
            Subject = Subject.Of(stack),
            TypeFrom = PolicyTypeOrigin.Stack,
            Request = RequestPattern.Any with { Action = FieldPattern.Literal(witness.Request.Action) },
            Explain = false,
        }).Verdict != Verdict.Violated;

    private static PolicyType TypeIn(Variant variant, PolicyDocument document) => variant.Subject.Stack is not { } stack ? variant.Type
        : stack.Documents().First(placed => ReferenceEquals(placed.Document, document)).Slot.Layer switch
        {
            PolicyLayer.PermissionsBoundary => PolicyType.PermissionsBoundary,
            PolicyLayer.SessionPolicies => PolicyType.Session,
            PolicyLayer.ResourcePolicy => PolicyTypeInference.Infer(document).Type,
            PolicyLayer.VpcEndpointPolicies => PolicyType.VpcEndpoint,
            PolicyLayer.ServiceControlPolicies => PolicyType.ServiceControlPolicy,
            PolicyLayer.ResourceControlPolicies => PolicyType.ResourceControlPolicy,
            _ => PolicyType.Identity,
        };
}
