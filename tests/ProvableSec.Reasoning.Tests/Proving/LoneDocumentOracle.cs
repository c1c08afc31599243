using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>
/// What a document standing alone allows in a question, written from docs/semantics.md, "Policies that are not given": a document that only limits is asked
/// about by what it
/// does not deny, two resource policies by all that they let happen beside whatever the caller's own policies allow.
/// </summary>
/// <param name="query">The question.</param>
/// <param name="subjectDecides">Whether the baseline is the subject with a statement cut out, and is taken as the subject is.</param>
internal sealed class LoneDocumentOracle(Query query, bool subjectDecides)
{
    private static readonly PolicyDocument Everything =
        PolicyReader.Read(new DocumentText(PolicyJson.Everything));

    private bool Compares => query.Question is Question.NoNewAccess or Question.Equivalent;

    /// <summary>Whether the answer can depend on what a caller's own policies allow.</summary>
    public bool DependsOnOwnPolicies => ComparesGrants;

    private bool ComparesGrants => Compares && query.Type is PolicyType.Resource or PolicyType.Trust
        && Documents().All(d => d.Statements.All(s => s.Principal is not null) && !IsLimit(d));

    public bool Allows(PolicyDocument document, AccessRequest request, Reading readings, bool own, bool beside)
    {
        if (IsMixed && !beside && query.Type is PolicyType.Resource && request.Principal.Kind == PrincipalKind.Federated
            && !request.Action.StartsWith("sts:", StringComparison.OrdinalIgnoreCase))
        {
            // What two resource policies grant is compared as that of stacks, in which web and SAML identities only assume roles.
            return false;
        }

        if (IsMixed && beside)
        {
            // The one is taken as it stands beside policies that allow everything, besides as it is: see Agreement.
            return !Denies(document, request, readings);
        }

        if (ComparesGrants)
        {
            return Evaluator.Decide(new PolicyStack { ResourcePolicy = document, IdentityPolicies = own ? [Everything] : [] }, request, readings).IsAllowed;
        }

        return !IsMixed && (Compares || query.Question == Question.NotGranted) && IsLimit(document)
            ? !Denies(document, request, readings)
            : Evaluator.AllowsAlone(document, PolicyStack.Empty, request, readings);
    }

    /// <summary>Whether one of two policies grants and the other only denies: they are the same if they are both taken as they are and beside others.</summary>
    public bool IsMixed => query is
    {
        Question: Question.Equivalent, Type: not (PolicyType.ServiceControlPolicy or PolicyType.ResourceControlPolicy),
        Subject.Document: { } one, Baseline.Document: { } other
    }
        && !subjectDecides && DeniesOnly(one) != DeniesOnly(other);

    private static bool DeniesOnly(PolicyDocument document) => document.Statements.Length > 0 && !document.Statements.Any(s => s.Effect == Effect.Allow);

    private static bool Denies(PolicyDocument document, AccessRequest request, Reading readings) =>
        Evaluator.DecideAlone(document, PolicyStack.Empty, request, readings).Any(by => by.Statement.Effect == Effect.Deny);

    private IEnumerable<PolicyDocument> Documents() => ((PolicyDocument?[])[query.Subject.Document, query.Baseline?.Document]).OfType<PolicyDocument>();

    /// <summary>Whether the document is taken by what it does not deny. What replaces a policy that only denies stands beside the same others.</summary>
    private bool IsLimit(PolicyDocument document)
    {
        PolicyDocument subject = query.Subject.Document!, decides = subjectDecides ? subject : document;
        return query.Type switch
        {
            PolicyType.ResourceControlPolicy => true,
            PolicyType.ServiceControlPolicy => !decides.Statements.Any(s => s.Effect == Effect.Allow),
            _ => subject.Statements.Length > 0 && !subject.Statements.Any(s => s.Effect == Effect.Allow),
        };
    }
}
