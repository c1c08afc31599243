using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;

namespace ProvableSec.Reasoning.Differences;

/// <summary>
/// Finds the requests that one side of a change allows and the other does not: proposes lines, and lets the prover say of each whether it has such a request,
/// whether
/// it can be left out, and whether there is one outside of all lines.
/// </summary>
internal sealed class DifferenceSearch
{
    // Questions that a difference may cost; each has a budget of its own.
    private const int MostQuestions = 2000;

    // Actions of a list that are looked at one by one.
    private const int MostAlone = 24;

    private readonly Query query;
    private readonly RequestPredicate? within;
    private readonly CancellationToken stop;
    private readonly SortedSet<string> assumptions = new(StringComparer.Ordinal);
    private readonly List<(DifferenceCandidate Candidate, Answer Answer)> found = [];
    private int questions;

    private DifferenceSearch(Query query, RequestPredicate? within, CancellationToken stop)
    {
        this.query = query;
        this.within = within;
        this.stop = stop;
    }

    /// <summary>The lines.</summary>
    public IReadOnlyList<DifferenceLine> Lines { get; private set; } = [];

    /// <summary>Why it is not proved that there is nothing outside the lines; null when it is.</summary>
    public string? Undecided { get; private set; }

    /// <summary>Names of the assumptions that the proofs need.</summary>
    public IEnumerable<string> Assumptions => assumptions;

    /// <summary>Finds the lines.</summary>
    /// <param name="like">What else the questions have.</param>
    /// <param name="side">The side that allows.</param>
    /// <param name="other">The side that does not.</param>
    /// <param name="kind">What the lines are.</param>
    /// <param name="within">What else holds of the requests; null for nothing.</param>
    /// <param name="stop">Ends the search early, undecided.</param>
    public static DifferenceSearch Run(Query like, DifferenceSide side, DifferenceSide other, DifferenceKind kind, RequestPredicate? within,
        CancellationToken stop)
    {
        var search = new DifferenceSearch(like with { Question = Question.NoNewAccess, Subject = side.Subject, Baseline = other.Subject, Explain = false },
            within, stop);
        search.Find(side, other, kind);
        return search;
    }

    private void Find(DifferenceSide side, DifferenceSide other, DifferenceKind kind)
    {
        // What only denies grants nothing.
        if (side.Subject is { Document: not null, LetsThrough: false } && side.Cells is { Count: 0 } && !ResourcePolicies)
        {
            return;
        }

        if (Ask(null).Verdict == Verdict.Holds)
        {
            return;
        }

        if (side.Cells is null)
        {
            Undecided = $"more than {AccessProposal.MostCells} combinations of statements grant something";
            return;
        }

        Add(DifferenceCandidate.Of(side, other).Select(c => c with { Kind = kind }));
        if (ResourcePolicies)
        {
            // A caller of the resource's own account needs nothing of its policy but that it does not deny.
            Add(DifferenceCandidate.LetThrough(side, other));
        }

        Answer outside = Outside();
        if (outside.Verdict == Verdict.Violated)
        {
            // What both sides grant is not written down alike; then all is shown that the side grants where the other does not grant all.
            Add(DifferenceCandidate.All(side).Select(c => c with { Kind = kind }));
            outside = Outside();
        }

        Undecided = outside switch
        {
            { Verdict: Verdict.Holds } => null,
            { Witness: { } witness } => $"more may change than the lines say ({witness.Request.Action} on {witness.Request.Resource})",
            _ => outside.Reason,
        };
        RemoveRepeated();
        Lines = [.. found.Select(Line)];
    }

    /// <summary>True where two policies of a resource are compared by all that they let happen.</summary>
    private bool ResourcePolicies => query.Subject.Document is not null && query.AsMeant().Subject.Stack is not null;

    private void Add(IEnumerable<DifferenceCandidate> candidates)
    {
        foreach (DifferenceCandidate candidate in candidates)
        {
            if (found.Exists(f => f.Candidate.Already.IsEmpty && candidate.Cell.LiesIn(f.Candidate.Cell)))
            {
                continue;
            }

            Answer answer = Ask(new RequestPredicate.DescribedBy(candidate.Description));
            if (answer.Verdict != Verdict.Holds)
            {
                DifferenceCandidate narrowed = answer.Verdict == Verdict.Violated ? Narrowed(candidate) : candidate;
                Answer narrow = ReferenceEquals(narrowed, candidate) ? answer : Ask(new RequestPredicate.DescribedBy(narrowed.Description));
                // Of the part a request is shown where there is one; else the whole stays.
                found.Add(narrow.Verdict == Verdict.Violated ? (narrowed, narrow) : (candidate, answer));
            }
        }
    }

    /// <summary>The actions and resources with which a request is found, and no others.</summary>
    private DifferenceCandidate Narrowed(DifferenceCandidate candidate)
    {
        AccessCell cell = candidate.Cell.Access;
        if (candidate.Cell.Principal is { IsNot: false, Entries.Length: > 1 } clause)
        {
            PrincipalEntry[] kept =
                [.. clause.Entries.Where(e => Ask(new RequestPredicate.DescribedBy(candidate.WithPrincipals([e]).Description)).Verdict != Verdict.Holds)];
            candidate = kept.Length == 0 || kept.Length == clause.Entries.Length ? candidate : candidate.WithPrincipals(kept);
        }

        if (cell.Actions.Length > 1)
        {
            ImmutableArray<PolicyPattern> kept = cell.Actions.Length > MostAlone ? KeptTogether(candidate, cell.Actions)
                : Kept(candidate, cell.Actions, candidate.WithActions, w => w.Request.Action, foldCase: true);
            candidate = kept.Length == cell.Actions.Length ? candidate : candidate.WithActions(kept);
        }

        if (cell.Resources.Length > 1)
        {
            ImmutableArray<PolicyPattern> kept = Kept(candidate, cell.Resources, candidate.WithResources, w => w.Request.Resource, foldCase: false);
            candidate = kept.Length == cell.Resources.Length ? candidate : candidate.WithResources(kept);
        }

        return candidate;
    }

    /// <summary>The actions of the groups that some request is found with; of a small group one by one.</summary>
    private ImmutableArray<PolicyPattern> KeptTogether(DifferenceCandidate candidate, ImmutableArray<PolicyPattern> actions)
    {
        var kept = new HashSet<PolicyPattern>();
        foreach (ImmutableArray<PolicyPattern> group in ActionGroups.Of(actions, [.. candidate.Already, .. candidate.Except]))
        {
            DifferenceCandidate part = candidate.WithActions(group);
            if (group.Length > 1 && group.Length <= MostAlone)
            {
                kept.UnionWith(Kept(part, group, part.WithActions, w => w.Request.Action, foldCase: true));
            }
            else if (Ask(new RequestPredicate.DescribedBy(part.Description)).Verdict != Verdict.Holds)
            {
                kept.UnionWith(group);
            }
        }

        return actions.Where(kept.Contains).ToImmutableArray();
    }

    /// <summary>The patterns that some request is found with: a request of all that are left takes away those that it matches, until there is none.</summary>
    private ImmutableArray<PolicyPattern> Kept(DifferenceCandidate candidate, ImmutableArray<PolicyPattern> patterns,
        Func<IEnumerable<PolicyPattern>, DifferenceCandidate> with, Func<Witness, string> field, bool foldCase)
    {
        var kept = new HashSet<PolicyPattern>();
        List<PolicyPattern> left = [];
        foreach (PolicyPattern pattern in patterns)
        {
            DifferenceCandidate one = with([pattern]);
            if (one.Already.IsEmpty && one.Except.IsEmpty && !candidate.Already.IsEmpty)
            {
                kept.Add(pattern);
            }
            else
            {
                left.Add(pattern);
            }
        }

        while (left.Count > 0)
        {
            Answer answer = Ask(new RequestPredicate.DescribedBy(with(left).Description));
            if (answer.Verdict == Verdict.Holds)
            {
                break;
            }

            List<PolicyPattern> shown = answer.Witness is { } witness ? left.FindAll(p => PredicateReplay.Matches(p, field(witness), foldCase)) : [];
            if (shown.Count == 0)
            {
                kept.UnionWith(left);
                break;
            }

            kept.UnionWith(shown);
            left.RemoveAll(shown.Contains);
        }

        return patterns.Where(kept.Contains).ToImmutableArray();
    }

    /// <summary>Lines whose requests are all in the others.</summary>
    private void RemoveRepeated()
    {
        for (int i = found.Count - 1; i >= 0 && found.Count > 1; i--)
        {
            RequestPredicate[] others = [.. found.Where((_, at) => at != i).Select(f => new RequestPredicate.DescribedBy(f.Candidate.Description))];
            (DifferenceCandidate candidate, Answer answer) = found[i];
            if (answer.Witness is { } shown && !others.Cast<RequestPredicate.DescribedBy>()
                .Any(o => WitnessReplay.AllowsAlone(o.Document, query.Subject.Stack ?? Policy.Cases.PolicyStack.Empty, shown)))
            {
                continue;
            }

            Answer alone =
                Ask(new RequestPredicate.AllOf([new RequestPredicate.DescribedBy(candidate.Description),
                    new RequestPredicate.Not(new RequestPredicate.AnyOf(others))]));
            if (alone.Verdict == Verdict.Holds)
            {
                found.RemoveAt(i);
            }
            else if (alone.Verdict == Verdict.Violated)
            {
                // A request of no other line says more.
                found[i] = (candidate, alone);
            }
        }
    }

    private DifferenceLine Line((DifferenceCandidate Candidate, Answer Answer) one)
    {
        (DifferenceCandidate candidate, Answer answer) = one;
        Statement grant = candidate.Cell.Grant;
        ImmutableArray<Statement> except = Concerning(grant, [.. candidate.Except]), already = Concerning(grant, [.. candidate.Already]);
        return new DifferenceLine(
            candidate.Kind,
            grant,
            except,
            already,
            answer.Witness,
            answer.Verdict == Verdict.Unknown ? answer.Reason : null,
            answer.Verdict == Verdict.Violated && IsWhole(candidate));
    }

    /// <summary>Of what is left out of a line, that which takes some request away.</summary>
    private ImmutableArray<Statement> Concerning(Statement grant, List<Statement> left)
    {
        for (int i = left.Count - 1; i >= 0; i--)
        {
            Statement one = left[i];
            if (Holds(query with
            {
                Question = Question.NotGranted,
                Subject = Subject.Of(AccessDocument.Naming([grant, .. left.Where(l => l != one).Select(AccessDocument.Denying)])),
                Baseline = null,
                Property = AccessDocument.Naming([AccessDocument.Named(AccessDocument.As(Effect.Allow, one), one.Principal)]),
            }))
            {
                left.RemoveAt(i);
            }
        }

        return left.ToImmutableArray();
    }

    /// <summary>Whether all requests of a line are allowed by the one side, and by the other none.</summary>
    private bool IsWhole(DifferenceCandidate candidate)
    {
        var described = new RequestPredicate.DescribedBy(candidate.Description);
        Query none = query with { Question = Question.NotGranted, Baseline = null, Property = AccessDocument.Of([AccessDocument.All(Effect.Allow)]) };
        Query everything = query with { Subject = Subject.Of(AccessDocument.Of([AccessDocument.All(Effect.Allow)])), Baseline = query.Subject };
        return Holds(none with { Subject = query.Baseline!, Restriction = described })
            && (query.Subject is { Document: { } document, LetsThrough: false }
                ? Holds(none with
                {
                    Subject = everything.Subject,
                    Restriction = new RequestPredicate.AllOf([described, new RequestPredicate.Not(new RequestPredicate.DescribedBy(document))])
                })
                : Holds(everything with { Restriction = described }));
    }

    private Answer Outside() =>
        Ask(new RequestPredicate.Not(new RequestPredicate.AnyOf([.. found.Select(f => new RequestPredicate.DescribedBy(f.Candidate.Description))])));

    private bool Holds(Query asked)
    {
        Answer answer = Prover.Answer(asked, stop);
        return answer.Verdict == Verdict.Holds;
    }

    /// <summary>Whether there is a request that the one side allows and the other does not, and for which something else holds.</summary>
    private Answer Ask(RequestPredicate? predicate)
    {
        RequestPredicate[] all = [.. ((RequestPredicate?[])[within, predicate]).OfType<RequestPredicate>()];
        if (++questions > MostQuestions)
        {
            return new Answer(Verdict.Unknown, null, $"the difference takes more than {MostQuestions} questions", ImmutableArray<Because>.Empty,
                ImmutableArray<string>.Empty, 0, ImmutableArray<string>.Empty);
        }

        Answer answer = Prover.Answer(query with { Restriction = all.Length == 0 ? null : new RequestPredicate.AllOf(all) }, stop);
        if (answer.Verdict == Verdict.Holds)
        {
            assumptions.UnionWith(answer.Assumptions);
        }

        return answer;
    }
}
