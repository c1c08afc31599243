using System.Collections.Concurrent;
using System.Globalization;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Proving;
using ProvableSec.SmtLib;

namespace ProvableSec.Reasoning.Tests.SmtLib;

/// <summary>
/// Random questions, each answer held against cvc5, and against z3 where cvc5 does not answer. PROVABLESEC_OPINIONS=N asks about N
/// questions that can be put to a solver, PROVABLESEC_SEED=S starts at question S.
/// </summary>
public sealed class RandomOpinionTests(ITestOutputHelper output)
{
    private const int InGate = 1_000, Block = 1_000;

    // At most this many steps take about a second of a small machine's time; counted, they are the same on a busy one.
    private static readonly SmtSolver[] Solvers = [Limited("cvc5", "--rlimit=60000"), Limited("z3", "rlimit=1000000")];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public void No_solver_contradicts_an_answer()
    {
        Assert.SkipUnless(SmtSolver.All.Any(s => s.IsInstalled), "neither cvc5 nor z3 is on the PATH; ./test.sh installs them or names the command");
        int count = int.TryParse(Environment.GetEnvironmentVariable("PROVABLESEC_OPINIONS"), CultureInfo.InvariantCulture, out int asked) ? asked : InGate;
        (_, ulong first) = RandomRun.Of(1);
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var asking = new List<(ulong Number, RandomQuery Drawn, Answer Answer, string SmtLib)>();
        ulong next = first;
        while (asking.Count < count)
        {
            // As many at a time as are missing, so that the same ones are asked however they are spread over threads.
            ulong from = next;
            var exports = new (Answer Answer, string? SmtLib, string? Reason)[count - asking.Count];
            next += (ulong)exports.Length;
            Parallel.For(0, exports.Length, i =>
            {
                Query query = Draw(from + (ulong)i).Read();
                Answer answer = Prover.Answer(query);
                exports[i] = (answer, SmtLibExport.Write(query, answer, out string? reason), reason);
            });
            foreach ((int i, (Answer answer, string? smtLib, string? reason)) in exports.Index())
            {
                if (smtLib is null)
                {
                    string kind = string.Join(' ', reason!.Split(' ').Take(3));
                    reasons[kind] = reasons.GetValueOrDefault(kind) + 1;
                }
                else
                {
                    asking.Add((from + (ulong)i, Draw(from + (ulong)i), answer, smtLib));
                }
            }
        }

        var opinions = new ConcurrentDictionary<Opinion, int>();
        var contradicted = new ConcurrentBag<string>();
        int done = 0;
        foreach ((ulong Number, RandomQuery Drawn, Answer Answer, string SmtLib)[] block in asking.Chunk(Block))
        {
            Parallel.ForEach(block, Ask);
            done += block.Length;
            if (count > Block)
            {
                output.WriteLine($"{done} asked, {Shares(done)}; goes on at PROVABLESEC_SEED={block[^1].Number + 1}");
            }
        }

        void Ask((ulong Number, RandomQuery Drawn, Answer Answer, string SmtLib) asked)
        {
            Opinion opinion = Opinion.NoAnswer;
            foreach (SmtSolver solver in Solvers)
            {
                opinion = SecondOpinion.Compare(asked.Answer, solver.Ask(asked.SmtLib, Limit));
                if (opinion == Opinion.Disagrees)
                {
                    string bundle = Path.Combine(AppContext.BaseDirectory, $"contradicted-{asked.Number}.smt2");
                    File.WriteAllText(bundle, asked.SmtLib);
                    contradicted.Add($"PROVABLESEC_SEED={asked.Number}: {solver.Name} contradicts {asked.Answer.Verdict}, see {bundle}\n  {asked.Drawn}");
                }

                if (opinion != Opinion.NoAnswer)
                {
                    break;
                }
            }

            opinions.AddOrUpdate(opinion, 1, (_, n) => n + 1);
        }

        string Shares(int of) => string.Join(", ", opinions.OrderBy(o => o.Key)
            .Select(o => $"{o.Value} {SecondOpinion.NameOf(o.Key)} ({100.0 * o.Value / of:F1} %)"));

        output.WriteLine($"{count} questions from PROVABLESEC_SEED={first}, up to PROVABLESEC_SEED={next}: "
            + Shares(count)
            + string.Concat(reasons.Select(r => $", {r.Value} not exported ({r.Key} …)")));
        if (!contradicted.IsEmpty)
        {
            Assert.Fail(string.Join("\n", contradicted));
        }

        Assert.InRange(opinions.GetValueOrDefault(Opinion.Agrees) / (double)count, 0.95, 1);
        Assert.InRange(count / (double)(next - first), 0.7, 1);
    }

    private static RandomQuery Draw(ulong number) => RandomQuery.Any.At(number);

    private static SmtSolver Limited(string name, string argument) => SmtSolver.Find(name)! with { Arguments = [.. SmtSolver.Find(name)!.Arguments, argument] };
}
