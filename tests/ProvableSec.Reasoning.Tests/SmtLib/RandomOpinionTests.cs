using System.Collections.Concurrent;
using System.Globalization;
using CsCheck;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Proving;
using ProvableSec.SmtLib;

namespace ProvableSec.Reasoning.Tests.SmtLib;

/// <summary>
/// Random questions, each answer held against cvc5, and against z3 where cvc5 does not answer. PROVABLESEC_OPINIONS=N asks about N questions,
/// PROVABLESEC_SEED=S starts at question S.
/// </summary>
public sealed class RandomOpinionTests(ITestOutputHelper output)
{
    private const ulong FixedSeed = 20260101;
    private const int InGate = 1_000;

    // So many steps take about a second of a small machine's time; counted, they are the same on a busy one.
    private static readonly SmtSolver[] Solvers = [Limited("cvc5", "--rlimit=60000"), Limited("z3", "rlimit=1000000")];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public void No_solver_contradicts_an_answer()
    {
        Assert.SkipUnless(SmtSolver.All.Any(s => s.IsInstalled), "neither cvc5 nor z3 is on the PATH; ./test.sh installs them or names the command");
        int count = int.TryParse(Environment.GetEnvironmentVariable("PROVABLESEC_OPINIONS"), CultureInfo.InvariantCulture, out int asked) ? asked : InGate;
        ulong first = ulong.TryParse(Environment.GetEnvironmentVariable("PROVABLESEC_SEED"), CultureInfo.InvariantCulture, out ulong seed) ? seed : FixedSeed;
        var opinions = new ConcurrentDictionary<Opinion, int>();
        var reasons = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var contradicted = new ConcurrentBag<string>();
        Parallel.For(0, count, i =>
        {
            ulong number = first + (ulong)i;
            RandomQuery drawn = RandomQuery.Any.Generate(new PCG((uint)(number >> 32), number), null, out _);
            Query query = drawn.Read();
            Answer answer = Prover.Answer(query);
            if (SmtLibExport.Write(query, answer, out string? reason) is not { } smtLib)
            {
                reasons.AddOrUpdate(string.Join(' ', reason!.Split(' ').Take(3)), 1, (_, n) => n + 1);
                return;
            }

            Opinion opinion = Opinion.NoAnswer;
            foreach (SmtSolver solver in Solvers)
            {
                opinion = SecondOpinion.Compare(answer, solver.Ask(smtLib, Limit));
                if (opinion == Opinion.Disagrees)
                {
                    string bundle = Path.Combine(AppContext.BaseDirectory, $"contradicted-{number}.smt2");
                    File.WriteAllText(bundle, smtLib);
                    contradicted.Add($"PROVABLESEC_SEED={number}: {solver.Name} contradicts {answer.Verdict}, see {bundle}\n  {drawn}");
                }

                if (opinion != Opinion.NoAnswer)
                {
                    break;
                }
            }

            opinions.AddOrUpdate(opinion, 1, (_, n) => n + 1);
        });

        int exported = opinions.Values.Sum();
        output.WriteLine($"{count} questions from PROVABLESEC_SEED={first}: {exported} exported, "
            + string.Join(", ", opinions.OrderBy(o => o.Key).Select(o => $"{o.Value} {SecondOpinion.NameOf(o.Key)} ({100.0 * o.Value / exported:F1} %)"))
            + string.Concat(reasons.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => $", {r.Value} not exported ({r.Key} …)")));
        if (!contradicted.IsEmpty)
        {
            Assert.Fail(string.Join("\n", contradicted));
        }

        Assert.InRange(opinions.GetValueOrDefault(Opinion.Agrees) / (double)exported, 0.95, 1);
        Assert.InRange(exported, count * 0.7, count);
    }

    private static SmtSolver Limited(string name, string argument) => SmtSolver.Find(name)! with { Arguments = [.. SmtSolver.Find(name)!.Arguments, argument] };
}
