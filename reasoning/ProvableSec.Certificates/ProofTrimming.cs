using ProvableSec.CertificateChecker.Derivation;

namespace ProvableSec.Certificates;

/// <summary>A proof without anything that it does not use.</summary>
/// <param name="Clauses">The clauses derived from the question.</param>
/// <param name="Lemmas">The facts about values.</param>
/// <param name="Steps">What follows, each with the numbers of what it follows from, counted from 1 through all three.</param>
internal sealed record TrimmedProof(IReadOnlyList<Clause> Clauses, IReadOnlyList<int[]> Lemmas, IReadOnlyList<(int[] Literals, int[] By)> Steps);

/// <summary>
/// Goes through a proof from its end: only what leads to the empty clause is kept, and with each step what it follows from
/// (after Wetzler, Heule and Hunt, "DRAT-trim", SAT 2014).
/// </summary>
internal static class ProofTrimming
{
    public static TrimmedProof Trim(IReadOnlyList<Clause> clauses, IReadOnlyList<int[]> lemmas, IReadOnlyList<int[]> learned)
    {
        int given = clauses.Count + lemmas.Count;
        int[][] all = [.. clauses.Select(c => c.Literals.ToArray()), .. lemmas, .. learned.Select(l => l.OrderBy(n => n).ToArray()), []];
        var propagation = new Propagation(all);
        var reasons = new Dictionary<int, int[]>();
        var used = new HashSet<int> { all.Length - 1 };
        for (int i = all.Length - 1; i >= given; i--)
        {
            if (used.Contains(i))
            {
                int[] by = propagation.Follow(all[i], i) ?? throw new InvalidOperationException("a clause of the solver's log does not follow");
                reasons.Add(i, by);
                used.UnionWith(by);
            }
        }

        int[] kept = [.. Enumerable.Range(0, all.Length).Where(used.Contains)];
        var number = new Dictionary<int, int>();
        foreach (int i in kept)
        {
            number.Add(i, number.Count + 1);
        }

        return new TrimmedProof(
            [.. kept.Where(i => i < clauses.Count).Select(i => clauses[i])],
            [.. kept.Where(i => i >= clauses.Count && i < given).Select(i => all[i])],
            [.. kept.Where(i => i >= given).Select(i => (all[i], Array.ConvertAll(reasons[i], r => number[r])))]);
    }
}
