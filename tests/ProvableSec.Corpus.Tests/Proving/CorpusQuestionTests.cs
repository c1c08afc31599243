using System.Collections.Concurrent;
using ProvableSec.Bench;
using ProvableSec.Bench.Output;
using ProvableSec.Bench.Workload;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Corpus.Tests.Proving;

/// <summary>The questions whose speed the bench measures: new access between neighbours and after changes, guardrails, public access.</summary>
[Trait("Category", "Corpus")]
public sealed class CorpusQuestionTests(ITestOutputHelper output)
{
    [Fact]
    public void Verdicts_are_the_stored_ones_and_fewer_than_one_in_a_thousand_is_undecided()
    {
        IReadOnlyList<CorpusQuestion> questions = CorpusQuestions.ReadAll(SharedFolder.BesideRepository, new Report(Machine.Describe(), null))!;
        var stored = StoredVerdicts.Of(questions);
        Assert.True(stored.AreOfTheseQuestions, "other questions than the stored verdicts are of: the bench stores these with 'prover --record'");
        var contradicted = new ConcurrentBag<string>();
        var undecided = new ConcurrentBag<string>();
        Parallel.For(0, questions.Count, i =>
        {
            Answer answer = Prover.Answer(questions[i].Read());
            if (stored.Contradict(i, answer.Verdict))
            {
                contradicted.Add($"{questions[i].Kind}: {questions[i].Name}: {answer.Verdict}");
            }

            // Where access points decide, unknown is the answer, not a failure to find one.
            if (answer.Verdict == Verdict.Unknown && answer.UnknownBecause != UnknownReason.AccessPointsDecide)
            {
                undecided.Add($"{questions[i].Kind}: {questions[i].Name}: {answer.Reason}");
            }
        });

        output.WriteLine($"{undecided.Count} of {questions.Count} undecided\n" + string.Join('\n', undecided));
        Assert.Empty(contradicted);
        Assert.DoesNotContain(undecided, u => u.Contains("the evaluator does not confirm", StringComparison.Ordinal));
        Assert.InRange(undecided.Count, 0, questions.Count / 1_000);
        Assert.True(questions.Count >= 10_000);
    }
}
