using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Differences;

/// <summary>Says what a change lets anybody do that they could not do before, and the other way around, in lines that the prover confirms one by one.</summary>
internal static class DifferenceFinder
{
    /// <summary>Finds the difference.</summary>
    public static AccessDifference Find(DifferenceQuestion question) => FindUntil(question, CancellationToken.None);

    /// <summary>Finds the difference for somebody who may not wait.</summary>
    /// <param name="question">The question.</param>
    /// <param name="stop">Ends the search early; what is left is undecided.</param>
    public static AccessDifference FindUntil(DifferenceQuestion question, CancellationToken stop)
    {
        Query like = new()
        {
            Question = Question.NoNewAccess,
            Subject = Subject.Of(Nothing),
            Type = question.Type,
            TypeFrom = PolicyTypeOrigin.Query,
            Budget = question.Budget,
            AsOf = question.AsOf,
            World = question.World,
            Explain = false,
            Without = question.IsKnown ? ImmutableArray<string>.Empty : Tables,
        };
        if (question is { StackBefore: { } stackBefore, StackAfter: { } stackAfter })
        {
            like = like with
            {
                TypeFrom = PolicyTypeOrigin.Stack,
                Request = question.Caller is { } caller ? new RequestPattern { Principal = FieldPattern.Literal(caller.Name), PrincipalType = caller.Kind }
                    : RequestPattern.Any,
            };
            return Both(like, DifferenceSide.Of(stackBefore, question.Caller), DifferenceSide.Of(stackAfter, question.Caller), DifferenceKind.Granted, null,
                null, stop);
        }

        PolicyDocument before = question.Before ?? Nothing, after = question.After ?? Nothing;
        bool limits = question.Type is not (PolicyType.Identity or PolicyType.Resource or PolicyType.Trust)
            || (OnlyDenies(question.Before) && OnlyDenies(question.After));
        if (limits)
        {
            // Where nothing limits, everything is let through.
            return Both(like, Limiting(question.Before, question.Type), Limiting(question.After, question.Type), DifferenceKind.LetThrough, null, null, stop);
        }

        DifferenceSide was = DifferenceSide.Of(Subject.Of(before)), now = DifferenceSide.Of(Subject.Of(after));
        AccessDifference granted = Together(
            DifferenceSearch.Run(like, question.Type == PolicyType.Identity ? Own(now, was) : now, was, DifferenceKind.Granted, null, stop),
            DifferenceSearch.Run(like, question.Type == PolicyType.Identity ? Own(was, now) : was, now, DifferenceKind.Granted, null, stop));
        if (question.Type is PolicyType.Resource or PolicyType.Trust || !before.Statements.Concat(after.Statements).Any(s => s.Effect == Effect.Deny))
        {
            return granted;
        }

        // A Deny also counts against what other policies allow, of which nothing is known here.
        AccessDifference denied = Both(
            like,
            DifferenceSide.Of(Subject.Of(before).BesideFullAccess()),
            DifferenceSide.Of(Subject.Of(after).BesideFullAccess()),
            DifferenceKind.LetThrough,
            new RequestPredicate.Not(new RequestPredicate.DescribedBy(after)),
            new RequestPredicate.Not(new RequestPredicate.DescribedBy(before)),
            stop);
        return new AccessDifference(
            granted.Added.AddRange(denied.Added),
            granted.Removed.AddRange(denied.Removed),
            granted.Undecided ?? denied.Undecided,
            granted.Assumptions.Union(denied.Assumptions).OrderBy(a => a, StringComparer.Ordinal).ToImmutableArray());
    }

    /// <summary>What only tables say of AWS, and how names look there.</summary>
    private static readonly ImmutableArray<string> Tables = ImmutableArray.Create("catalogue", "shapes");

    private static PolicyDocument Nothing { get; } = new(new DocumentText(""), PolicyVersion.V2012, true, null, ImmutableArray<Statement>.Empty,
        ImmutableArray<PolicyProblem>.Empty);

    private static bool OnlyDenies(PolicyDocument? document) => document is null || document.Statements.All(s => s.Effect == Effect.Deny);

    /// <summary>A policy that limits: where there is none, or it only denies, what it does not deny is let through.</summary>
    private static DifferenceSide Limiting(PolicyDocument? document, PolicyType type)
    {
        var subject = Subject.Of(document ?? Nothing);
        return DifferenceSide.Of(type == PolicyType.ResourceControlPolicy || OnlyDenies(document) ? subject.BesideFullAccess() : subject);
    }

    private static AccessDifference Both(Query like, DifferenceSide before, DifferenceSide after, DifferenceKind kind, RequestPredicate? ofAdded,
        RequestPredicate? ofRemoved, CancellationToken stop)
    {
        return Together(
            DifferenceSearch.Run(like, after, before, kind, ofAdded, stop),
            DifferenceSearch.Run(like, before, after, kind, ofRemoved, stop));
    }

    /// <summary>
    /// A side without the statements that the other one has as well. Where it also denies all that the other denies, what such a statement allows on this
    /// side is allowed on the other, too: only the rest can be on one side alone.
    /// </summary>
    private static DifferenceSide Own(DifferenceSide side, DifferenceSide other)
    {
        PolicyDocument document = side.Subject.Document!, others = other.Subject.Document!;
        if (document.Version != others.Version)
        {
            return side;
        }

        var own = new HashSet<string>(document.Statements.Select(s => TextOf(document, s)), StringComparer.Ordinal);
        var common = new HashSet<string>(StringComparer.Ordinal);
        foreach (Statement statement in others.Statements)
        {
            string text = TextOf(others, statement);
            if (statement.Effect == Effect.Deny && !own.Contains(text))
            {
                return side;
            }

            common.Add(text);
        }

        PolicyDocument rest = document.Where(s => s.Effect == Effect.Deny || !common.Contains(TextOf(document, s)));
        return rest.Statements.Length == document.Statements.Length ? side : DifferenceSide.Of(Subject.Of(rest));
    }

    private static string TextOf(PolicyDocument document, Statement statement) => PolicyWriter.Write(document.Where(s => ReferenceEquals(s, statement)));

    private static AccessDifference Together(DifferenceSearch added, DifferenceSearch removed)
    {
        return new AccessDifference(
            added.Lines.ToImmutableArray(),
            removed.Lines.ToImmutableArray(),
            added.Undecided ?? removed.Undecided,
            added.Assumptions.Concat(removed.Assumptions).Distinct().OrderBy(a => a, StringComparer.Ordinal).ToImmutableArray());
    }
}
