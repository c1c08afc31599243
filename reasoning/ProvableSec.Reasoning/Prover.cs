using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Assumptions;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Proving;
using ProvableSec.Reasoning.Proving.Stages;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Translation;

namespace ProvableSec.Reasoning;

/// <summary>
/// Answers questions about policies: proves, or refutes with a request that the concrete evaluator has confirmed, or says why it can do neither.
/// Deterministic, without native code, without clock and files; safe to call from several threads.
/// </summary>
public static class Prover
{
    /// <summary>The assumptions about the world that a proof may need.</summary>
    public static IReadOnlyList<Assumption> Assumptions => WorldModel.All;

    /// <summary>Their names, which <see cref="Query.Without"/> can hold.</summary>
    public static IReadOnlyList<string> AssumptionNames => AssumptionName.All;

    /// <summary>Answers a question. Never throws on any query that the readers accept.</summary>
    /// <param name="query">The question.</param>
    /// <param name="cancellationToken">
    /// Ends the search early with <see cref="Verdict.Unknown"/>, because of <see cref="UnknownReason.Canceled"/>; only a budget gives the same verdict
    /// everywhere.
    /// </param>
    public static Answer Answer(Query query, CancellationToken cancellationToken = default)
    {
        Answer answer = Decide(query, cancellationToken);
        return query.Explain || query.Qualify ? answer with { Given = GivenWords.Of(query), Stronger = StrongerWords.Of(query, answer) } : answer;
    }

    private static Answer Decide(Query query, CancellationToken cancellationToken)
    {
        var budget = new Budget(query.Budget, cancellationToken);
        if (Unsupported(query) is { } unsupported)
        {
            return Unknown(UnknownReason.NotSupported, unsupported, budget);
        }

        if (LoneDocuments.GrantsNothing(query) is { } nothing)
        {
            return Unknown(UnknownReason.GrantsNothingByItself, nothing, budget);
        }

        Query asked = query;
        query = Meant(query);
        try
        {
            if (LoneDocuments.BesideOthers(asked) is { } beside)
            {
                Answer same = new Proof(beside, budget).Run();
                return same.Verdict == Verdict.Holds && new Proof(query, budget).Run() is var answer ? Both(answer, same) : same;
            }

            return query.Question == Question.NoDeadStatement
                ? DeadStatements.Find(query, budget)
                : WithAccessPoints(asked, BeforeSearch.Of(query, budget) ?? new Proof(query, budget).Run(), budget);
        }
        catch (BudgetExhaustedException e)
        {
            return Unknown(ReasonOf(e.End), e.Message, budget);
        }
    }

    /// <summary>An answer that holds only together with another that does: it rests on what either rests on.</summary>
    private static Answer Both(Answer answer, Answer other) => answer.Verdict != Verdict.Holds ? answer : answer with
    {
        Assumptions = AssumptionNames.Where(name => answer.Assumptions.Contains(name) || other.Assumptions.Contains(name)).ToImmutableArray(),
        Facts = answer.Facts.Concat(other.Facts).Distinct().ToImmutableArray(),
    };

    /// <summary>What stands behind an answer to a query, for somebody else to check: the road is taken again, for the facts it called upon.</summary>
    internal static Obligation ObligationOf(Query query, Answer answer)
    {
        // Of the two ways in which such documents are compared it is the one that the witness shows.
        Query meant = LoneDocuments.BesideOthers(query) is { } beside && answer.Witness is { } witness && Replay.WitnessReplay.Confirms(beside, witness)
            ? beside : Meant(query);
        var proof = new Proof(meant with { Explain = false }, new Budget(long.MaxValue));
        proof.Run();
        return proof.Obligation(answer);
    }

    /// <summary>Where access points that a bucket trusts could let outsiders in, whose policies are not given, it is not proved that none come.</summary>
    private static Answer WithAccessPoints(Query asked, Answer answer, Budget budget)
    {
        if (asked.Question != Question.NoPublicAccess || answer.Verdict != Verdict.Holds || asked.Zone.Strict)
        {
            return answer;
        }

        IReadOnlyCollection<Statement> statements = [.. new QuestionDocuments(asked).Statements];
        if (!statements.Any(s => s.Conditions.Any(c => OutsiderKeys.IsDelegating(c.FoldedKey))))
        {
            return answer;
        }

        Answer through = new Proof(asked with { Property = Outsiders.Property(statements, asked.Zone, throughAccessPoints: true), Explain = false },
            budget).Run();
        return through.Verdict == Verdict.Holds ? answer : answer with
        {
            Verdict = Verdict.Unknown,
            UnknownBecause = UnknownReason.AccessPointsDecide,
            Reason = "the bucket leaves it to access points (s3:DataAccessPointAccount, s3:DataAccessPointArn) whom they let in; it is not public by itself",
        };
    }

    /// <summary>The question as it is meant: no public access is granted where nothing is that outsiders ask for.</summary>
    private static Query Meant(Query query) => query.Question != Question.NoPublicAccess ? LoneDocuments.Meant(query)
        : query with { Property = Outsiders.Property([.. new QuestionDocuments(query).Statements], query.Zone) };

    private static Answer Unknown(UnknownReason because, string reason, Budget budget) => new(
        Verdict.Unknown,
        null,
        reason,
        ImmutableArray<Because>.Empty,
        ImmutableArray<string>.Empty,
        budget.Spent,
        ImmutableArray<string>.Empty)
    {
        UnknownBecause = because,
    };

    private static UnknownReason ReasonOf(BudgetEnd end) => end switch
    {
        BudgetEnd.Steps => UnknownReason.BudgetUsedUp,
        BudgetEnd.Size => UnknownReason.TooLarge,
        _ => UnknownReason.Canceled,
    };

    private static string? Unsupported(Query query)
    {
        if (query.Subject.Stack is { } one && query.Baseline?.Stack is { } other)
        {
            if (one.Account is not null && other.Account is not null && one.Account != other.Account)
            {
                return "the two stacks belong to different accounts, and no caller is in both";
            }

            if (!Same(one.Organization, other.Organization))
            {
                return "the two stacks lie in different organizations, so that the keys that follow from it differ; that is not proved yet";
            }
        }

        return query.Request.Principal is { } principal ? RequestTranslator.Unsupported(principal) : null;
    }

    private static bool Same(Organization? one, Organization? other) => one is null || other is null
        ? one is null && other is null
        : one.Id == other.Id && one.ManagementAccount == other.ManagementAccount && one.Accounts.Count == other.Accounts.Count
            && one.Accounts.All(a => other.Accounts.TryGetValue(a.Key, out string? path) && path == a.Value);
}
