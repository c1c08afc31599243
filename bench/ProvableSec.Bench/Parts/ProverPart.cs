using System.Diagnostics;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Workload;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Bench.Parts;

/// <summary>No new access between neighbours by name, in both directions: names that begin alike stand for policies that are alike.</summary>
internal sealed class ProverPart : IBenchPart
{
    private const int Slowest = 5;

    public string Name => "prover";

    public void Run(BenchOptions options, Report report)
    {
        if (ManagedPolicy.ReadAll(options.Shared, report) is not { } policies)
        {
            return;
        }

        List<(ManagedPolicy Policy, ManagedPolicy Baseline)> pairs = [.. policies.Zip(policies.Skip(1)).SelectMany(p => new[] { (p.First, p.Second), (p.Second, p.First) })];
        // Once uncounted: the first seconds run on code that is still being compiled.
        var cold = Stopwatch.StartNew();
        foreach ((ManagedPolicy policy, ManagedPolicy baseline) in pairs)
        {
            Ask(policy, baseline);
        }

        double first = cold.Elapsed.TotalMilliseconds;
        double[] times = new double[pairs.Count], steps = new double[pairs.Count];
        var verdicts = new Dictionary<Verdict, int>();
        var reasons = new Dictionary<string, int>();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < pairs.Count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Answer answer = Ask(pairs[i].Policy, pairs[i].Baseline);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            steps[i] = answer.Steps;
            verdicts[answer.Verdict] = verdicts.GetValueOrDefault(answer.Verdict) + 1;
            if (answer.Verdict == Verdict.Unknown)
            {
                reasons[answer.Reason] = reasons.GetValueOrDefault(answer.Reason) + 1;
            }
        }

        TimeSpan wall = clock.Elapsed, cpu = Environment.CpuUsage.TotalTime - before;
        double unknown = 100.0 * verdicts.GetValueOrDefault(Verdict.Unknown) / pairs.Count;
        report.Add("questions", pairs.Count, "", string.Join(", ", verdicts.OrderBy(v => v.Key).Select(v => $"{v.Value} {v.Key}")));
        report.AddAtLeast("decided", 100 - unknown, "%", 99.9);
        report.AddAtLeast("questions a second, reading included", pairs.Count / wall.TotalSeconds, "/s", 11_574);
        report.Add("the same by processor time", pairs.Count / cpu.TotalSeconds, "/s", "compiling in the background included");
        report.Add("first pass over all of them", first, "ms");
        report.AddAtMost("p50, reading both documents included", Measurement.Median(times), "us", 100);
        report.Add("p90", Measurement.Percentile(times, 0.9), "us");
        report.Add("p99", Measurement.Percentile(times, 0.99), "us");
        report.AddAtMost("p99.9", Measurement.Percentile(times, 0.999), "us", 10_000);
        report.AddAtMost("max", times.Max(), "us", 1_000_000);
        report.Add("steps p50", Measurement.Median(steps), "");
        report.Add("steps max", steps.Max(), "");
        foreach ((int i, _) in times.Index().OrderByDescending(t => t.Item).Take(Slowest))
        {
            report.Remark($"slow: {times[i] / 1000:0.0} ms, {steps[i]:0} steps: {pairs[i].Policy.Name} against {pairs[i].Baseline.Name}");
        }

        foreach ((string reason, int count) in reasons.OrderByDescending(r => r.Value).Take(Slowest))
        {
            report.Remark($"unknown {count} times: {reason}");
        }
    }

    private static Answer Ask(ManagedPolicy policy, ManagedPolicy baseline) => Prover.Answer(QueryReader.Complete(
        null, Question.NoNewAccess, Subject.Of(Read(policy)), Subject.Of(Read(baseline)), null, RequestPattern.Any, PolicyType.Identity));

    private static PolicyDocument Read(ManagedPolicy policy) => PolicyReader.Read(new SourceText(policy.Text));
}
