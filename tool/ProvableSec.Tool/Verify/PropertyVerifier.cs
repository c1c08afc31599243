using System.Collections.Immutable;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Verify;

/// <summary>Asks what properties ask, several at a time, and puts the answers about several stacks together.</summary>
internal static class PropertyVerifier
{
    /// <summary>Asks.</summary>
    /// <param name="file">The configuration's name.</param>
    /// <param name="properties">The properties.</param>
    /// <param name="limits">What the command line says about every question.</param>
    /// <param name="jobs">How many at a time.</param>
    /// <param name="progress">Is told of each question that is answered.</param>
    public static ImmutableArray<VerdictReport> Ask(string file, IReadOnlyList<ConfiguredProperty> properties, AnswerLimits limits, int jobs, Progress progress)
    {
        (int Property, int Question)[] work = [.. properties.SelectMany((property, p) => property.Questions.Select((_, q) => (p, q)))];
        var answers = new AskedAnswer[work.Length];
        Parallel.For(0, work.Length, new ParallelOptions { MaxDegreeOfParallelism = jobs }, i =>
        {
            answers[i] = limits.Ask(properties[work[i].Property].Questions[work[i].Question].Query, properties[work[i].Property].Id);
            lock (progress)
            {
                progress.Add(1);
            }
        });

        var reports = ImmutableArray.CreateBuilder<VerdictReport>(properties.Count);
        int next = 0;
        foreach (ConfiguredProperty property in properties)
        {
            reports.Add(Together(file, property, answers.AsSpan(next, property.Questions.Length)));
            next += property.Questions.Length;
        }

        return reports.MoveToImmutable();
    }

    private static VerdictReport Together(string file, ConfiguredProperty property, ReadOnlySpan<AskedAnswer> answers)
    {
        var report = new VerdictReport
        {
            Id = property.Id,
            Says = property.Says,
            Severity = property.Severity,
            Expected = property.Expect,
            File = file,
            Position = property.Position,
            Problems = property.Problems,
            Stacks = answers.Length,
        };
        if (answers.IsEmpty)
        {
            return report;
        }

        int worst = 0;
        long micros = 0, steps = 0;
        var assumptions = new SortedSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < answers.Length; i++)
        {
            worst = Badness(answers[i].Answer) > Badness(answers[worst].Answer) ? i : worst;
            micros += answers[i].Micros;
            steps += answers[i].Answer.Steps;
            assumptions.UnionWith(answers[i].Answer.Assumptions);
        }

        Answer answer = answers[worst].Answer;
        ImmutableArray<(string? Stack, ImmutableArray<string> Given)> given = [.. property.Questions.Zip(answers.ToArray(), (question, asked) => (question.Stack, asked.Answer.Given))];
        return report with
        {
            Stack = property.Questions[worst].Stack,
            Query = answers[worst].Query,
            Answer = answer with
            {
                Steps = steps,
                Assumptions = answer.Verdict == Verdict.Holds ? [.. assumptions] : answer.Assumptions,
                Given = answer.Verdict != Verdict.Holds || given.Length == 1 ? answer.Given : [.. given.Select(g => $"stack {g.Stack} ({string.Join(", ", g.Given)})")],
                Facts = answer.Verdict == Verdict.Holds ? [.. answers.ToArray().SelectMany(a => a.Answer.Facts).Distinct()] : answer.Facts,
                Stronger = answer.Verdict == Verdict.Holds ? answers.ToArray().Select(a => a.Answer.Stronger).OfType<string>().MaxBy(words => words.Length) : answer.Stronger,
                Warnings = answer.Warnings.AddRange(VacuousMembers(property, answers, worst)),
            },
            GivenToEach = given,
            Micros = micros,
            Opinions = Together(answers),
            Certificate = AnswerCertificate.Together(answers.ToArray().Select(a => a.Certificate)),
        };
    }

    /// <summary>
    /// The stacks of which a property that holds says nothing, though it says something of others: a claim about a set is vacuous only where it
    /// is for every member (docs/semantics.md, "What is not given is not known").
    /// </summary>
    private static List<string> VacuousMembers(ConfiguredProperty property, ReadOnlySpan<AskedAnswer> answers, int worst)
    {
        var members = new List<string>();
        if (answers[worst].Answer.Vacuous is null)
        {
            for (int i = 0; i < answers.Length; i++)
            {
                if (answers[i].Answer.Vacuous is { } reason)
                {
                    members.Add($"stack {property.Questions[i].Stack}: holds, but says nothing: {reason}");
                }
            }
        }

        return members;
    }

    /// <summary>What each solver said of all answers: the worst of it.</summary>
    private static ImmutableArray<(string Solver, string Opinion)> Together(ReadOnlySpan<AskedAnswer> answers)
    {
        ImmutableArray<(string Solver, string Opinion)> worst = answers[0].Opinions;
        foreach (AskedAnswer answer in answers)
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
