using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;
using ProvableSec.Reasoning.Values;
using ProvableSec.Reasoning.Witnesses;

namespace ProvableSec.Reasoning.Proving.Stages;

/// <summary>What the stages before a search share: the requests that they try, and how what is shown becomes an answer.</summary>
internal sealed class StageParts
{
    private readonly Query query;
    private readonly Budget budget;
    private readonly QuestionDocuments documents;
    private readonly ReplayCost cost;

    public StageParts(Query query, Budget budget)
    {
        this.query = query;
        this.budget = budget;
        documents = new QuestionDocuments(query);

        // Each statement is looked at, whatever comes of it.
        budget.Spend(documents.Statements.Count());
        Asking = new QuestionCallers(query);
        cost = new ReplayCost(documents);
        Plain = new PlainRequests(query, Asking, documents, cost, budget);
    }

    /// <summary>Who asks.</summary>
    public QuestionCallers Asking { get; }

    /// <summary>Plain requests.</summary>
    public PlainRequests Plain { get; }

    /// <summary>What a proof has to say that it assumes, however it was found.</summary>
    public IReadOnlyList<string> Assumptions => LoneDocuments.Assumption(query) is { } beside ? [beside] : [];

    /// <summary>The answer that a plain request of some statements shows, made easy to read; null where none does.</summary>
    /// <param name="sources">The statements.</param>
    /// <param name="caller">Who asks, where it is not the plainest user.</param>
    /// <param name="aim">Under which readings.</param>
    public Answer? Shown(IReadOnlyList<PlainSource> sources, CallerPrincipal? caller = null, PlainAim aim = PlainAim.Shown)
    {
        if (Plain.Find(sources, IsConfirmed, aim, caller) is not { } witness)
        {
            return null;
        }

        if (!query.VerdictOnly)
        {
            var shortener = new WitnessShortener(query, Asking, documents.KeysAsked, cost, budget);
            Witness shown = shortener.Shorten(witness);
            witness = shortener.IsPossible(shown.Request) ? shown : witness;
            witness = OnAnothers(witness) is { } apart && shortener.IsPossible(apart.Request) && IsConfirmed(apart) ? apart : witness;
        }

        return Answers.Shown(query, budget, witness);
    }

    /// <summary>The request on a resource of another account than the caller's, where nothing says whose it is: an outsider is one to its owner.</summary>
    private Witness? OnAnothers(Witness witness) => query.Question == Question.NoPublicAccess
        && witness.Request is { ResourceAccount: null, Principal.Account: { Length: > 0 } caller } request && ArnFields.AccountOf(request.Resource) is null
            ? witness with { Request = request with { ResourceAccount = QuestionCallers.OtherThan(caller) } }
            : null;

    private bool IsConfirmed(Witness witness)
    {
        cost.RefuseLong(witness.Request);
        return WitnessReplay.Confirms(query, witness);
    }
}
