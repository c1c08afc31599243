using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Proving.Stages;

/// <summary>
/// Answers that need no search. A proof found here is one that the search finds as well, with no fewer assumptions: whoever asks for what stands behind it
/// gets the search's. A refutation is a request that the evaluator confirms, as ever.
/// </summary>
internal static class BeforeSearch
{
    /// <summary>At most this many steps are taken before a search: it may need what is left.</summary>
    private const long MostSteps = 500_000;

    /// <summary>The answer to a question as it is meant, or null where it takes a search.</summary>
    public static Answer? Of(Query query, Budget budget)
    {
        if (query.SearchOnly || query.Restriction is not null || query.Question == Question.NoDeadStatement)
        {
            return null;
        }

        Budget own = budget.Part(MostSteps);
        Answer? answer;
        try
        {
            answer = Of(query, new StageParts(query, own), own);
        }
        catch (BudgetExhaustedException e) when (e.End == BudgetEnd.Steps)
        {
            answer = null;
        }

        // Nothing is left to search with where the part was all.
        budget.Spend(own.Spent);
        return answer;
    }

    private static Answer? Of(Query query, StageParts parts, Budget budget) => query.Question switch
    {
        Question.NoNewAccess or Question.Equivalent => ComparedDocuments.Of(query, parts, budget),
        Question.NoPublicAccess => OutsideReach.Of(query, parts, budget),
        Question.NotGranted => ObstructedProperty.Of(query, parts, budget),
        Question.Granted or Question.Can => GrantedProperty.Of(query, parts, budget),
        _ => null,
    };
}
