using System.Globalization;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Bench.Workload;

namespace ProvableSec.Bench.Parts;

/// <summary>How the cost of an answer grows with what it is about: each series doubles one thing. Reading is included, every document is read anew.</summary>
internal sealed class GrowthPart : IBenchPart
{
    private const int Least = 5;
    private const double EnoughMicroseconds = 400_000;

    public string Name => "growth";

    public void Run(BenchOptions options, Report report)
    {
        if (!ThreadTime.IsKnown)
        {
            report.Remark("skipped: the system does not tell processor time of a thread");
            return;
        }

        var lines = new List<GrowthLine>();
        foreach (GrowthSeries series in GrowthSeries.All)
        {
            // Once in all sizes, uncounted: the first answers run on code that is still being compiled.
            Measurement.WarmUp(() => series.Prepare(series.Sizes[series.Sizes.Length / 2])());
            var points = new List<(int Size, double Milliseconds)>();
            foreach (int size in series.Sizes)
            {
                Func<bool> answer = series.Prepare(size);
                if (!answer())
                {
                    report.Fault($"{series.Name}, {size}: not proved");
                }

                points.Add((size, Fastest(answer) / 1000));
            }

            var line = new GrowthLine(series.Name, series.Says, points);
            lines.Add(line);
            report.Add($"{series.Name}, {points[^1].Size}", points[^1].Milliseconds, "ms CPU",
                $"{points[0].Size}: {points[0].Milliseconds.ToString("0.###", CultureInfo.InvariantCulture)} ms; cost ~ size^{line.Exponent.ToString("0.00", CultureInfo.InvariantCulture)} in the upper half");
        }

        if (options.Charts is { } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "growth.svg"), GrowthChart.Draw(lines, Machine.Describe()));
        }
    }

    /// <summary>The least of several runs, in microseconds of the thread: what else the machine does only adds.</summary>
    private static double Fastest(Func<bool> answer)
    {
        double least = double.MaxValue, spent = 0;
        for (int i = 0; i < Least || (spent < EnoughMicroseconds && i < 100); i++)
        {
            double start = ThreadTime.Microseconds();
            answer();
            double took = ThreadTime.Microseconds() - start;
            least = Math.Min(least, took);
            spent += took;
        }

        return least;
    }
}
