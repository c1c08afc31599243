using System.Collections.Concurrent;
using ProvableSec.CertificateChecker;
using ProvableSec.Certificates;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Proving;

namespace ProvableSec.Reasoning.Tests.Certificates;

/// <summary>
/// Random questions: what is proved gets a certificate that checks, as far as certificates cover it, and what is refuted gets none however it is
/// claimed. PROVABLESEC_SOAK=N asks N questions, PROVABLESEC_SEED=S starts at question S.
/// </summary>
public sealed class RandomCertificateTests(ITestOutputHelper output)
{
    private const int InGate = 10_000, WrongClaims = 10;

    /// <summary>Assumptions of a claim: what a question does not make refuses it at once, so that every question meets the one list that is its own.</summary>
    private static IEnumerable<string[]> Claims(World world) =>
        from onPolicy in (string[][])[[], ["no-direct-grants"], ["no-resource-obstacle"]]
        from beside in (string[][])[[], ["full-access-attached"], ["full-access-detached"]]
        where world == World.Aws || onPolicy.Length == 0
        select (string[])[.. world == World.Aws ? (string[])["linked-keys", "shapes", "catalogue"] : [], .. onPolicy, .. beside];

    /// <summary>The question with stacks, of those that give no resource policy, that say that the resource has none: the one, the other, both or
    /// neither.</summary>
    private static Query WithoutResourcePolicy(Query query, int number)
    {
        Subject Of(Subject subject, int bit) => subject.Stack is { ResourcePolicy: null } stack && (number & bit) != 0
            ? Subject.Of(stack with { HasNoResourcePolicy = true }) : subject;
        return query with { Subject = Of(query.Subject, 1), Baseline = query.Baseline is { } baseline ? Of(baseline, 2) : null };
    }

    [Fact]
    public void What_is_proved_gets_a_certificate_and_what_is_refuted_gets_none()
    {
        bool soak = Environment.GetEnvironmentVariable("PROVABLESEC_SOAK") is not null;
        (int count, ulong first) = RandomRun.Of(InGate);
        var failures = new ConcurrentDictionary<ulong, string>();
        var reasons = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        int certified = 0, proved = 0;
        Parallel.For(0, count, i =>
        {
            ulong number = first + (ulong)i;
            RandomQuery drawn = RandomQuery.Any.At(number);
            Query query = WithoutResourcePolicy(drawn.Read(), i);
            if (query.Question is Question.NoPublicAccess or Question.NoDeadStatement)
            {
                // Not covered, which a test of its own says.
                return;
            }

            Answer answer = Prover.Answer(query with { Explain = false });
            if (answer.Verdict == Verdict.Unknown)
            {
                return;
            }

            if (answer.Witness is not null)
            {
                if (i % WrongClaims != 0)
                {
                    return;
                }

                // The same question with a claim that is known to be wrong, under every assumption that it makes.
                foreach (string[] given in Claims(query.World))
                {
                    Answer wrong = answer with { Witness = null, Assumptions = [.. given] };
                    if ((answer.Witness.Readings == 0 || !query.DefaultReadingsOnly) && CertificateWriter.Write(query, wrong) is { Text: { } text })
                    {
                        failures.TryAdd(number, $"a certificate of what {Agreement.Shown(answer.Witness.Request)} {answer.Witness.Readings} refutes\n{text}\n  {drawn}");
                    }
                }

                return;
            }

            Interlocked.Increment(ref proved);
            CertificateResult result = CertificateWriter.Write(query, answer);
            if (result.IsDisagreement)
            {
                failures.TryAdd(number, $"{result.Reason}\n  {drawn}");
            }
            else if (result.Text is { } text)
            {
                Interlocked.Increment(ref certified);
                Assert.True(CertificateCheck.Run(new DocumentText(text)).IsValid);
            }
            else
            {
                reasons.AddOrUpdate(result.Reason, 1, (_, n) => n + 1);
            }
        });

        output.WriteLine($"{count} questions from PROVABLESEC_SEED={first}: {proved} proved, {certified} with a certificate");
        foreach (KeyValuePair<string, int> reason in reasons.OrderByDescending(r => r.Value))
        {
            output.WriteLine($"{reason.Value,6} {reason.Key}");
        }

        Assert.True(failures.IsEmpty, $"{failures.Count} failed:\n" + string.Join("\n\n",
            failures.OrderBy(f => f.Key).Take(5).Select(f => $"PROVABLESEC_SEED={f.Key}: {f.Value}")));
        if (!soak)
        {
            // Patterns of principals are not covered, as docs/certificates.md says; of what is, nearly everything.
            int covered = proved - reasons.GetValueOrDefault("a principal given as a pattern is not covered by certificates yet");
            Assert.InRange(certified, (int)(covered * 0.985), covered);
        }
    }
}
