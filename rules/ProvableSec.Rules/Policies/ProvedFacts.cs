using ProvableSec.Policy.Model;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies;

/// <summary>What more than one proved check needs to know of a policy: found out when the first asks.</summary>
internal sealed class ProvedFacts
{
    /// <summary>A tenth of a second or so: an editor waits for it after each change.</summary>
    private const long MostSteps = 3_000_000;

    private readonly string asOf;
    private readonly CancellationToken cancellation;
    private readonly Lazy<PolicyDocument?> document;
    private readonly Lazy<CheckedStatement?> administrator;

    public ProvedFacts(CheckedPolicy policy)
    {
        asOf = policy.Context.AsOf;
        cancellation = policy.Cancellation;
        document = new Lazy<PolicyDocument?>(() => ProvableText.Of(policy), isThreadSafe: false);
        administrator = new Lazy<CheckedStatement?>(() => Widest(policy), isThreadSafe: false);
    }

    /// <summary>What the questions about the policy have cost, in engine steps.</summary>
    public long Steps { get; private set; }

    /// <summary>Asks the prover, within what is left of the policy's budget: a finding that would cost more is none.</summary>
    public Answer Answer(Query query) => AnswerBeside(query with { Budget = Math.Max(0, Math.Min(query.Budget, MostSteps - Steps)) });

    /// <summary>Asks the prover a question with a budget of its own.</summary>
    public Answer AnswerBeside(Query query)
    {
        Answer answer = Prover.Answer(query with { AsOf = asOf }, cancellation);
        cancellation.ThrowIfCancellationRequested();
        Steps += answer.Steps;
        return answer;
    }

    /// <summary>The document as the prover reads it (<see cref="ProvableText.Of"/>).</summary>
    /// <exception cref="CheckBudgetException">It is too long.</exception>
    public PolicyDocument? Document => document.Value;

    /// <summary>The statement by which an identity policy allows everything; null when it does not, or that is not proved.</summary>
    public CheckedStatement? AdministratorStatement => administrator.Value;

    private static CheckedStatement? Widest(CheckedPolicy policy)
    {
        // Several statements can add up to everything, but only if one has a star or NotAction.
        CheckedStatement? widest = policy.Statements.FirstOrDefault(statement => statement is { IsAllow: true, Action: { } action }
            && (action.IsNot || action.Items.Any(item => GlobText.IsEverything(item.Text))));
        return policy.Type == PolicyType.Identity && widest is not null && policy.Proved.Document is { } document
            && policy.Proved.Answer(ProvableText.Ask(Question.Granted, document, policy.Type) with
            {
                Property = ProvableText.Everything,
                VerdictOnly = true
            }).Verdict == Verdict.Holds ? widest : null;
    }
}
