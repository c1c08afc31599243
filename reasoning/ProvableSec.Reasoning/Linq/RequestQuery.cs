using System.Collections.Immutable;
using System.Linq.Expressions;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;

namespace ProvableSec.Reasoning.Linq;

/// <summary>
/// The requests that policies allow and for which a predicate holds: a set that is mostly infinite and is not enumerated but reasoned about.
/// Immutable. What it answers is proved, or shown by a request that the concrete evaluator has confirmed, under the assumptions of the world model.
/// </summary>
/// <remarks>
/// It has the methods that the query syntax of C# asks for and no others: whatever else one may write, <c>orderby</c> or a join, does not compile,
/// and a predicate that cannot be reasoned about is refused when it is given.
/// </remarks>
public sealed class RequestQuery
{
    private readonly Query query;

    internal RequestQuery(Query query) => this.query = query;

    /// <summary>The requests of this query for which a predicate holds.</summary>
    /// <exception cref="NotSupportedException">The predicate holds an expression that cannot be asked; the message names it.</exception>
    public RequestQuery Where(Expression<Func<RequestExpression, bool>> predicate)
    {
        RequestPredicate read = PredicateReader.Read(predicate);
        return new RequestQuery(query with { Restriction = query.Restriction is { } before ? new RequestPredicate.AllOf([before, read]) : read });
    }

    /// <summary>The query itself: <c>select r</c> is all that can be selected.</summary>
    /// <exception cref="NotSupportedException">Something else than the request is selected.</exception>
    public RequestQuery Select(Expression<Func<RequestExpression, RequestExpression>> selector) => selector.Body is ParameterExpression
        ? this
        : throw UnsupportedExpression.Named(selector.Body, "a query selects the request itself");

    /// <summary>The query with another budget of engine steps for each search; <see cref="Query.DefaultBudget"/> unless told.</summary>
    public RequestQuery WithBudget(long steps) => new(query with { Budget = steps });

    /// <summary>The query over the requests of another world; those that AWS can send unless told.</summary>
    public RequestQuery In(World world) => new(query with { World = world });

    /// <summary>
    /// The answer to whether there is a request: <see cref="Verdict.Holds"/> with a witness, <see cref="Verdict.Violated"/> when it is proved that
    /// there is none, with the assumptions that the proof needs and the statements that block, or <see cref="Verdict.Unknown"/> with the reason.
    /// </summary>
    /// <param name="cancellationToken">Ends the search early, undecided.</param>
    public Answer Decide(CancellationToken cancellationToken = default) => Prover.Answer(query, cancellationToken);

    /// <summary>Whether there is a request.</summary>
    /// <exception cref="UndecidedException">Neither was shown.</exception>
    public bool Any() => FirstOrDefault() is not null;

    /// <summary>Whether it is proved that there is no request.</summary>
    /// <exception cref="UndecidedException">Neither was shown.</exception>
    public bool IsEmpty() => !Any();

    /// <summary>Whether it is proved that there is no request, and the proof's assumptions, or the request.</summary>
    /// <exception cref="UndecidedException">Neither was shown.</exception>
    public bool IsEmpty(out Answer answer)
    {
        answer = Decide();
        return answer.Verdict == Verdict.Unknown ? throw new UndecidedException(answer, ImmutableArray<Witness>.Empty) : answer.Witness is null;
    }

    /// <summary>A request, confirmed by the concrete evaluator; null when it is proved that there is none.</summary>
    /// <exception cref="UndecidedException">Neither was shown.</exception>
    public Witness? FirstOrDefault()
    {
        ImmutableArray<Witness> one = Take(1);
        return one.IsEmpty ? null : one[0];
    }

    /// <summary>
    /// Up to this many requests, no two with the same action, the same resource and the same values of the keys that the predicate names. Other
    /// actions come before other resources of one action, and these before other values. Fewer only when it is proved that there are no more.
    /// </summary>
    /// <exception cref="UndecidedException">Fewer were found, and it was not proved that there are no more.</exception>
    public ImmutableArray<Witness> Take(int count)
    {
        if (count < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(count));
        }

        var found = ImmutableArray.CreateBuilder<Witness>();
        Answer? last = null;
        foreach (RequestField[] fields in Distinctions())
        {
            // Told apart by less, there are fewer: only the last, finest distinction tells that there are no more.
            while (found.Count < count)
            {
                last = Prover.Answer(query with { Restriction = Unlike(found, fields), Explain = false });
                if (last.Witness is not { } witness)
                {
                    break;
                }

                found.Add(witness);
            }

            if (found.Count == 0)
            {
                break;
            }
        }

        return found.Count < count && last!.Verdict == Verdict.Unknown ? throw new UndecidedException(last, found.ToImmutable()) : found.ToImmutable();
    }

    /// <summary>By what requests are told apart, from the coarsest to the finest.</summary>
    private IEnumerable<RequestField[]> Distinctions()
    {
        yield return [RequestField.Action];
        yield return [RequestField.Action, RequestField.Resource];
        RequestField[] keys = [.. (query.Restriction?.Conditions ?? []).GroupBy(c => c.FoldedKey).Select(same => RequestField.Key(same.First().Key))];
        if (keys.Length > 0)
        {
            yield return [RequestField.Action, RequestField.Resource, .. keys];
        }
    }

    private RequestPredicate Unlike(IEnumerable<Witness> found, RequestField[] fields)
    {
        List<RequestPredicate> all = query.Restriction is { } restriction ? [restriction] : [];
        foreach (Witness witness in found)
        {
            var request = new PredicateReplay(query.Subject, witness.Request, witness.Readings);
            all.Add(new RequestPredicate.Not(new RequestPredicate.AllOf([.. fields.Select(f => f.Has(f.ValuesIn(request)))])));
        }

        return new RequestPredicate.AllOf(all);
    }
}
