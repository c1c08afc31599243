using System.Collections.Immutable;
using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Access;

/// <summary>A line for one caller, before callers with the same line are put together.</summary>
internal sealed record StackLine(AccessCell Cell, ImmutableArray<Statement> Denies, Witness? Witness, string? Undecided, Query Proof)
{
    public IEnumerable<Statement> Except => Denies.Concat(Cell.Limits);
}

/// <summary>What one caller is allowed of what is asked: proposes lines, and lets the prover say of each, and of all outside them, whether it is so.</summary>
internal sealed class StackAccess
{
    private const int MostBranches = 64;

    private readonly Query asked;
    private readonly List<StackLine> lines = [];
    private readonly List<Query> outside = [];
    private readonly SortedSet<string> assumptions = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Statement> notAsked;
    private readonly AccessBudget budget;
    private readonly CancellationToken cancellationToken;

    private StackAccess(Query asked, ImmutableArray<Statement> notAsked, AccessBudget budget, CancellationToken cancellationToken)
    {
        this.asked = asked;
        this.notAsked = notAsked;
        this.budget = budget;
        this.cancellationToken = cancellationToken;
    }

    /// <summary>The requests asked about.</summary>
    public Query Asked => asked;

    /// <summary>The lines; together they are all that is allowed unless <see cref="Undecided"/>.</summary>
    public IReadOnlyList<StackLine> Lines => lines;

    /// <summary>The questions that prove that nothing else is allowed.</summary>
    public IReadOnlyList<Query> Outside => outside;

    /// <summary>Why it is not proved that nothing else is allowed; null when it is.</summary>
    public string? Undecided { get; private set; }

    /// <summary>Names of the assumptions that the proofs need.</summary>
    public IEnumerable<string> Assumptions => assumptions;

    /// <summary>Finds the lines.</summary>
    /// <param name="asked">The stack and the requests asked about; its question plays no part.</param>
    /// <param name="cells">Proposes what the stack's Allow statements grant.</param>
    /// <param name="denies">The Deny statements that may concern the caller.</param>
    /// <param name="notAsked">Requests that policies outside the stack decide about, as Deny statements.</param>
    /// <param name="budget">What the proofs may cost.</param>
    /// <param name="cancellationToken">Ends the search early, undecided.</param>
    public static StackAccess Find(Query asked, Func<IReadOnlyList<AccessCell>?> cells, IReadOnlyList<Statement> denies, ImmutableArray<Statement> notAsked,
        AccessBudget budget, CancellationToken cancellationToken)
    {
        var access = new StackAccess(asked, notAsked, budget, cancellationToken);
        if (budget.Exhausted is { } reason)
        {
            access.Undecided = reason;
            return access;
        }

        Query none = access.About(Question.NotGranted, AccessDocument.Of(AccessDocument.All(Effect.Allow), notAsked));
        if (access.Ask(none).Verdict == Verdict.Holds)
        {
            access.outside.Add(none);
        }
        else if (cells() is { } proposed)
        {
            access.Decide(Joined(proposed), [.. denies.Select(AccessDocument.Possible).OfType<Statement>()]);
        }
        else
        {
            access.Undecided = $"more than {AccessProposal.MostCells} combinations of statements grant something of it";
        }

        return access;
    }

    private void Decide(IReadOnlyList<AccessCell> cells, IReadOnlyList<Statement> denies)
    {
        foreach (AccessCell cell in cells)
        {
            if (budget.Exhausted is { } reason)
            {
                Undecided = reason;
                return;
            }

            ImmutableArray<Statement> concerning = cell.IsFree ? ImmutableArray<Statement>.Empty
                : denies.Where(d => cell.MayBeDenied(d) && !NeverFires(cell, d)).Concat(notAsked.Where(cell.MayBeDenied)).ToImmutableArray();
            PolicyDocument described = AccessDocument.Of(cell.Grant, concerning.Concat(cell.Limits).Select(d => AccessDocument.As(Effect.Deny, d)));
            Answer some = Ask(About(Question.NotGranted, described));
            if (some.Verdict == Verdict.Holds)
            {
                continue;
            }

            Query proof = About(Question.Granted, described);
            Answer all = Ask(proof);
            string? doubt = all switch
            {
                { Verdict: Verdict.Holds } => null,
                { Verdict: Verdict.Unknown } => all.Reason,
                { Witness.Readings: not Reading.None } => "not under every reading of AWS's documentation: "
                    + string.Join(", ", ReadingNames.Of(all.Witness!.Readings)),
                _ => "",
            };
            if (doubt != "")
            {
                lines.Add(new StackLine(cell, concerning, some.Witness, doubt, proof));
            }
        }

        RemoveRepeated();
        ProveOutside(denies);
    }

    /// <summary>A Deny whose conditions cannot hold for this caller need not be shown.</summary>
    private bool NeverFires(AccessCell cell, Statement deny) => deny.Conditions.Length > 0
        && Ask(About(Question.NotGranted, AccessDocument.Of([AccessDocument.As(Effect.Allow, deny)])) with
        {
            Subject = Subject.Of(AccessDocument.Of([cell.Grant])),
            Type = PolicyType.Identity,
        }).Verdict == Verdict.Holds;

    /// <summary>Lines that lie in the others together.</summary>
    private void RemoveRepeated()
    {
        for (int i = lines.Count - 1; i >= 0; i--)
        {
            StackLine line = lines[i];
            Statement[] others = [.. lines.Where(l => l != line && l.Undecided is null && l.Cell.Limits.IsEmpty
                && l.Cell.MayBeDenied(AccessDocument.As(Effect.Deny, line.Cell.Grant))).Select(l => AccessDocument.As(Effect.Deny, l.Cell.Grant))];
            if (line is { Undecided: null, Cell.IsFree: false } && others.Length > 0
                && Ask(About(Question.NotGranted, AccessDocument.Of(AccessDocument.All(Effect.Allow), others)) with
                {
                    Subject = Subject.Of(AccessDocument.Of(line.Cell.Grant, line.Cell.Limits)),
                    Type = PolicyType.Identity,
                }).Verdict == Verdict.Holds)
            {
                lines.RemoveAt(i);
            }
        }
    }

    /// <summary>
    /// A request outside the lines is denied, or for each line outside its grant or inside one of its limits: each choice of these is a question.
    /// </summary>
    private void ProveOutside(IReadOnlyList<Statement> denies)
    {
        if (denies.Count > 0)
        {
            outside.Add(About(Question.NotGranted, AccessDocument.Of(
                denies.Select(d => AccessDocument.As(Effect.Allow, d)).Concat(notAsked)
                    .Concat(lines.Where(l => l.Cell.IsFree).Select(l => AccessDocument.As(Effect.Deny, l.Cell.Grant))))));
        }

        var branches = new List<ImmutableArray<Statement>> { ImmutableArray<Statement>.Empty };
        foreach (StackLine line in lines)
        {
            Statement not = AccessDocument.As(Effect.Deny, line.Cell.Grant);
            branches =
                [.. branches.SelectMany(b => line.Cell.Limits.Select(limit => b.Contains(AccessDocument.Complement(limit)) ? b
                    : b.Add(AccessDocument.Complement(limit))).Append(b.Add(not)))];
            if (branches.Count > MostBranches)
            {
                Undecided = "too many lines leave something out (NotAction, NotResource) for what lies outside them to be asked about";
                return;
            }
        }

        foreach (ImmutableArray<Statement> branch in branches)
        {
            outside.Add(About(Question.NotGranted, AccessDocument.Of(AccessDocument.All(Effect.Allow), branch.AddRange(notAsked))));
        }

        foreach (Query query in outside)
        {
            Answer answer = Ask(query);
            Undecided ??= answer switch
            {
                { Verdict: Verdict.Holds } => null,
                { Witness: { } witness } => $"more may be allowed than the lines say ({witness.Request.Action} on {witness.Request.Resource}"
                    + (witness.Readings == Reading.None ? ")" : $", under the reading {string.Join(", ", ReadingNames.Of(witness.Readings))})"),
                _ => answer.Reason,
            };
        }
    }

    private Query About(Question question, PolicyDocument property) => asked with { Question = question, Property = property };

    private Answer Ask(Query query)
    {
        Answer answer = budget.Answer(query, cancellationToken);
        if (answer.Verdict == Verdict.Holds)
        {
            assumptions.UnionWith(answer.Assumptions);
        }

        return answer;
    }

    /// <summary>Cells that differ in actions only, or in resources only, said as one.</summary>
    private static List<AccessCell> Joined(IReadOnlyList<AccessCell> cells)
    {
        List<AccessCell> byActions = [.. cells.GroupBy(c => c.KeyWithoutActions, StringComparer.Ordinal)
            .Select(g => g.Skip(1).Aggregate(g.First(), (all, one) => all.AndActions(one.Actions)))];
        return [.. byActions.GroupBy(c => c.KeyWithoutResources, StringComparer.Ordinal)
            .Select(g => g.Skip(1).Aggregate(g.First(), (all, one) => all.AndResources(one.Resources)))];
    }
}
