using System.Text.Json;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Workload;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Bench.Parts;

/// <summary>Reading every managed policy, beside a JSON parser that knows nothing of policies.</summary>
internal sealed class ParsePart : IBenchPart
{
    // The first passes run on code that is still being compiled.
    private const int WarmUp = 30;
    private const int Passes = 11;

    public string Name => "parse";

    public void Run(BenchOptions options, Report report)
    {
        if (ManagedPolicy.ReadAll(options.Shared, report) is not { } policies)
        {
            return;
        }

        int errors = 0;
        double first = Measurement.Milliseconds(() => errors = Read(policies));
        double peerFirst = Measurement.Milliseconds(() => ReadWithPeer(policies));
        double[] warm = new double[Passes], peerWarm = new double[Passes];
        for (int i = 0; i < WarmUp; i++)
        {
            Read(policies);
            ReadWithPeer(policies);
        }

        for (int i = 0; i < Passes; i++)
        {
            warm[i] = Measurement.Milliseconds(() => Read(policies));
            peerWarm[i] = Measurement.Milliseconds(() => ReadWithPeer(policies));
        }

        double megabytes = policies.Sum(policy => (double)policy.Text.Length) / 1e6;
        report.Add("documents", policies.Count, "", $"{megabytes:0.0} million characters");
        report.AddAtMost("first pass, all documents", first, "ms", 1000);
        report.Add($"warm pass (median of {Passes})", Measurement.Median(warm), "ms", $"{megabytes * 1000 / Measurement.Median(warm):0} MB/s");
        report.Add("System.Text.Json, first pass", peerFirst, "ms", "JsonDocument: no positions, no policy model");
        report.Add("System.Text.Json, warm pass", Measurement.Median(peerWarm), "ms");
        report.Add("warm, time against System.Text.Json", Measurement.Median([.. warm.Zip(peerWarm, (own, peer) => own / peer)]), "x");
        if (errors > 0)
        {
            report.Fault($"{errors} managed policies are read with errors");
        }
    }

    private static int Read(IReadOnlyList<ManagedPolicy> policies)
    {
        int errors = 0;
        foreach (ManagedPolicy policy in policies)
        {
            errors += PolicyReader.Read(new DocumentText(policy.Text)).HasErrors ? 1 : 0;
        }

        return errors;
    }

    private static void ReadWithPeer(IReadOnlyList<ManagedPolicy> policies)
    {
        foreach (ManagedPolicy policy in policies)
        {
            JsonDocument.Parse(policy.Text).Dispose();
        }
    }
}
