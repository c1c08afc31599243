using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Replay;

/// <summary>
/// What it may cost to replay requests in the evaluator, which counts no steps: each text of a request is compared with each of the policies.
/// </summary>
internal sealed class ReplayCost
{
    /// <summary>Characters of policies times those of a request, beyond which it is not replayed.</summary>
    public const long Most = 1L << 30;

    // A key is looked at several times; this many characters are compared in the time of one pattern.
    private const int WorkOfKey = 4, CharactersOfPattern = 256;

    private readonly long patterns;
    private readonly long characters;

    public ReplayCost(QuestionDocuments documents)
    {
        foreach (PolicyDocument document in documents.All)
        {
            characters += document.Source.Text.Length;
            foreach (Statement statement in document.Statements)
            {
                patterns += 1 + (statement.Action?.Patterns.Length ?? 0) + (statement.Resource?.Patterns.Length ?? 0)
                    + statement.Conditions.Sum(c => 1 + c.Values.Length);
            }
        }
    }

    /// <summary>Spends what it costs to replay a request.</summary>
    /// <exception cref="BudgetExhaustedException">It is more than there is, or the request is too long to be replayed.</exception>
    public void Spend(AccessRequest request, Budget budget)
    {
        budget.SpendWork(Of(request));
        RefuseLong(request);
    }

    /// <summary>Ends the question where a request is too long to be replayed.</summary>
    /// <exception cref="BudgetExhaustedException">It is.</exception>
    public void RefuseLong(AccessRequest request)
    {
        if (IsLong(request))
        {
            throw new BudgetExhaustedException(BudgetEnd.Size,
                "a request was found whose texts are too long for the evaluator to confirm it, so nothing is claimed");
        }
    }

    /// <summary>Spends what it costs to replay a request, if it is short enough to be replayed and there is enough left; else false, and nothing is
    /// spent.</summary>
    public bool TrySpend(AccessRequest request, Budget budget) => !IsLong(request) && budget.TrySpendWork(Of(request));

    /// <summary>At most this many patterns and keys are looked at, at most.</summary>
    public long Of(AccessRequest request) => patterns + (WorkOfKey * request.Context.Length) + (characters * Characters(request) / CharactersOfPattern);

    private bool IsLong(AccessRequest request) => characters * Characters(request) > Most;

    private static long Characters(AccessRequest request) =>
        request.Action.Length + request.Resource.Length + request.Principal.Name.Length
            + request.Context.Sum(e => e.Values.IsDefault ? 0L : e.Values.Sum(v => (long)v.Length));
}
