using ProvableSec.Reasoning.Formulas;

namespace ProvableSec.Reasoning.Search;

/// <summary>
/// The atoms whose values make asserted formulas true in an assignment: of a disjunction one member is enough. The theory need not satisfy more, and
/// what is not needed stays out of the witness.
/// </summary>
/// <param name="formulas">The formulas.</param>
/// <param name="isTrue">Whether the assignment makes the atom of a node true.</param>
internal sealed class Implicant(RequestFormulas formulas, Func<int, bool> isTrue)
{
    private readonly FormulaBuilder graph = formulas.Graph;
    private readonly List<int> needed = [];
    private readonly Stack<int> work = new();

    // By literal, and by node twice the round in which it was true, plus one for false: a new round forgets all of them at once.
    private int[] visited = [];
    private int[] truth = [];
    private int round;

    /// <summary>The atoms, each as twice its number, plus one where it is false; overwritten by the next search.</summary>
    /// <param name="roots">The formulas that are asserted, each true in the assignment.</param>
    public List<int> Of(IEnumerable<int> roots)
    {
        round++;
        if (truth.Length < graph.Count)
        {
            Array.Resize(ref truth, 2 * graph.Count);
            Array.Resize(ref visited, 4 * graph.Count);
        }

        needed.Clear();
        foreach (int root in roots)
        {
            work.Push(root);
        }

        while (work.Count > 0)
        {
            int literal = work.Pop();
            if (visited[literal] == round)
            {
                continue;
            }

            visited[literal] = round;
            int node = literal >> 1;
            if (graph.Conjuncts(node) is not { } conjuncts)
            {
                if (node != 0)
                {
                    needed.Add((graph.AtomOf(node) * 2) | (literal & 1));
                }

                continue;
            }

            if ((literal & 1) == 0)
            {
                foreach (int conjunct in conjuncts)
                {
                    work.Push(conjunct);
                }

                continue;
            }

            work.Push(Cheapest(conjuncts));
        }

        return needed;
    }

    /// <summary>Of a disjunction, given as what it is the negated conjunction of, the member that is true and costs the theory least.</summary>
    private int Cheapest(int[] conjuncts)
    {
        int chosen = -1, best = int.MaxValue;
        foreach (int conjunct in conjuncts)
        {
            if (Truth(conjunct ^ 1))
            {
                int cost = visited[conjunct ^ 1] == round ? 0 : CostOf(conjunct ^ 1);
                if (cost < best)
                {
                    best = cost;
                    chosen = conjunct ^ 1;
                }
            }
        }

        return chosen;
    }

    /// <summary>Free Booleans and absent keys cost the theory nothing, conjunctions most.</summary>
    private int CostOf(int literal)
    {
        int node = literal >> 1;
        if (graph.Conjuncts(node) is not null)
        {
            return 5;
        }

        return graph.AtomOf(node) is var atom and >= 0 && formulas.Atoms[atom].Kind is var kind
            ? kind == AtomKind.Free ? 1 : (literal & 1) == 1 ? 2 : kind == AtomKind.Present ? 3 : 4
            : 1;
    }

    private bool Truth(int literal)
    {
        int node = literal >> 1;
        if (truth[node] >> 1 != round)
        {
            bool value = true;
            if (graph.Conjuncts(node) is { } conjuncts)
            {
                foreach (int conjunct in conjuncts)
                {
                    if (!Truth(conjunct))
                    {
                        value = false;
                        break;
                    }
                }
            }
            else if (node != 0)
            {
                value = isTrue(node);
            }

            truth[node] = (2 * round) | (value ? 0 : 1);
        }

        return (truth[node] & 1) == (literal & 1);
    }
}
