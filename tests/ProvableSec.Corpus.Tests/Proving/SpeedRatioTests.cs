using ProvableSec.Bench;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Peers;
using ProvableSec.Bench.Workload;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Corpus.Tests.Proving;

/// <summary>
/// Guards what the prover costs against what it costs to read the same documents, both in processor time of one thread in the same run: a ratio that no slow or busy machine
/// changes much. The bound is several times what was measured, so that only a change of the prover can break it.
/// </summary>
[Trait("Category", "Corpus")]
public sealed class SpeedRatioTests(ITestOutputHelper output)
{
    private const int Every = 37, Rounds = 3;

    /// <summary>At most this many times what reading the question's documents costs.</summary>
    private const double Most = 30;

    [Fact]
    public void A_question_costs_a_few_times_what_its_documents_cost_to_read()
    {
        Assert.SkipUnless(ThreadTime.IsKnown, "the system does not tell processor time of a thread");
        CorpusQuestion[] questions = [.. CorpusQuestions.ReadAll(SharedFolder.BesideRepository, new Report(Machine.Describe(), null))!.Where((_, i) => i % Every == 0)];
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
}
