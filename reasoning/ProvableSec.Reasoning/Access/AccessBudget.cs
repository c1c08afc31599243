using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Access;

/// <summary>What all proofs of an answer may cost together, in engine steps. A dump of some megabytes can ask for thousands of proofs, each within its own
/// budget.</summary>
internal sealed class AccessBudget(long most)
{
    /// <summary>A proof costs something beside its steps.</summary>
    private const long LeastOfProof = 2_000;

    private long spent;

    /// <summary>Why nothing more is decided; null while there are steps left.</summary>
    public string? Exhausted => spent >= most ? $"the budget of {most} steps for all proofs of the answer is used up; --budget raises it" : null;

    /// <summary>Answers a question within what is left.</summary>
    public Answer Answer(Query query, CancellationToken cancellationToken)
    {
        Answer answer = Prover.Answer(query with { Budget = Math.Min(query.Budget, Math.Max(0, most - spent)) }, cancellationToken);
        spent += Math.Max(LeastOfProof, answer.Steps);
        return answer.Verdict == Verdict.Unknown && Exhausted is { } reason ? answer with { Reason = reason } : answer;
    }
}
