using System.Diagnostics;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Tests.Workloads;

namespace ProvableSec.Bench.Parts;

/// <summary>Single decisions through the API, on cases that have been read.</summary>
internal sealed class DecisionsPart : IBenchPart
{
    private const int Cases = 960;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    public string Name => "decisions";

    public void Run(BenchOptions options, Report report)
    {
        var reader = new CaseReader(new PolicyLoader(cache: new PolicyCache()));
        AccessCase[] cases = [.. Enumerable.Range(0, Cases).Select(i => ReadCase(reader, i))];
        _ = DecideFor(cases, Round);

        double[] rounds = [.. Enumerable.Range(0, 5).Select(_ => DecideFor(cases, Round))];
        Decision[] decisions = [.. cases.Select(Decide)];
        double allocated = Bytes(() => Array.ForEach(cases, asked => Decide(asked)));
        double results = Bytes(() => Array.ForEach(decisions, decision => Copy(decision)));
        report.Add("cases", Cases, "", string.Join(", ", decisions.GroupBy(d => d.Reason).Select(g => $"{g.Count()} {g.Key}")));
        report.AddAtLeast("decisions on one thread (median of 5 s)", Measurement.Median(rounds), "/s", 200_000);
        report.Add("the best second", rounds.Max(), "/s");
        if (ThreadTime.IsKnown)
        {
            double before = ThreadTime.Microseconds();
            int times = (int)Math.Ceiling(rounds.Max() / Cases);
            for (int i = 0; i < times; i++)
            {
                Array.ForEach(cases, asked => Decide(asked));
            }

            report.Add("for a second of processor time of the thread", times * Cases * 1e6 / (ThreadTime.Microseconds() - before), "/s");
        }

        report.AddAtMost("allocated for a decision", allocated, "bytes", results, $"the result alone takes {results:0.#}");
        if (Environment.ProcessorCount > 1)
        {
            double[] all = new double[Environment.ProcessorCount];
            Parallel.For(0, all.Length, new ParallelOptions { MaxDegreeOfParallelism = all.Length }, i => all[i] = DecideFor(cases, 3 * Round));
            report.AddAtLeast($"decisions on {all.Length} threads", all.Sum(), "/s", 1_500_000);
        }
    }

    private static AccessCase ReadCase(CaseReader reader, int number)
    {
        CaseReading reading = reader.Read(JsonTreeReader.Read(new DocumentText(TypicalCase.Line(number))));
        return reading.Case ?? throw new InvalidOperationException($"case {number}: {reading.Problems[0]}");
    }

    private static Decision Decide(AccessCase asked) => Evaluator.Decide(asked.Stack, asked.Request);

    /// <summary>Decisions a second.</summary>
    private static double DecideFor(AccessCase[] cases, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        long count = 0;
        TimeSpan elapsed;
        do
        {
            foreach (AccessCase asked in cases)
            {
                _ = Decide(asked);
            }

            count += cases.Length;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed < time);
        return count / elapsed.TotalSeconds;
    }

    private static double Bytes(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Cases;
    }

    /// <summary>A decision and what only it holds, which is not the list of layers: the smallest that an answer can be.</summary>
    private static Decision Copy(Decision decision) => new(
        decision.Reason,
        [.. decision.By.AsSpan()],
        decision.BlockedBy,
        [.. decision.Missing.AsSpan()],
        [.. decision.Warnings.AsSpan()],
        decision.ReadingsUsed);
}
