using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Proving.Stages;

/// <summary>
/// Answers whether a policy standing alone allows all that a property describes, and whether it or a stack allows some completion of a request, where
/// statements show it: all of the property lies in what is allowed, a plain request does not, or one is allowed. Policies that name principals are left to the
/// search, as is what a stack does not allow.
/// </summary>
internal static class GrantedProperty
{
    /// <summary>The answer to a question, or null where it takes a search.</summary>
    public static Answer? Of(Query query, StageParts parts, Budget budget)
    {
        if (query is { Question: Question.Can, Subject.Stack: { IdentityPolicies: { } own } })
        {
            return parts.Shown([.. own.SelectMany(d => d.Statements).Where(s => s.Effect == Effect.Allow).Select(PlainSource.Of)]);
        }

        if (query.Subject is not { Document: { } document, LetsThrough: false } || NamesPrincipals(document)
            || (query.Property is { } described && NamesPrincipals(described)))
        {
            return null;
        }

        return query.Question == Question.Can ? Allowed(query, document, parts, budget) : Granted(query, document, parts, budget);
    }

    private static Answer? Granted(Query query, PolicyDocument document, StageParts parts, Budget budget)
    {
        List<PlainSource> uncovered = Uncovered.In(query.Property!, document, letsThrough: false, budget);
        return uncovered.Count > 0 ? parts.Shown(uncovered)
            : Answers.Proved(query, budget, [], parts.Assumptions) with { Vacuous = new PropertyWorth(query, parts, budget).Vacuous() };
    }

    private static Answer? Allowed(Query query, PolicyDocument document, StageParts parts, Budget budget)
    {
        Statement[] allowing = [.. document.Statements.Where(s => s.Effect == Effect.Allow)];
        if (query.Request.Action is not { IsAbsent: false, Like.IsEmpty: true } asked)
        {
            return parts.Shown([.. allowing.Select(PlainSource.Of)]);
        }

        PlainSource[] speaking = [.. allowing.Select(s => new PlainSource(s, [.. asked.Literals
            .Where(literal => StatementPairs.SpeaksOf(s, literal.ToLowerInvariant(), budget)).Select(literal => PolicyPattern.Plain(literal))]))
            .Where(source => source.Actions.Any())];
        return speaking.Length > 0 ? parts.Shown(speaking) : Answers.Proved(query, budget, [], parts.Assumptions);
    }

    private static bool NamesPrincipals(PolicyDocument document) => document.Statements.Any(s => s.Principal is not null);
}
