using System.Globalization;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Tests.Workloads;

namespace ProvableSec.Bench.Parts;

/// <summary>"Can anyone outside the admin roles change the guardrails?", asked of a whole organization in a process of its own.</summary>
internal sealed class OrganizationPart : IBenchPart
{
    public string Name => "organization";

    public void Run(BenchOptions options, Report report)
    {
        string folder = Directory.CreateTempSubdirectory("provablesec-bench-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "organization.json"), SyntheticOrganization.Organization());
            long bytes = 0;
            for (int i = 0; i < SyntheticOrganization.Accounts; i++)
            {
                string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"dump-{i:000}.json"));
                File.WriteAllText(file, SyntheticOrganization.Dump(i));
                bytes += new FileInfo(file).Length;
            }

            ProcessRun run = ProcessRun.TryRun(
                "dotnet", [Path.Combine(AppContext.BaseDirectory, "ProvableSec.Bench.dll"), OrganizationQuestion.Command, folder], TimeSpan.FromMinutes(5))!;
            if (run.ExitCode != 0)
            {
                report.Fault($"the process ended with {run.ExitCode}");
                return;
            }

            double[] told = [.. run.Output.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
            report.Add("input", bytes / 1e6, "MB", $"{SyntheticOrganization.Accounts} accounts, {SyntheticOrganization.Accounts * SyntheticOrganization.RolesPerAccount} roles, 100 SCPs");
            report.AddAtMost("whole process", run.Wall.TotalSeconds, "s", 10, $"reading {told[0] / 1000:0.0} s, asking {told[1] / 1000:0.0} s, processor time {run.Cpu?.TotalSeconds:0.0} s");
            if (run.PeakBytes is { } peak)
            {
                report.AddAtMost("peak memory", peak / 1e6, "MB", 200);
            }

            report.Add("proved", told[2], "roles");
            report.Add("refuted with a witness", told[3], "roles", "power users and builders of the sandbox, where the guardrails are not attached");
            report.AddAtMost("undecided", told[4], "roles", 0);
            if (told[5] > 0)
            {
                report.Fault($"{told[5]} roles have another verdict than the organization was made for");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
