using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;

namespace ProvableSec.Reasoning.Proving.Stages;

/// <summary>
/// Compares two documents statement by statement: what is covered is proved, and of what is not a plain request often shows it. Most versions of a policy
/// differ in some actions only.
/// </summary>
internal static class ComparedDocuments
{
    /// <summary>The answer to a question, or null where it takes a search.</summary>
    public static Answer? Of(Query query, StageParts parts, Budget budget)
    {
        if (query is not { Subject.Document: { } document, Baseline.Document: { } baseline } || query.Subject.LetsThrough != query.Baseline.LetsThrough)
        {
            return null;
        }

        List<PlainSource> uncovered = Uncovered.In(document, baseline, query.Subject.LetsThrough, budget);
        if (query.Question == Question.Equivalent)
        {
            uncovered.AddRange(Uncovered.In(baseline, document, query.Subject.LetsThrough, budget));
        }

        return uncovered.Count > 0 ? parts.Shown(uncovered) : Covered(query, parts, budget);
    }

    private static Answer? Covered(Query query, StageParts parts, Budget budget)
    {
        // An answer says so where nothing is allowed at all, which a search has to show.
        bool isNoted = query.Question == Question.NoNewAccess && (query.Explain || query.Qualify);
        bool mayAllow = !isNoted || parts.Plain.Any(query.Subject.Documents(), w => WitnessReplay.Allows(query.Subject, w))
            || new Proof(query, budget).MayAllow();
        return mayAllow ? Answers.Proved(query, budget, [], parts.Assumptions) : null;
    }
}
