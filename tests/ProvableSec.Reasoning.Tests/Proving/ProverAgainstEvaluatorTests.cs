using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CsCheck;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>
/// Random questions, each answer held against the concrete evaluator, each witness against what AWS sends. PROVABLESEC_SOAK=N asks N questions from a fresh
/// seed, which is printed, and
/// of very many tries fewer requests each; PROVABLESEC_SEED=S starts at question S, so that a run goes on where one ended, and a question that
/// failed is asked again alone with PROVABLESEC_SOAK=1.
/// </summary>
public sealed class ProverAgainstEvaluatorTests(ITestOutputHelper output)
{
    private const int InGate = 4_000, InGateOfWorlds = 1_000, Requests = 1_000, VeryMany = 100_000, RequestsOfVeryMany = 100, Block = 20_000;

    /// <summary>So rarely may a witness of random documents be one that AWS could not send.</summary>
    private const int OneOddWitnessIn = 10_000;

    [Fact]
    public void No_request_contradicts_a_verdict_and_every_witness_is_confirmed()
    {
        if (Run(RandomQuery.Any, InGate) is not { } verdicts)
        {
            return;
        }

        AssertDecided("identities without variables", 0.01);
        AssertDecided("identities with variables", 0.05);
        AssertDecided("callers without variables", 0.01);
        AssertDecided("callers with variables", 0.05);

        void AssertDecided(string kind, double most)
        {
            double all = verdicts.Where(v => v.Key.StartsWith(kind + ":", StringComparison.Ordinal)).Sum(v => v.Value);
            Assert.InRange(verdicts.GetValueOrDefault($"{kind}: {Verdict.Unknown}") / all, 0, most);
        }
    }

    [Fact]
    public void No_request_of_any_world_contradicts_a_verdict() => Run(RandomQuery.OfWorlds, InGateOfWorlds);

    /// <summary>Asks random questions.</summary>
    /// <returns>How often each verdict came out; null where the number of questions was chosen by somebody.</returns>
    private Dictionary<string, int>? Run(Gen<RandomQuery> questions, int inGate)
    {
        bool soak = int.TryParse(Environment.GetEnvironmentVariable("PROVABLESEC_SOAK"), CultureInfo.InvariantCulture, out int count);
        (count, ulong first) = RandomRun.Of(inGate);
        int requests = count >= VeryMany ? RequestsOfVeryMany : Requests;
        output.WriteLine($"{count} questions from PROVABLESEC_SEED={first}, {requests} requests for each proof");
        var failures = new ConcurrentDictionary<ulong, string>();
        var oddWitnesses = new ConcurrentDictionary<ulong, string>();
        var verdicts = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var undecided = new ConcurrentBag<(string Kind, ulong Seed, string Reason)>();
        var slow = new ConcurrentBag<(double Milliseconds, ulong Seed)>();
        for (int done = 0; done < count; done += Block)
        {
            Parallel.For(done, Math.Min(count, done + Block), i => Ask(first + (ulong)i));
            if (count > Block)
            {
                output.WriteLine($"{Math.Min(count, done + Block)} asked, {failures.Count} failed; goes on at PROVABLESEC_SEED={first + (ulong)Math.Min(count, done + Block)}"
                    + string.Concat(failures.OrderBy(f => f.Key).SkipWhile(f => f.Key < first + (ulong)done)
                        .Select(f => $"\n  PROVABLESEC_SEED={f.Key}: {f.Value}")));
            }
        }

        void Ask(ulong seed)
        {
            RandomQuery drawn = questions.At(seed);
            if (Try(drawn, seed, requests, out Answer? answer, out double milliseconds) is { } failed)
            {
                // A verdict is right or wrong; that its witness is not one that AWS could send is another kind of fault, and is counted apart.
                (failed.StartsWith(Agreement.CouldNotBeSent, StringComparison.Ordinal) ? oddWitnesses : failures).TryAdd(seed, $"{failed}\n  {drawn}");
            }
            else
            {
                string kind = KindOf(drawn);
                // What depends on a policy that the question does not give, or on who a canonical user is, nobody can decide.
                bool open = answer!.UnknownBecause is UnknownReason.NotGiven or UnknownReason.GrantsNothingByItself;
                verdicts.AddOrUpdate($"{kind}: {(open ? "not given" : answer.Verdict)}", 1, (_, n) => n + 1);
                if (answer.Verdict == Verdict.Unknown && !open)
                {
                    undecided.Add((kind, seed, answer.Reason));
                    verdicts.AddOrUpdate($"  {kind}: {string.Join(" ", answer.Reason.Split(' ').Take(8))}", 1, (_, n) => n + 1);
                }
            }

            slow.Add((milliseconds, seed));
        }

        foreach (KeyValuePair<string, int> verdict in verdicts.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{verdict.Value,7} {verdict.Key}");
        }

        foreach ((string _, ulong seed, string reason) in undecided.OrderBy(u => u.Kind, StringComparer.Ordinal).ThenBy(u => u.Seed).Take(soak ? 12 : 0))
        {
            output.WriteLine($"undecided PROVABLESEC_SEED={seed}: {reason}\n  {questions.At(seed)}");
        }

        (double Milliseconds, ulong Seed)[] byTime = [.. slow.OrderDescending()];
        output.WriteLine(
            $"median {byTime[byTime.Length / 2].Milliseconds:F2} ms, slowest {string.Join(", ", byTime.Take(5).Select(s => $"{s.Milliseconds:F0} ms ({s.Seed})"))}");
        output.WriteLine($"{oddWitnesses.Count} witnesses that AWS could not send"
            + string.Concat(oddWitnesses.OrderBy(f => f.Key).Take(soak ? oddWitnesses.Count : 12).Select(f => $"\n  PROVABLESEC_SEED={f.Key}: {f.Value}")));
        if (!failures.IsEmpty)
        {
            Assert.Fail($"{failures.Count} of {count} failed:\n" + string.Join("\n\n",
                failures.OrderBy(f => f.Key).Take(8).Select(f => Shrunk(questions, f.Key))));
        }

        Assert.InRange(oddWitnesses.Count, 0, Math.Max(1, count / OneOddWitnessIn));

        return soak ? null : new Dictionary<string, int>(verdicts, StringComparer.Ordinal);
    }

    private static string KindOf(RandomQuery drawn) =>
        $"{(drawn.SpeaksOfCallers ? "callers" : "identities")} {(Agreement.Documents(drawn.Read()).Any(d => d.Source.Text.Contains("${a", StringComparison.Ordinal)) ? "with" : "without")} variables";

    private static string? Try(RandomQuery drawn, ulong seed, int requests, out Answer? answer, out double milliseconds)
    {
        answer = null;
        milliseconds = 0;
        try
        {
            Query query = drawn.Read();
            var time = Stopwatch.StartNew();
            answer = Prover.Answer(query);
            milliseconds = time.Elapsed.TotalMilliseconds;
            return Agreement.Disagreement(query, answer, requests, RandomRun.Random((int)(seed % int.MaxValue)));
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            return e.ToString();
        }
    }

    /// <summary>A small question like it that still fails.</summary>
    private static string Shrunk(Gen<RandomQuery> questions, ulong seed)
    {
        const int Patience = 300;
        RandomQuery drawn = questions.At(seed);
        if (Try(drawn, seed, Requests, out _, out _) is not { } failed)
        {
            return $"PROVABLESEC_SEED={seed}: fails for a request that is rarely drawn\n  {drawn}";
        }

        int tries = 400;
        for (bool smaller = true; smaller;)
        {
            smaller = false;
            foreach (RandomQuery candidate in drawn.Smaller())
            {
                if (--tries < 0)
                {
                    break;
                }

                if (Try(candidate, seed, Patience, out _, out _) is { } still)
                {
                    (drawn, failed, smaller) = (candidate, still, true);
                    break;
                }
            }
        }

        return $"PROVABLESEC_SEED={seed}: {failed}\n  {drawn}";
    }
}
