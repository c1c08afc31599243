using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Caching;
using ProvableSec.Tool.Records;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Answers;

/// <summary>What the command line says about every question, whatever the question says.</summary>
/// <param name="Budget">The steps of a question that does not say; null for the engine's own number.</param>
/// <param name="TimeoutMilliseconds">When to stop waiting; null for never.</param>
/// <param name="DefaultReadingsOnly">True to ask about the default readings only; null to leave it to the question.</param>
/// <param name="AsOf">The day before which no request is made; null to leave it to the question.</param>
/// <param name="Opinions">Who else is asked; null for nobody.</param>
/// <param name="Certificates">Where certificates are written; null for nowhere.</param>
/// <param name="Cache">Answers of before; null for none.</param>
internal sealed record AnswerLimits(
    long? Budget = null,
    int? TimeoutMilliseconds = null,
    bool? DefaultReadingsOnly = null,
    string? AsOf = null,
    SecondOpinions? Opinions = null,
    CertificateFolder? Certificates = null,
    VerdictCache? Cache = null)
{
    /// <summary>Asks a question.</summary>
    /// <param name="query">The question.</param>
    /// <param name="name">What its certificate is called; null for its id.</param>
    public AskedAnswer Ask(Query query, string? name = null)
    {
        query = Applied(query);
        var clock = Stopwatch.StartNew();
        // A certificate or a second opinion is asked for to be made.
        string? key = Cache is null || Opinions is not null || Certificates is not null ? null : QuestionKey.Of(query);
        if (key is not null && Cache!.Find(key, bytes => Known(query, bytes)) is { } known)
        {
            return new AskedAnswer(query, known, (long)clock.Elapsed.TotalMicroseconds, [], null);
        }

        Answer answer;
        if (TimeoutMilliseconds is { } limit)
        {
            using var stop = new CancellationTokenSource(limit);
            answer = Prover.Answer(query, stop.Token);
            if (answer.UnknownBecause == UnknownReason.Canceled)
            {
                // Another machine may decide it in time, so this must not read like a property of the question.
                answer = answer with { Reason = $"not decided within --timeout {limit} ms on this machine" };
            }
        }
        else
        {
            answer = Prover.Answer(query);
        }

        if (key is not null && answer.UnknownBecause is not (UnknownReason.Canceled or UnknownReason.Contradicted) && AnswerRecord.CanWrite(query, answer))
        {
            Cache!.Keep(key, JsonRecord.Of(json => AnswerRecord.Write(json, query, answer)));
        }

        long micros = (long)clock.Elapsed.TotalMicroseconds;
        (Answer kept, ImmutableArray<(string, string)> opinions) = Opinions?.Ask(query, answer) ?? (answer, []);
        AnswerCertificate? certificate = null;
        if (Certificates is not null)
        {
            (kept, certificate) = Certificates.Write(query, kept, name ?? query.Id?.Trim('"'));
        }

        return new AskedAnswer(query, kept, micros, opinions, certificate);
    }

    /// <summary>The question with what the command line says of it.</summary>
    public Query Applied(Query query)
    {
        if (Budget is { } steps && query.Budget == Query.DefaultBudget)
        {
            query = query with { Budget = steps };
        }

        if (DefaultReadingsOnly is { } defaults)
        {
            query = query with { DefaultReadingsOnly = defaults };
        }

        if (AsOf is { } day)
        {
            query = query with { AsOf = day };
        }

        return query;
    }

    private static Answer Known(Query query, byte[] bytes)
    {
        using var json = JsonDocument.Parse(bytes);
        return AnswerRecord.Read(json.RootElement, query);
    }

    /// <summary>Tells of everything that went wrong beside the answers.</summary>
    /// <returns>The exit code that it makes of another one.</returns>
    public int Report(TextWriter messages, int exitCode)
    {
        if (Cache is { IsUnwritable: true })
        {
            // The verdicts are the same without it.
            messages.WriteLine(VerdictCache.UnwrittenNote);
        }

        exitCode = Opinions?.Report(messages, exitCode) ?? exitCode;
        return Certificates?.Report(messages, exitCode) ?? exitCode;
    }
}
