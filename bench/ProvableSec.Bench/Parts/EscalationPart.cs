using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Tests.Workloads;

namespace ProvableSec.Bench.Parts;

/// <summary>The tool as a process on an account of 400 roles: which of them can become another.</summary>
internal sealed class EscalationPart : IBenchPart
{
    private const int Roles = 400;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public string Name => "escalation";

    public void Run(BenchOptions options, Report report)
    {
        string folder = Directory.CreateTempSubdirectory("provablesec-bench-").FullName;
        try
        {
            string dump = Path.Combine(folder, "account.json");
            File.WriteAllText(dump, SyntheticOrganization.Dump(0, Roles));
            ProcessRun run = ProcessRun.TryRun("dotnet", [Path.Combine(AppContext.BaseDirectory, "provablesec.dll"), "ask", "escalation", "--dump", dump],
                Limit)
                ?? throw new InvalidOperationException("dotnet is not on the PATH");
            if (run.ExitCode != 0)
            {
                report.Fault($"ask escalation ended with {run.ExitCode}, which is not that nobody can become an administrator");
            }

            if (run.Cpu is { } cpu)
            {
                report.AddAtMost("ask escalation, processor time", cpu.TotalSeconds, "s", 5, $"{Roles} roles");
            }

            report.Add("ask escalation", run.Wall.TotalSeconds, "s");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
