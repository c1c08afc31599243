using System.Diagnostics;

namespace ProvableSec.Bench.Output;

/// <summary>Arithmetic over measurements.</summary>
internal static class Measurement
{
    /// <summary>How long an action takes, in milliseconds.</summary>
    public static double Milliseconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Repeats an action for as long as the runtime may still be compiling what it runs: longer where other work keeps it waiting.</summary>
    public static void WarmUp(Action action)
    {
        const int Most = 3_000;
        for (double spent = 0; spent < Most;)
        {
            spent += Milliseconds(action);
        }
    }

    /// <summary>The value that a share of the values does not exceed.</summary>
    public static double Percentile(double[] values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    public static double Median(double[] values) => Percentile(values, 0.5);

    public static double GeometricMean(IReadOnlyCollection<double> values) => Math.Exp(values.Average(Math.Log));
}
