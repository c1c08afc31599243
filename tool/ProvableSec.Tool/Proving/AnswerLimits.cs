using System.Collections.Immutable;
using System.Diagnostics;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Proving;

/// <summary>What the command line says about every question, whatever the question says.</summary>
/// <param name="Budget">The steps of a question that does not say; null for the engine's own number.</param>
/// <param name="TimeoutMilliseconds">When to stop waiting; null for never.</param>
/// <param name="DefaultReadingsOnly">True to ask about the default readings only; null to leave it to the question.</param>
/// <param name="Opinions">Who else is asked; null for nobody.</param>
internal sealed record AnswerLimits(long? Budget = null, int? TimeoutMilliseconds = null, bool? DefaultReadingsOnly = null, SecondOpinions? Opinions = null)
{
    /// <summary>Asks a question.</summary>
    public AskedAnswer Ask(Query query)
    {
        if (Budget is { } steps && query.Budget == Query.DefaultBudget)
        {
            query = query with { Budget = steps };
        }

        if (DefaultReadingsOnly is { } defaults)
        {
            query = query with { DefaultReadingsOnly = defaults };
        }

        var clock = Stopwatch.StartNew();
        Answer answer;
        if (TimeoutMilliseconds is { } limit)
        {
            using var stop = new CancellationTokenSource(limit);
            answer = Prover.AnswerUntil(query, stop.Token);
            if (answer is { Verdict: Verdict.Unknown, Reason: Prover.Stopped })
            {
                // Another machine may decide it in time, so this must not read like a property of the question.
                answer = answer with { Reason = $"not decided within --timeout {limit} ms on this machine" };
            }
        }
        else
        {
            answer = Prover.Answer(query);
        }

        long micros = (long)clock.Elapsed.TotalMicroseconds;
        (Answer kept, ImmutableArray<(string, string)> opinions) = Opinions?.Ask(query, answer) ?? (answer, []);
        return new AskedAnswer(kept, micros, opinions);
    }
}
