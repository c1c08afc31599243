using System.Collections.Immutable;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;

namespace ProvableSec.Reasoning.Proving;

/// <summary>Makes answers, with what goes with them for whoever reads them.</summary>
internal static class Answers
{
    /// <summary>The answer that a question's search was for nothing: a proof, or of <see cref="Question.Can"/> a refutation.</summary>
    public static Answer Proved(Query query, Budget budget, IReadOnlyList<Because> because, IReadOnlyList<string> assumptions)
    {
        bool can = query.Question == Question.Can;
        return Of(query, budget, can ? Verdict.Violated : Verdict.Holds, null, can ? "no completion of the request is allowed" : "proved", because,
            assumptions);
    }

    /// <summary>The answer that a confirmed request shows.</summary>
    public static Answer Shown(Query query, Budget budget, Witness witness)
    {
        bool can = query.Question == Question.Can;
        return Of(query, budget, can ? Verdict.Holds : Verdict.Violated, witness, can ? "this request is allowed" : "this request shows it",
            WitnessReplay.Deciding(query, witness), []);
    }

    /// <summary>That a question is not decided.</summary>
    public static Answer Unknown(Query query, Budget budget, UnknownReason because, string reason) =>
        Of(query, budget, Verdict.Unknown, null, reason, [], []) with { UnknownBecause = because };

    private static Answer Of(Query query, Budget budget, Verdict verdict, Witness? witness, string reason, IReadOnlyList<Because> because,
        IReadOnlyList<string> assumptions) => new(
            verdict,
            witness,
            reason,
            because.ToImmutableArray(),
            assumptions.ToImmutableArray(),
            budget.Spent,
            query.Warnings.Select(w => w.ToString()).Concat(query.Explain ? QuestionWarnings.Of(query) : []).ToImmutableArray(),
            !query.Explain ? "" : witness is null ? Explanation.Of(because) : Explanation.Of(query, witness));
}
