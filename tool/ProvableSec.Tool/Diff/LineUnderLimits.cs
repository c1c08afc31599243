using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Differences;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Configurations;

namespace ProvableSec.Tool.Diff;

/// <summary>What of a line of new access gets through the policies that limit one stack.</summary>
internal sealed class LineUnderLimits
{
    private static readonly ImmutableArray<string> Tables = ["catalogue", "shapes"];

    private readonly DiffRequest request;
    private readonly PolicyChange change;
    private readonly ConfiguredStack stack;
    private readonly PolicyStack free;
    private readonly PolicyDocument line;
    private readonly bool isOfResource;

    /// <summary>Prepares the questions.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="change">The change that the line is of.</param>
    /// <param name="line">The line.</param>
    /// <param name="stack">A stack that has the policy.</param>
    public LineUnderLimits(DiffRequest request, PolicyChange change, DifferenceLine line, ConfiguredStack stack)
    {
        this.request = request;
        this.change = change;
        this.stack = stack;
        this.line = line.Description;
        isOfResource = line.Grant.Principal is not null;
        Limited = isOfResource ? stack.Stack! with { ResourcePolicy = line.Description, HasNoResourcePolicy = false }
            : stack.Stack! with { IdentityPolicies = [line.Description] };
        free = LimitParts.None(Limited);
    }

    /// <summary>The line as the only policy that grants, under all that limits.</summary>
    public PolicyStack Limited { get; }

    /// <summary>Whether it is proved that no request of the line gets through.</summary>
    public bool LetsNothingThrough(PolicyStack limited) => Ask(limited, null).Verdict == Verdict.Holds;

    /// <summary>A request of the line that gets through; null where none is known.</summary>
    public Witness? Example() => Ask(Limited, null).Witness;

    /// <summary>Whether it is proved that every request of the line gets through.</summary>
    public bool LetsAllThrough() => Ask(free, Limited).Verdict == Verdict.Holds;

    /// <summary>The policies without any of which something would get through, of those that block together.</summary>
    public IReadOnlyList<LimitParts.Part> Blockers()
    {
        PolicyStack current = Limited;
        var needed = new List<LimitParts.Part>();
        foreach (LimitParts.Part part in LimitParts.Of(Limited))
        {
            PolicyStack without = part.Removed(current);
            if (LetsNothingThrough(without))
            {
                current = without;
            }
            else
            {
                needed.Add(part);
            }
        }

        return needed;
    }

    /// <summary>The policies that each block something of the line.</summary>
    public IEnumerable<LimitParts.Part> BlockingAlone()
    {
        IReadOnlyList<LimitParts.Part> parts = LimitParts.Of(Limited);
        foreach (LimitParts.Part part in parts)
        {
            PolicyStack alone = parts.Where(other => other != part).Aggregate(Limited, (rest, other) => other.Removed(rest));
            if (Ask(free, alone).Verdict == Verdict.Violated)
            {
                yield return part;
            }
        }
    }

    /// <summary>What gets through, in lines; none where that is not known.</summary>
    public IEnumerable<DifferenceLine> Remaining()
    {
        if (isOfResource)
        {
            return [];
        }

        AccessDifference difference = DifferenceFinder.Find(new DifferenceQuestion
        {
            StackBefore = Limited with { IdentityPolicies = [] },
            StackAfter = Limited,
            Caller = stack.Caller,
            IsKnown = change.Names.Count == 0,
            AsOf = request.AsOf ?? ServiceData.ServiceCatalogue.Default.Date,
            Budget = request.Budget ?? Query.DefaultBudget,
        });
        return difference.Undecided is null ? difference.Added : [];
    }

    private Answer Ask(PolicyStack subject, PolicyStack? baseline) => Prover.Answer(new Query
    {
        Question = baseline is null ? Question.NotGranted : Question.NoNewAccess,
        Subject = Subject.Of(subject),
        Baseline = baseline is null ? null : Subject.Of(baseline),
        Property = baseline is null ? FullAccessPolicy.Unnamed : null,
        // AWS allows some calls to everybody, whatever the policies say.
        Restriction = new RequestPredicate.DescribedBy(line),
        Type = isOfResource ? PolicyType.Resource : PolicyType.Identity,
        TypeFrom = PolicyTypeOrigin.Stack,
        Request = RequestPattern.Any with
        {
            Principal = stack.Caller is { } caller && !isOfResource ? FieldPattern.Literal(caller.Name) : null,
            PrincipalType = isOfResource ? null : stack.Caller?.Kind,
            ResourceAccount = stack.ResourceAccount,
        },
        Explain = false,
        Without = change.Names.Count == 0 ? [] : Tables,
        AsOf = request.AsOf ?? ServiceData.ServiceCatalogue.Default.Date,
        Budget = request.Budget ?? Query.DefaultBudget,
    });
}
