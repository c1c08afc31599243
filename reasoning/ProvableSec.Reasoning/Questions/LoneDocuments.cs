using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Questions;

/// <summary>
/// What a document standing alone means in a question (docs/semantics.md, "Policies that are not given"). A document that only limits is asked
/// about by what it lets through, so that a Deny that goes away is new access; a resource policy is compared by all that it lets happen.
/// </summary>
internal static class LoneDocuments
{
    /// <summary>The question as it is meant.</summary>
    public static Query Meant(Query query)
    {
        if (query.Subject.Document is not { } document || !QuestionFacts.Of(query.Question).IsOfLetThrough)
        {
            return query;
        }

        if (query.Baseline?.Document is not { } baseline)
        {
            return DeniesOnly(document) || StandsBesideFullAccess(document, query.Type) ? query with { Subject = query.Subject.BesideFullAccess() } : query;
        }

        // What denies only stands beside the same policies as what it replaces; a control policy's level is what it is attached with.
        bool deniesOnly = DeniesOnly(document) && query.Type != PolicyType.ServiceControlPolicy
            && (query.Question != Question.Equivalent || !baseline.Statements.Any(s => s.Effect == Effect.Allow));
        Subject one = deniesOnly || StandsBesideFullAccess(document, query.Type) ? query.Subject.BesideFullAccess() : query.Subject;
        Subject other = deniesOnly || StandsBesideFullAccess(baseline, query.Type) ? query.Baseline.BesideFullAccess() : query.Baseline;
        if (!one.LetsThrough && !other.LetsThrough && query.Type is PolicyType.Resource or PolicyType.Trust && NamesPrincipals(document)
            && NamesPrincipals(baseline))
        {
            // A grant to an account delegates, one to a user or role does not: only a stack tells them apart.
            (one, other) = (Subject.Of(Around(document)), Subject.Of(Around(baseline)));
        }

        return query with { Subject = one, Baseline = other };
    }

    /// <summary>Whether the answer has to say that what the document does not deny is meant, or that it is its level's only policy: the assumption's name, or
    /// null.</summary>
    public static string? Assumption(Query asked) => asked.Type != PolicyType.ServiceControlPolicy || asked.Subject.Document is null
        || !QuestionFacts.Of(asked.Question).IsOfLetThrough ? null
        : asked.Subject.LetsThrough ? AssumptionName.FullAccessAttached : AssumptionName.FullAccessDetached;

    /// <summary>Why a claim that something is allowed cannot be decided for a document that grants nothing by itself; null where it can.</summary>
    public static string? GrantsNothing(Query query)
    {
        if (query.Question is not (Question.Granted or Question.Can) || query.Subject.Document is not { } document)
        {
            return null;
        }

        string? kind = query.Type switch
        {
            PolicyType.ServiceControlPolicy => "a service control policy",
            PolicyType.ResourceControlPolicy => "a resource control policy",
            PolicyType.PermissionsBoundary => "a permissions boundary",
            PolicyType.Session => "a session policy",
            PolicyType.VpcEndpoint => "a VPC endpoint policy",
            _ when DeniesOnly(document) => "a policy of Deny statements only",
            _ => null,
        };
        return kind is null ? null : $"{kind} grants nothing by itself; give the identity policy too (identityPolicies of a stack)";
    }

    /// <summary>
    /// For two documents of which one grants and the other only denies: whether they are the same beside policies that allow everything, which is asked
    /// besides whether they grant the same. Null where there is nothing to ask besides.
    /// </summary>
    public static Query? BesideOthers(Query query) => query is { Question: Question.Equivalent, Subject.Document: { } one, Baseline.Document: { } other }
        && query.Type is not (PolicyType.ServiceControlPolicy or PolicyType.ResourceControlPolicy) && DeniesOnly(one) != DeniesOnly(other)
            ? query with { Subject = query.Subject.BesideFullAccess(), Baseline = query.Baseline.BesideFullAccess() }
            : null;

    private static bool StandsBesideFullAccess(PolicyDocument document, PolicyType type) => type == PolicyType.ResourceControlPolicy
        || (type == PolicyType.ServiceControlPolicy && document.Statements.All(s => s.Effect == Effect.Deny));

    private static bool DeniesOnly(PolicyDocument document) => !document.Statements.IsEmpty && document.Statements.All(s => s.Effect == Effect.Deny);

    private static bool NamesPrincipals(PolicyDocument document) => document.Statements.All(s => s.Principal is not null);

    private static PolicyStack Around(PolicyDocument document) => PolicyStack.Empty with { ResourcePolicy = document };
}
