using System.Diagnostics;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Workload;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Bench.Parts;

/// <summary>Every managed policy grants nothing that it does not grant: the cheapest question there is, and it must always be decided.</summary>
internal sealed class SelfPart : IBenchPart
{
    public string Name => "self";

    public void Run(BenchOptions options, Report report)
    {
        if (ManagedPolicy.ReadAll(options.Shared, report) is not { } policies)
        {
            return;
        }

        // Read twice: the same object on both sides would be too easy.
        List<Query> queries =
            [.. policies.Select(policy => QueryReader.Complete(null, Question.NoNewAccess, Subject.Of(Read(policy)), Subject.Of(Read(policy)), null,
            RequestPattern.Any, PolicyType.Identity))];
        double[] times = new double[queries.Count];
        int proved = 0;
        long steps = 0;
        for (int i = 0; i < queries.Count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Answer answer = Prover.Answer(queries[i]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            steps += answer.Steps;
            if (answer.Verdict == Verdict.Holds)
            {
                proved++;
            }
            else if (answer.Verdict == Verdict.Violated)
            {
                report.Fault($"{policies[i].Name} is said to grant more than itself");
            }
            else
            {
                report.Remark($"{policies[i].Name}: {answer.Reason}");
            }
        }

        report.AddAtLeast("proved", proved, "", queries.Count, $"of {queries.Count}");
        report.AddAtMost("all together, first pass", times.Sum(), "ms", 2000, "without reading the documents");
        report.Add("slowest", times.Max(), "ms", policies[Array.IndexOf(times, times.Max())].Name);
        report.Add("steps", steps, "");
    }

    private static PolicyDocument Read(ManagedPolicy policy) => PolicyReader.Read(new DocumentText(policy.Text));
}
