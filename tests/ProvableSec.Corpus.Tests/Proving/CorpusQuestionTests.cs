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

    /// <summary>What is answered before any search is what the search answers, on no more assumptions, with the same that goes with it.</summary>
    [Fact]
    public void Stages_say_what_the_search_says()
    {
        const int Every = 7;
        CorpusQuestion[] questions =
            [.. CorpusQuestions.ReadAll(SharedFolder.BesideRepository, new Report(Machine.Describe(), null))!.Where((_, i) => i % Every == 0)];
        var different = new ConcurrentBag<string>();
        Parallel.ForEach(questions, question =>
        {
            Query query = question.Read();
            Answer quick = Prover.Answer(query), searched = Prover.Answer(query with { SearchOnly = true });
            if (searched.Verdict != Verdict.Unknown && (quick.Verdict != searched.Verdict || quick.Vacuous != searched.Vacuous
                || quick.Assumptions.Except(searched.Assumptions).Any()
                || (quick.Witness is null && !quick.Because.SequenceEqual(searched.Because))))
            {
                different.Add($"{question.Kind}: {question.Name}: {Words(quick)}; {Words(searched)} by the search");
            }
        });
        Assert.Empty(different);

        static string Words(Answer answer) =>
            $"{answer.Verdict} {string.Join(",", answer.Assumptions)} {answer.Vacuous} {string.Join(",", answer.Because.Select(b => b.Layer ?? $"{b.Slot}:{b.Statement?.Index}"))}";
    }
}
