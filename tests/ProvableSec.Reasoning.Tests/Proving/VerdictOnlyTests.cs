using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>Who looks at the verdict only gets the same one, or one where else there would be none, and a request that the evaluator confirms.</summary>
public sealed class VerdictOnlyTests
{
    [Fact]
    public void Verdict_is_the_same_without_a_witness_to_read() => RandomQuery.Any.Each(500, drawn =>
    {
        Check(drawn.Read());
    });

    /// <summary>What checks ask: does a statement add anything? Most are answered without a search.</summary>
    [Fact]
    public void Verdict_on_a_statement_is_the_same()
    {
        int shown = 0;
        RandomQuery.OfWorlds.Each(200, drawn =>
        {
            Query query = drawn.Read();
            foreach ((PolicyDocument document, Statement statement) in query.Subject.Documents().Take(1)
                .SelectMany(document => document.Statements.Select(statement => (document, statement))))
            {
                shown += Check(query with
                {
                    Question = Question.Equivalent,
                    Subject = Subject.Of(document),
                    Baseline = Subject.Of(document.Where(other => other != statement)),
                    Property = null,
                    Without = ImmutableArray.Create("catalogue", "shapes"),
                }) ? 1 : 0;
            }
        });
        Assert.InRange(shown, 10, int.MaxValue);
    }

    /// <returns>Whether it was refuted without a search.</returns>
    private static bool Check(Query query)
    {
        Answer shown = Prover.Answer(query with { Explain = false, SearchOnly = true }), decided =
            Prover.Answer(query with { Explain = false, VerdictOnly = true });
        Assert.True(shown.Verdict == Verdict.Unknown ? decided.Verdict != Verdict.Holds : decided.Verdict == shown.Verdict,
            $"{shown.Verdict} ({shown.Reason}) became {decided.Verdict} ({decided.Reason})");
        Assert.Equal(shown.Assumptions, decided.Assumptions);
        if (decided.Witness is not null)
        {
            // A request that nobody is shown need not be one that AWS could send in all that a reader would look at.
            Assert.True(Agreement.Disagreement(query, decided, 0, RandomRun.Random(1)) is not { } wrong
                || wrong.StartsWith(Agreement.CouldNotBeSent, StringComparison.Ordinal), "not confirmed");
        }

        return decided.Verdict == Verdict.Violated && decided.Steps < shown.Steps;
    }
}
