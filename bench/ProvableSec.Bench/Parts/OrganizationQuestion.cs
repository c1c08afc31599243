using System.Diagnostics;
using System.Globalization;
using ProvableSec.Bench.Workload;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tests.Workloads;

namespace ProvableSec.Bench.Parts;

/// <summary>This program once more, to read an organization and ask of every role outside the admin roles whether it can change the guardrails.</summary>
internal static class OrganizationQuestion
{
    public const string Command = "ask-organization";

    /// <summary>Prints milliseconds of reading and of asking, and how many roles were proved, refuted with a witness, and neither.</summary>
    /// <param name="folder">Where <c>organization.json</c> and the dumps lie.</param>
    /// <returns>The exit code.</returns>
    public static int Ask(string folder)
    {
        long start = Stopwatch.GetTimestamp();
        var reader = new AccountDumpReader();
        foreach (string file in Directory.EnumerateFiles(folder, "dump-*.json").Order(StringComparer.Ordinal))
        {
            reader.Add(new DocumentText(File.ReadAllText(file), file));
        }

        AccountDump dump = reader.Finish();
        var problems = new CaseProblems();
        string organization = Path.Combine(folder, "organization.json");
        OrganizationControls controls = OrganizationControlsReader.Read(JsonTreeReader.Read(new DocumentText(File.ReadAllText(organization), organization)),
            new PolicyLoader(null, new PolicyCache()), problems);
        if (problems.HasErrors || dump.Problems.Any(p => p.IsError))
        {
            Console.Error.WriteLine(problems.ToImmutable().Concat(dump.Problems).First(p => p.IsError));
            return 1;
        }

        double read = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        PolicyDocument guardrails = PolicyReader.Read(new DocumentText(SyntheticOrganization.Guardrails));
        int[] verdicts = new int[3];
        int unexpected = 0;
        Parallel.ForEach(dump.Principals.Where(p => !p.Caller.Path.StartsWith("admin/", StringComparison.Ordinal)),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, principal =>
        {
            Answer answer = Prover.Answer(GuardrailsQuestion.Of(principal, controls, guardrails));
            bool sandbox = controls.Organization!.Accounts[principal.Caller.Account]
                .Contains($"/ou-b-{SyntheticOrganization.TopUnits - 1}/", StringComparison.Ordinal);
            Verdict expected = sandbox && principal.Caller.Path is "PowerUser" or "Builder" && sandbox ? Verdict.Violated : Verdict.Holds;
            Interlocked.Increment(ref verdicts[(int)answer.Verdict]);
            if (answer.Verdict != expected || (answer.Verdict == Verdict.Violated && answer.Witness is null))
            {
                Interlocked.Increment(ref unexpected);
            }
        });
        double asked = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Console.Out.Write(string.Create(CultureInfo.InvariantCulture, $"{read:0} {asked:0} {verdicts[(int)Verdict.Holds]} {verdicts[(int)Verdict.Violated]} {verdicts[(int)Verdict.Unknown]} {unexpected}"));
        return 0;
    }
}
