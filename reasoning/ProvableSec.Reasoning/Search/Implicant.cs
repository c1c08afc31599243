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
    private readonly List<Literal> needed = [];
    private readonly Stack<Formula> work = new();

    // By formula, and by node twice the round in which it was true, plus one for false: a new round forgets all of them at once.
    private int[] visited = [];
    private int[] truth = [];
    private int round;

    /// <summary>The atoms, each with its value; overwritten by the next search.</summary>
    /// <param name="roots">The formulas that are asserted, each true in the assignment.</param>
    public List<Literal> Of(IEnumerable<Formula> roots)
    {
        round++;
        if (truth.Length < graph.Count)
        {
            Array.Resize(ref truth, 2 * graph.Count);
            Array.Resize(ref visited, 4 * graph.Count);
        }

        needed.Clear();
        foreach (Formula root in roots)
        {
            work.Push(root);
        }

        while (work.Count > 0)
        {
            Formula formula = work.Pop();
            if (visited[formula.Code] == round)
            {
                continue;
            }

            visited[formula.Code] = round;
            if (graph.Conjuncts(formula.Node) is not { } conjuncts)
            {
                if (formula.Node != 0)
                {
                    needed.Add(Literal.Of(graph.AtomOf(formula.Node), !formula.IsNegated));
                }

                continue;
            }

            if (!formula.IsNegated)
            {
                foreach (Formula conjunct in conjuncts)
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
    private Formula Cheapest(Formula[] conjuncts)
    {
        Formula? chosen = null;
        int best = int.MaxValue;
        foreach (Formula conjunct in conjuncts)
        {
            if (Truth(!conjunct))
            {
                int cost = visited[(!conjunct).Code] == round ? 0 : CostOf(!conjunct);
                if (cost < best)
                {
                    best = cost;
                    chosen = !conjunct;
                }
            }
        }

        return chosen ?? throw new InvalidOperationException("a disjunction that is asserted has no true member");
    }

    /// <summary>Free Booleans and absent keys cost the theory nothing, conjunctions most.</summary>
    private int CostOf(Formula formula)
    {
        if (graph.Conjuncts(formula.Node) is not null)
        {
            return 5;
        }

        return graph.AtomOf(formula.Node) is var atom and >= 0 && formulas.Atoms[atom].Kind is var kind
            ? kind == AtomKind.Free ? 1 : formula.IsNegated ? 2 : kind == AtomKind.Present ? 3 : 4
            : 1;
    }

    private bool Truth(Formula formula)
    {
        int node = formula.Node;
        if (truth[node] >> 1 != round)
        {
            bool value = true;
            if (graph.Conjuncts(node) is { } conjuncts)
            {
                foreach (Formula conjunct in conjuncts)
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

        return (truth[node] & 1) == 0 != formula.IsNegated;
    }
}
