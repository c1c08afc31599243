using System.Diagnostics;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Workload;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Bench.Parts;

/// <summary>Questions about published and generated policies, reading included; every verdict is held against the stored one.</summary>
internal sealed class ProverPart : IBenchPart
{
    private const int Slowest = 5;

    public string Name => "prover";

    public void Run(BenchOptions options, Report report)
    {
        if (CorpusQuestions.ReadAll(options.Shared, report) is not { } questions)
        {
            return;
        }

        // Once uncounted: the first seconds run on code that is still being compiled.
        var cold = Stopwatch.StartNew();
        foreach (CorpusQuestion question in questions)
        {
            Prover.Answer(question.Read());
        }

        double first = cold.Elapsed.TotalMilliseconds;
        double[] times = new double[questions.Count], steps = new double[questions.Count];
        var answers = new Answer[questions.Count];
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < questions.Count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            answers[i] = Prover.Answer(questions[i].Read());
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            steps[i] = answers[i].Steps;
        }

        TimeSpan wall = clock.Elapsed, cpu = Environment.CpuUsage.TotalTime - before;
        report.Add("questions", questions.Count, "", Count(answers));
        report.AddAtLeast("decided", 100.0 - (100.0 * answers.Count(IsUndecided) / questions.Count), "%", 99.9);
        report.AddAtLeast("questions a second, reading included", questions.Count / wall.TotalSeconds, "/s", 11_574);
        report.Add("the same by processor time", questions.Count / cpu.TotalSeconds, "/s", "compiling in the background included");
        report.Add("first pass over all of them", first, "ms");
        report.AddAtMost("p50", Measurement.Median(times), "us", 100);
        report.AddAtMost("p99.9", Measurement.Percentile(times, 0.999), "us", 10_000);
        report.AddAtMost("max", times.Max(), "us", 1_000_000);
        foreach (IGrouping<string, int> kind in Enumerable.Range(0, questions.Count).GroupBy(i => questions[i].Kind))
        {
            double[] ofKind = [.. kind.Select(i => times[i])];
            report.Add($"{kind.Key}, p50", Measurement.Median(ofKind), "us",
                $"p90 {Measurement.Percentile(ofKind, 0.9):0}, p99 {Measurement.Percentile(ofKind, 0.99):0}, p99.9 {Measurement.Percentile(ofKind, 0.999):0}, max {ofKind.Max():0}; {Count([.. kind.Select(i => answers[i])])}");
        }

        report.Add("steps p50", Measurement.Median(steps), "");
        report.Add("steps max", steps.Max(), "");
        foreach ((int i, double time) in times.Index().OrderByDescending(t => t.Item).Take(Slowest))
        {
            report.Remark($"slow: {time / 1000:0.0} ms, {steps[i]:0} steps: {questions[i].Name}");
        }

        foreach ((int i, Answer answer) in answers.Index().Where(a => IsUndecided(a.Item)).Take(4 * Slowest))
        {
            report.Remark($"unknown: {questions[i].Name}: {answer.Reason}");
        }

        Check(questions, answers, options.Record, report);
    }

    private static void Check(IReadOnlyList<CorpusQuestion> questions, Answer[] answers, bool record, Report report)
    {
        var stored = StoredVerdicts.Of(questions);
        if (record)
        {
            stored.Write(answers.Select(a => a.Verdict));
            return;
        }

        if (!stored.AreOfTheseQuestions)
        {
            report.Remark("the stored verdicts are of other questions: --record stores these");
            return;
        }

        foreach ((int i, Answer answer) in answers.Index().Where(a => stored.Contradict(a.Index, a.Item.Verdict)))
        {
            report.Fault($"{questions[i].Name}: {answer.Verdict}, which it was not before");
        }
    }

    /// <summary>Where access points decide, unknown is the answer, not a failure to find one.</summary>
    private static bool IsUndecided(Answer answer) => answer.Verdict == Verdict.Unknown && answer.UnknownBecause != UnknownReason.AccessPointsDecide;

    private static string Count(Answer[] answers) => string.Join(", ", answers.CountBy(a => a.Verdict).OrderBy(v => v.Key).Select(v => $"{v.Value} {v.Key}"));
}
