using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Proving.Stages;

/// <summary>
/// Answers that need no search. A proof found here is one that the search finds as well, with no fewer assumptions: whoever asks for what stands behind it
/// gets the search's. A refutation is a request that the evaluator confirms, as ever.
/// </summary>
internal static class BeforeSearch
{
    /// <summary>The answer to a question as it is meant, or null where it takes a search.</summary>
    public static Answer? Of(Query query, Budget budget) => query.SearchOnly || query.Restriction is not null ? null : query.Question switch
    {
        Question.NoNewAccess or Question.Equivalent => ComparedDocuments.Of(query, new StageParts(query, budget), budget),
        Question.NoPublicAccess => OutsideReach.Of(query, new StageParts(query, budget), budget),
        Question.NotGranted => ObstructedProperty.Of(query, new StageParts(query, budget), budget),
        _ => null,
    };
}
