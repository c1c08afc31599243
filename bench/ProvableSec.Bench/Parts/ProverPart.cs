using System.Diagnostics;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Bench.Workload;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Bench.Parts;

/// <summary>
/// Questions about published and generated policies, on one thread: of documents met before, as a gate or an editor asks them, and with every document read
/// anew; as they are answered for a reader, and for the verdict alone. Every verdict is held against the stored one.
/// </summary>
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

        var met = new Dictionary<string, PolicyDocument>(StringComparer.Ordinal);

        // Once uncounted: the first seconds run on code that is still being compiled.
        var cold = Stopwatch.StartNew();
        foreach (CorpusQuestion question in questions)
        {
            Prover.Answer(question.Ask(Met));
        }

        report.Add("first pass over all of them", cold.Elapsed.TotalMilliseconds, "ms");
        Pass[] passes =
        [
            Pass.Over(questions, "met before", question => question.Ask(Met)),
            Pass.Over(questions, "read anew", question => question.Read()),
            Pass.Over(questions, "met before, verdict only", question => question.Ask(Met) with { Explain = false }),
            Pass.Over(questions, "read anew, verdict only", question => question.Read() with { Explain = false }),
        ];
        Answer[] answers = passes[0].Answers;
        report.Add("questions", questions.Count, "", Count(answers));
        report.AddAtLeast("decided", 100.0 - (100.0 * answers.Count(IsUndecided) / questions.Count), "%", 99.9);
        report.Remark(ThreadTime.IsKnown ? "times are processor time of the thread"
            : "times are wall time: the system does not tell processor time of a thread");
        foreach (Pass pass in passes)
        {
            report.AddAtLeast($"{pass.Name}: questions a second", pass.PerSecond, "/s", pass == passes[0] ? 10_000 : 6_000,
                $"{pass.WallPerSecond:0} by wall time, {pass.BytesEach / 1024:0} KiB allocated for each");
            report.AddAtMost($"{pass.Name}: p50", Measurement.Median(pass.Times), "us", pass == passes[0] ? 50 : 100);
            report.AddAtMost($"{pass.Name}: p99.9", Measurement.Percentile(pass.Times, 0.999), "us", 5_000);
            report.AddAtMost($"{pass.Name}: max", pass.Times.Max(), "us", 1_000_000);
        }

        double[] times = passes[0].Times, steps = [.. answers.Select(a => (double)a.Steps)];
        foreach (IGrouping<string, int> kind in Enumerable.Range(0, questions.Count).GroupBy(i => questions[i].Kind))
        {
            double[] ofKind = [.. kind.Select(i => times[i])];
            report.Add($"{kind.Key}, p50", Measurement.Median(ofKind), "us",
                $"mean {ofKind.Average():0}, p90 {Measurement.Percentile(ofKind, 0.9):0}, p99 {Measurement.Percentile(ofKind, 0.99):0}, p99.9 {Measurement.Percentile(ofKind, 0.999):0}, max {ofKind.Max():0}; {Count([.. kind.Select(i => answers[i])])}");
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

        foreach (Pass pass in passes)
        {
            Check(questions, pass, options.Record && pass == passes[0], report);
        }

        PolicyDocument Met(string text)
        {
            if (!met.TryGetValue(text, out PolicyDocument? document))
            {
                met.Add(text, document = CorpusQuestion.ReadAnew(text));
            }

            return document;
        }
    }

    private static void Check(IReadOnlyList<CorpusQuestion> questions, Pass pass, bool record, Report report)
    {
        var stored = StoredVerdicts.Of(questions);
        if (record)
        {
            stored.Write(pass.Answers.Select(a => a.Verdict));
            return;
        }

        if (!stored.AreOfTheseQuestions)
        {
            report.Remark("the stored verdicts are of other questions: --record stores these");
            return;
        }

        foreach ((int i, Answer answer) in pass.Answers.Index().Where(a => stored.Contradict(a.Index, a.Item.Verdict)))
        {
            report.Fault($"{pass.Name}: {questions[i].Name}: {answer.Verdict}, which it was not before");
        }
    }

    /// <summary>Where access points decide, unknown is the answer, not a failure to find one.</summary>
    private static bool IsUndecided(Answer answer) => answer.Verdict == Verdict.Unknown && answer.UnknownBecause != UnknownReason.AccessPointsDecide;

    private static string Count(Answer[] answers) => string.Join(", ", answers.CountBy(a => a.Verdict).OrderBy(v => v.Key).Select(v => $"{v.Value} {v.Key}"));

    /// <summary>All questions, once each.</summary>
    private sealed record Pass(string Name, Answer[] Answers, double[] Times, double WallSeconds, double BytesEach)
    {
        public double PerSecond => Times.Length / (Times.Sum() / 1e6);

        public double WallPerSecond => Times.Length / WallSeconds;

        public static Pass Over(IReadOnlyList<CorpusQuestion> questions, string name, Func<CorpusQuestion, Query> read)
        {
            double[] times = new double[questions.Count];
            var answers = new Answer[questions.Count];
            long allocated = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            for (int i = 0; i < questions.Count; i++)
            {
                double from = Now();
                answers[i] = Prover.Answer(read(questions[i]));
                times[i] = Now() - from;
            }

            double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
            return new Pass(name, answers, times, wall, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)questions.Count);
        }

        private static double Now() => ThreadTime.IsKnown ? ThreadTime.Microseconds() : Stopwatch.GetTimestamp() * 1e6 / Stopwatch.Frequency;
    }
}
