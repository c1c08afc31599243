using ProvableSec.Bench;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Bench.Workload;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Corpus.Tests.Proving;

/// <summary>
/// Guards what the prover costs against what it costs to read the same documents, and against what a solver takes, in processor time in the same run: ratios
/// that no slow or busy
/// machine changes much. The bounds are several times what was measured, so that only a change of the prover can break it.
/// </summary>
[Trait("Category", "Corpus")]
public sealed class SpeedRatioTests(ITestOutputHelper output)
{
    private const int Every = 37, Rounds = 3;

    /// <summary>At most this many times what reading the question's documents costs.</summary>
    private const double Most = 30;

    /// <summary>Measured: 45 times in the geometric mean and 13 where it is least on a busy machine, 125 and 10 on a quieter one.</summary>
    private const double LeastMean = 15, LeastEach = 2;

    [Fact]
    public void A_question_costs_a_few_times_what_its_documents_cost_to_read()
    {
        Assert.SkipUnless(ThreadTime.IsKnown, "the system does not tell processor time of a thread");
        CorpusQuestion[] questions =
            [.. CorpusQuestions.ReadAll(SharedFolder.BesideRepository, new Report(Machine.Describe(), null))!.Where((_, i) => i % Every == 0)];
        double least = double.MaxValue;
        for (int round = 0; round <= Rounds; round++)
        {
            double reading = 0, answering = 0;
            foreach (CorpusQuestion question in questions)
            {
                double start = ThreadTime.Microseconds();
                Query query = question.Read();
                double read = ThreadTime.Microseconds();
                Prover.Answer(query);
                answering += ThreadTime.Microseconds() - read;
                reading += read - start;
            }

            // The first round runs on code that is still being compiled.
            least = round == 0 ? least : Math.Min(least, answering / reading);
        }

        output.WriteLine($"{questions.Length} questions: {least:0.0} times what reading costs");
        Assert.InRange(least, 0, Most);
    }

    [Fact]
    public void A_solver_takes_many_times_as_long()
    {
        Assert.SkipUnless(ThreadTime.IsKnown, "the system does not tell processor time of a thread");
        // Two seconds are enough for what it answers at all.
        var cvc5 = new SolverPeer("cvc5", "--strings-exp", "--tlimit=2000");
        Assert.SkipWhen(cvc5.Version() is null, "cvc5 is not installed");
        string path = SharedFolder.BesideRepository.Find(SolverQuestion.File)!;
        var ratios = new List<double>();
        foreach (IGrouping<string, SolverQuestion> file in File.ReadLines(path).Select(line => SolverQuestion.Read(line, Path.GetDirectoryName(path)!))
            .GroupBy(question => question.SmtFile))
        {
            (string? answer, double milliseconds) = cvc5.Solve(file.Key);
            if (answer is null)
            {
                continue;
            }

            Assert.Equal(file.First().Expected == Verdict.Holds ? "unsat" : "sat", answer);
            double ratio = milliseconds * 1000 / file.Sum(question => Enumerable.Range(0, 30).Min(_ => Microseconds(question)));
            output.WriteLine($"{Path.GetFileName(file.Key)}: {ratio:0} times");
            ratios.Add(ratio);
        }

        Assert.True(ratios.Count >= 8, $"cvc5 answered {ratios.Count} files");
        Assert.InRange(Measurement.GeometricMean(ratios), LeastMean, double.MaxValue);
        Assert.InRange(ratios.Min(), LeastEach, double.MaxValue);
    }

    private static double Microseconds(SolverQuestion question)
    {
        double start = ThreadTime.Microseconds();
        Answer answer = Prover.Answer(SolverQuestion.ReadQuery(question.Line));
        double end = ThreadTime.Microseconds();
        Assert.Equal(question.Expected, answer.Verdict);
        return end - start;
    }
}
