using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Bench.Workload;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Bench.Parts;

/// <summary>Questions that SMT solvers find easy, hard and impossible; each put to the prover and to the solvers that are installed.</summary>
internal sealed class SolverPart : IBenchPart
{
    private static readonly TimeSpan WarmTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HotTime = TimeSpan.FromMilliseconds(400);

    private static readonly (SolverPeer Peer, double Mean, double Each)[] Peers =
    [
        (new SolverPeer("cvc5", "--strings-exp", "--tlimit=10000"), 100, 40),
        (new SolverPeer("z3", "-T:10"), 1000, 300),
    ];

    public string Name => "solver";

    public void Run(BenchOptions options, Report report)
    {
        if (options.Shared.Find(SolverQuestion.File) is not { } path)
        {
            report.Remark($"skipped: {SolverQuestion.File} is not in the shared folder");
            return;
        }

        SolverQuestion[] questions = [.. File.ReadLines(path).Select(line => SolverQuestion.Read(line, Path.GetDirectoryName(path)!))];
        Dictionary<SolverQuestion, double> decided = Answer(questions, report);
        foreach ((SolverPeer peer, double mean, double each) in Peers)
        {
            if (peer.Version() is { } version)
            {
                report.Remark($"peer: {version}");
                Compare(peer, mean, each, questions, decided, report);
            }
            else
            {
                report.Remark($"peer {peer.Name} is not installed");
            }
        }
    }

    /// <returns>The hot time of each question that was decided, in milliseconds.</returns>
    private static Dictionary<SolverQuestion, double> Answer(SolverQuestion[] questions, Report report)
    {
        var decided = new Dictionary<SolverQuestion, double>();
        foreach (SolverQuestion question in questions)
        {
            Answer answer = Ask(question);
            if (answer.Verdict == Verdict.Unknown)
            {
                report.Remark($"{question.Id}: unknown: {answer.Reason}");
                continue;
            }

            if (answer.Verdict != question.Expected)
            {
                report.Fault($"{question.Id}: {answer.Verdict}, expected {question.Expected}");
            }

            (double cold, double whole) = FreshProcess.Answer(question.Line);
            double hot = decided[question] = Hot(question);
            report.Add($"{question.Id}, hot", hot, "ms CPU", $"{answer.Verdict}, {answer.Steps} steps; cold {cold:0} ms, process {whole:0} ms");
        }

        report.Add("decided", decided.Count, "", $"of {questions.Length}");
        return decided;
    }

    private static Answer Ask(SolverQuestion question) => Prover.Answer(SolverQuestion.ReadQuery(question.Line));

    /// <summary>Processor time of the process, so that neither other work nor our own collector stays out of the count unfairly.</summary>
    private static double Hot(SolverQuestion question)
    {
        RepeatFor(question, WarmTime);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        int count = RepeatFor(question, HotTime);
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / count;
    }

    private static int RepeatFor(SolverQuestion question, TimeSpan time)
    {
        TimeSpan end = Environment.CpuUsage.TotalTime + time;
        int count = 0;
        do
        {
            Ask(question);
            count++;
        }
        while (Environment.CpuUsage.TotalTime < end);
        return count;
    }

    private static void Compare(SolverPeer peer, double mean, double each, SolverQuestion[] questions, Dictionary<SolverQuestion, double> decided,
        Report report)
    {
        var ratios = new List<double>();
        int answered = 0, files = 0;
        foreach (IGrouping<string, SolverQuestion> file in questions.GroupBy(question => question.SmtFile))
        {
            files++;
            string name = Path.GetFileNameWithoutExtension(file.Key);
            (string? answer, double time) = peer.Solve(file.Key);
            bool own = file.All(decided.ContainsKey);

            // One file can stand for two questions; then both are counted against it.
            double? ratio = own ? time / file.Sum(question => decided[question]) : null;
            if (answer is null)
            {
                report.Add($"{peer.Name} {name}", time, "ms CPU", $"no answer in 10 s{(ratio is null ? "" : $"; at least {ratio:0}x")}");
                continue;
            }

            answered++;
            if (answer != (file.First().Expected == Verdict.Holds ? "unsat" : "sat"))
            {
                report.Fault($"{peer.Name} says {answer} to {name}");
            }

            report.Add($"{peer.Name} {name}", time, "ms CPU", $"{answer}; {(ratio is null ? "not decided by the prover" : $"ratio {ratio:0}x")}");
            if (ratio is { } counted)
            {
                ratios.Add(counted);
            }
        }

        report.Add($"answered by {peer.Name}", answered, "", $"of {files} files");
        if (ratios.Count > 0)
        {
            string over = $"over the {ratios.Count} files that both decide";
            report.AddAtLeast($"{peer.Name} / prover, geometric mean", Measurement.GeometricMean(ratios), "x", mean, over);
            report.AddAtLeast($"{peer.Name} / prover, least", ratios.Min(), "x", each, over);
        }
    }
}
