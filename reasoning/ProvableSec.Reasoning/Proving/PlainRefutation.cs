using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;

namespace ProvableSec.Reasoning.Proving;

/// <summary>
/// Refutes without a search that two documents allow the same, where only the verdict is asked: that a statement adds something is nearly always shown by the
/// plainest
/// request that it speaks of. What shows nothing that way is searched for as any other.
/// </summary>
internal static class PlainRefutation
{
    /// <summary>The refutation of a question, or null.</summary>
    public static Answer? Of(Query query, Budget budget)
    {
        if (query is not
            {
                VerdictOnly: true, Question: Question.Equivalent or Question.NoNewAccess, Subject.Document: { } document,
                Baseline.Document: { } baseline
            })
        {
            return null;
        }

        // Whoever asks about each statement of a long policy goes through all of them each time.
        budget.Spend(document.Statements.Length + baseline.Statements.Length);
        var kept = new HashSet<Statement>(baseline.Statements);
        var documents = new QuestionDocuments(query);
        var cost = new ReplayCost(documents);
        Witness? shown = null;
        bool isRefuted = new PlainRequests(query, new QuestionCallers(query), documents).Any([document.Where(statement => !kept.Contains(statement))],
            witness =>
        {
            cost.Spend(witness.Request, budget);
            shown = witness;
            return WitnessReplay.Confirms(query, witness);
        });
        return isRefuted
            ? new Answer(Verdict.Violated, shown, "this request shows it", WitnessReplay.Deciding(query, shown!), ImmutableArray<string>.Empty, budget.Spent,
                query.Warnings.Select(w => w.ToString()).ToImmutableArray())
            : null;
    }
}
