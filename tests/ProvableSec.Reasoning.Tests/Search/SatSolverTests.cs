using CsCheck;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Search;

namespace ProvableSec.Reasoning.Tests.Search;

/// <summary>The SAT core against the truth table of small formulas: under assumptions, again and again on one solver, and with clauses that the theory
/// adds.</summary>
public sealed class SatSolverTests
{
    private const int Variables = 7;

    private static readonly Gen<Literal[]> Clause = Gen.Select(Gen.Int[0, Variables - 1], Gen.Bool, Literal.Of).Array[1, 4];

    private static readonly Gen<Literal[][]> Clauses = Clause.Array[0, 30];

    [Fact]
    public void Answers_agree_with_the_truth_table() => Gen.Select(Clauses, Clauses, Clauses, Clause.Array[1, 5]).Each(6_000, drawn =>
    {
        (var first, var second, var lemmas, var assumptions) = drawn;
        var solver = new SatSolver(new Budget(long.MaxValue));
        for (int i = 0; i < Variables; i++)
        {
            solver.NewVariable(i % 2 == 0);
        }

        List<Literal[]> known = [.. first];
        foreach (Literal[] clause in first)
        {
            solver.AddClause(clause);
        }

        for (int round = 0; round < assumptions.Length; round++)
        {
            Literal[] assumed = assumptions[round];

            // The theory holds every lemma, and tells those only that an assignment violates.
            bool found = solver.Solve(assumed, () => lemmas.Where(l => l.All(x => solver.ValueOf(x) < 0)).ToArray() is { Length: > 0 } violated ? violated
                : null);
            Assert.Equal(IsSatisfiable([.. known, .. lemmas, .. assumed.Select(a => new[] { a })]), found);
            if (found)
            {
                Assert.All(known.Concat(lemmas).Concat(assumed.Select(a => new[] { a })), c => Assert.Contains(c, x => solver.ValueOf(x) > 0));
            }

            if (round == 1)
            {
                known.AddRange(second);
                foreach (Literal[] clause in second)
                {
                    solver.AddClause(clause);
                }
            }
        }
    });

    [Fact]
    public void Many_pigeons_do_not_fit_into_fewer_holes()
    {
        const int Holes = 6;
        var solver = new SatSolver(new Budget(long.MaxValue));
        Literal[][] sits = [.. Enumerable.Range(0, Holes + 1).Select(_ => Enumerable.Range(0, Holes).Select(_ => Literal.Of(solver.NewVariable())).ToArray())];
        Literal seventh = Literal.Of(solver.NewVariable());
        for (int pigeon = 0; pigeon <= Holes; pigeon++)
        {
            solver.AddClause(pigeon < Holes ? sits[pigeon] : [!seventh, .. sits[pigeon]]);
            for (int other = 0; other < pigeon; other++)
            {
                for (int hole = 0; hole < Holes; hole++)
                {
                    solver.AddClause([!sits[pigeon][hole], !sits[other][hole]]);
                }
            }
        }

        Assert.False(solver.Solve([seventh], () => null));
        Assert.True(solver.Solve([!seventh], () => null));
        Assert.False(solver.Solve([seventh], () => null));
    }

    private static bool IsSatisfiable(Literal[][] clauses) =>
        Enumerable.Range(0, 1 << Variables).Any(a => clauses.All(c => c.Any(x => ((a >> x.Variable) & 1) == (x.IsNegative ? 0 : 1))));
}
