using ProvableSec.Bench.Output;
using ProvableSec.Bench.Workload;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Bench.Parts;

/// <summary>All checks of policies on AWS's managed ones, as the compiler makes them: the first one, and those of six thousand characters again and
/// again.</summary>
internal sealed class ChecksPart : IBenchPart
{
    private const int WarmUp = 300, Passes = 11, Typical = 6_000, Spread = 500;
    private const double MostSteps = 20_000;

    public string Name => "checks";

    public void Run(BenchOptions options, Report report)
    {
        if (ManagedPolicy.ReadAll(options.Shared, report) is not { } policies)
        {
            return;
        }

        ManagedPolicy[] typical = [.. policies.Where(policy => Math.Abs(policy.Text.Length - Typical) <= Spread)];
        report.AddAtMost("first policy of a process", Measurement.Milliseconds(() => Check(typical[0], out _)), "ms", 150,
            "compilation to machine code included");
        report.Add("first pass, all documents", Measurement.Milliseconds(() => policies.Sum(policy => Check(policy, out _))), "ms",
            $"{policies.Count} policies, one thread");
        var times = new List<double>();
        var steps = new List<double>();
        foreach (ManagedPolicy policy in typical)
        {
            long cost = 0;
            for (int i = 0; i < WarmUp; i++)
            {
                Check(policy, out cost);
            }

            times.Add(Measurement.Median([.. Enumerable.Range(0, Passes).Select(pass => Measurement.Milliseconds(() => Check(policy, out _)))]));
            steps.Add(cost);
        }

        report.AddAtMost("a policy of six thousand characters, warm", Measurement.Median([.. times]), "ms", 2, $"median of {typical.Length} policies");
        report.AddAtMost("the slowest of them", times.Max(), "ms", 2);
        report.AddAtMost("engine steps for one", Measurement.Median([.. steps]), "", MostSteps, "median");
        report.AddAtMost("engine steps, the most", steps.Max(), "", MostSteps,
            $"{steps.Count(cost => cost > MostSteps)} of {typical.Length} need more than {MostSteps:0}");
    }

    private static int Check(ManagedPolicy policy, out long steps) => PolicyChecks.Check(new DocumentText(policy.Text), new PolicyContext(PolicyType.Identity),
        out steps).Count;
}
