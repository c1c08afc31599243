using System.Collections.Immutable;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>Puts the answers about the stacks of a property together: what is reported is the worst of them.</summary>
/// <param name="property">The property.</param>
/// <param name="answers">An answer to each of its questions.</param>
/// <param name="today">The day that waivers must not be before.</param>
internal sealed class PropertyVerifier(ConfiguredProperty property, PairAnswer[] answers, DateTime today)
{
    /// <summary>More stacks than that are not listed one by one.</summary>
    private const int MostListed = 8, MostNamed = 3;

    private readonly HashSet<PropertyWaiver> used = [];

    /// <summary>What is wrong with the waivers of the property: that they are over, or cover nothing.</summary>
    public List<PolicyProblem> WaiverProblems { get; } = [];

    /// <summary>The report.</summary>
    public VerdictReport Report()
    {
        var report = new VerdictReport
        {
            Id = property.Id,
            Says = property.Says,
            Owner = property.Owner,
            Rationale = property.Rationale,
            Severity = property.Severity,
            Expected = property.Expect,
            File = property.File,
            Position = property.Position,
            Problems = property.Problems,
            Stacks = answers.Length,
        };
        if (answers.Length == 0)
        {
            return report;
        }

        AskedAnswer[] asked = [.. answers.Select(answer => answer.Asked).OfType<AskedAnswer>()
            .DistinctBy(one => one.Answer, ReferenceEqualityComparer.Instance)];
        PolicyProblem[] crashes = [.. answers.Where(answer => answer.Crash is not null).DistinctBy(answer => answer.Crash).Take(1).Select(Crashed)];
        if (crashes.Length > 0)
        {
            report = report with { Problems = [.. report.Problems, .. crashes] };
        }

        if (asked.Length == 0)
        {
            return report;
        }

        ImmutableArray<AcceptedViolation> accepted = Accepted(out bool[] isAccepted);
        int[] counted = [.. Enumerable.Range(0, answers.Length).Where(i => answers[i].Asked is not null && !isAccepted[i])];
        int worst = (counted.Length > 0 ? counted : Enumerable.Range(0, answers.Length).Where(i => answers[i].Asked is not null)).MaxBy(i =>
            Badness(answers[i].Asked!.Value.Answer));
        AskedAnswer shown = answers[worst].Asked!.Value;
        Answer answer = shown.Answer;
        bool holds = answer.Verdict == Verdict.Holds;
        ImmutableArray<(string? Stack, ImmutableArray<string> Given)> given =
            [.. property.Questions.Zip(answers, (question, one) => (question.Stack, one.Given))];
        return report with
        {
            Stack = property.Questions[worst].Stack,
            Query = shown.Query,
            Answer = crashes.Length > 0 && (holds || counted.Length == 0) ? null : answer with
            {
                Steps = asked.Sum(one => one.Answer.Steps),
                Assumptions = holds ? [.. asked.SelectMany(one => one.Answer.Assumptions).Distinct().Order(StringComparer.Ordinal)] : answer.Assumptions,
                Given = !holds || given.Length == 1 ? answers[worst].Given : GivenTogether(given),
                Facts = holds ? [.. asked.SelectMany(one => one.Answer.Facts).Distinct()] : answer.Facts,
                Stronger = holds ? asked.Select(one => one.Answer.Stronger).OfType<string>().MaxBy(words => words.Length) : answer.Stronger,
                Warnings = answer.Warnings.AddRange(answer.Vacuous is null ? VacuousMembers() : []),
            },
            GivenToEach = given,
            AlsoViolated = answer.Verdict == Verdict.Violated
                ? [.. counted.Where(i => i != worst && answers[i].Asked!.Value.Answer.Verdict == Verdict.Violated).Select(i => property.Questions[i].Stack)
                    .OfType<string>()] : [],
            Accepted = accepted,
            IsAccepted = counted.Length == 0,
            Micros = asked.Sum(one => one.Micros),
            Opinions = Together(asked),
            Certificate = AnswerCertificate.Together(asked.Select(one => one.Certificate)),
        };
    }

    private PolicyProblem Crashed(PairAnswer answer)
    {
        string? stack = property.Questions[Array.IndexOf(answers, answer)].Stack;
        return new PolicyProblem(
            ProblemCode.UnreadableFile,
            $"internal error ({answer.Crash!.GetType().Name}){(stack is null ? "" : $" with the stack {stack}")}; this is a bug in provablesec, not in its "
                + $"input", default, "", property.Position, property.File);
    }

    /// <summary>The violations that waivers accept, and which answers they are.</summary>
    private ImmutableArray<AcceptedViolation> Accepted(out bool[] isAccepted)
    {
        isAccepted = new bool[answers.Length];
        var accepted = ImmutableArray.CreateBuilder<AcceptedViolation>();
        for (int i = 0; i < answers.Length && !property.Waivers.IsEmpty; i++)
        {
            if (answers[i].Asked is not { } one || Outcomes.Of(one.Answer.Verdict, property.Expect) is not (Outcome.Violated or Outcome.HoldsUnexpectedly))
            {
                continue;
            }

            PropertyWaiver[] covering = [.. property.Waivers.Where(waiver => waiver.Covers(property.Questions[i]))];
            used.UnionWith(covering);
            if (Array.Find(covering, waiver => waiver.Until >= today) is { } valid)
            {
                isAccepted[i] = true;
                accepted.Add(new AcceptedViolation(property.Questions[i].Stack, valid.Reason, valid.Owner, valid.Until));
            }
        }

        foreach (PropertyWaiver waiver in property.Waivers)
        {
            string stack = waiver.Stack is { } about ? $" for {about}" : "";
            string? wrong = !used.Contains(waiver) ? $"the waiver of {property.Id}{stack} covers no violation; take it out"
                : waiver.Until < today ? $"the waiver of {property.Id}{stack} ended on {waiver.Until:yyyy-MM-dd}; fix what it covers, or decide anew" : null;
            if (wrong is not null)
            {
                WaiverProblems.Add(new PolicyProblem(ProblemCode.EmptyList, wrong, default, "", waiver.Position, property.File));
            }
        }

        return accepted.ToImmutable();
    }

    /// <summary>What each stack was given; of many, how many were given the same.</summary>
    private static ImmutableArray<string> GivenTogether(ImmutableArray<(string? Stack, ImmutableArray<string> Given)> given) => given.Length <= MostListed
        ? [.. given.Select(one => $"stack {one.Stack} ({string.Join(", ", one.Given)})")]
        : [.. given.GroupBy(one => string.Join(", ", one.Given), one => one.Stack)
            .Select(same => same.Count() == 1 ? $"stack {same.First()} ({same.Key})" : $"{same.Count()} stacks ({same.Key})")];

    /// <summary>
    /// The stacks of which a property that holds says nothing, though it says something of others: a claim about a set is vacuous only where it
    /// is for every member (docs/semantics.md, "Policies that are not given").
    /// </summary>
    private List<string> VacuousMembers() =>
    [
        .. Enumerable.Range(0, answers.Length).Where(i => answers[i].Asked?.Answer.Vacuous is not null)
            .GroupBy(i => answers[i].Asked!.Value.Answer.Vacuous!, i => property.Questions[i].Stack)
            .SelectMany(same => same.Count() <= MostListed ? same.Select(stack => $"stack {stack}: holds, but says nothing: {same.Key}")
                : [$"{same.Count()} stacks ({string.Join(", ", same.Take(MostNamed))}, …): holds, but says nothing: {same.Key}"]),
    ];

    /// <summary>What each solver said of all answers: the worst of it.</summary>
    private static ImmutableArray<(string Solver, string Opinion)> Together(AskedAnswer[] answers)
    {
        ImmutableArray<(string Solver, string Opinion)> worst = answers.Select(answer => answer.Opinions).FirstOrDefault(opinions => !opinions.IsEmpty, []);
        foreach (AskedAnswer answer in answers.Where(answer => answer.Opinions.Length == worst.Length))
        {
            for (int i = 0; i < worst.Length; i++)
            {
                worst = Badness(answer.Opinions[i].Opinion) > Badness(worst[i].Opinion) ? worst.SetItem(i, answer.Opinions[i]) : worst;
            }
        }

        return worst;
    }

    private static int Badness(string opinion) => opinion switch
    {
        "disagrees" => 2,
        "no-answer" => 1,
        _ => 0,
    };

    private static int Badness(Answer answer) => answer switch
    {
        { Verdict: Verdict.Violated } => 3,
        { Verdict: Verdict.Unknown } => 2,
        { Vacuous: null } => 1,
        _ => 0,
    };
}
