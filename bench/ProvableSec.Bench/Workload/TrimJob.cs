using System.Text;
using ProvableSec.Bench.Output;
using ProvableSec.Logs;
using ProvableSec.Logs.Filtering;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Bench.Workload;

/// <summary>Rules that records in memory are filtered by, on one thread.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Rules">The rules.</param>
/// <param name="Target">Gigabytes a second it is to reach.</param>
internal sealed record TrimJob(string Name, LogRules Rules, double Target)
{
    private const int Passes = 7, BlockBytes = 1 << 20;

    private static readonly LogRules Redacting = Read(
        """
        {"version":1,"redact":[{"field":"header","names":"authorization","by":"mask"},{"field":"cookie","names":"session","by":"mask"},{"field":"clientIp","by":"prefix"}]}
        """);

    public static IReadOnlyList<TrimJob> All { get; } =
    [
        new("one key: terminatingRuleId", Read("""{"version":1,"rules":[{"id":"a","when":{"terminatingRuleId":"Default_Action"},"then":"drop"}]}"""), 10),
        new("default rules", LogRules.Default, 4),
        new("default rules, kept records redacted", LogRules.Default with { Redactions = Redacting.Redactions }, 3),
        new("every record redacted", Redacting, 2.4),
    ];

    /// <summary>The median speed in gigabytes a second, and the bytes that were allocated while it was measured.</summary>
    public (double Speed, long Allocated) Measure(byte[] lines)
    {
        LogFilterSession session = new LogFilter(Rules).CreateSession();
        var output = new ByteBuffer(2 * BlockBytes);
        Measurement.WarmUp(() => Filter(session, lines, output));
        long before = GC.GetAllocatedBytesForCurrentThread();
        double[] times = new double[Passes];
        for (int i = 0; i < Passes; i++)
        {
            times[i] = Measurement.Milliseconds(() => Filter(session, lines, output));
        }

        return (lines.Length / 1e6 / Measurement.Median(times), GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Block after block, as <c>trim</c> does it; the output of each is there to be written before that of the next.</summary>
    private static void Filter(LogFilterSession session, ReadOnlySpan<byte> lines, ByteBuffer output)
    {
        while (!lines.IsEmpty)
        {
            output.Truncate(0);
            ReadOnlySpan<byte> block = lines[..Math.Min(lines.Length, BlockBytes)];
            lines = lines[session.FilterLines(block, block.Length == lines.Length, output)..];
        }
    }

    private static LogRules Read(string rules) => LogRulesReader.Read(Encoding.UTF8.GetBytes(rules)).Rules!;
}
