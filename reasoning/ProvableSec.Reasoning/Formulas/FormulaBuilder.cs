namespace ProvableSec.Reasoning.Formulas;

/// <summary>
/// Formulas as a shared graph of conjunctions: equal formulas are the same node, so that what two policies have in
/// common is seen without search. Node 0 is the constant true.
/// </summary>
internal sealed class FormulaBuilder
{
    private readonly List<Formula[]?> conjuncts = [null];
    private readonly List<int> atoms = [-1];
    private readonly List<int> atomNodes = [];

    // The conjunctions by what they join: by hash the last node that has it, and for each node the one before it that has the same.
    private int[] latest = new int[64];
    private readonly List<int> before = [-1];

    // The codes of what the conjunction that is being made joins: numbers are sorted and compared many at a time.
    private int[] kept = new int[64];
    private int count;

    /// <summary>Number of nodes.</summary>
    public int Count => conjuncts.Count;

    /// <summary>The formula of an atom.</summary>
    public Formula Atom(int atom)
    {
        while (atomNodes.Count <= atom)
        {
            atomNodes.Add(-1);
        }

        if (atomNodes[atom] < 0)
        {
            atomNodes[atom] = conjuncts.Count;
            conjuncts.Add(null);
            atoms.Add(atom);
            before.Add(-1);
        }

        return Formula.OfNode(atomNodes[atom]);
    }

    /// <summary>The atom of a node, or -1.</summary>
    public int AtomOf(int node) => atoms[node];

    /// <summary>What a node is the conjunction of; null for atoms and the constant.</summary>
    public Formula[]? Conjuncts(int node) => conjuncts[node];

    public Formula And(params ReadOnlySpan<Formula> formulas) => Conjunction(formulas, 0);

    public Formula And(IReadOnlyList<Formula> formulas) => Conjunction(formulas, 0);

    public Formula Or(params ReadOnlySpan<Formula> formulas) => !Conjunction(formulas, 1);

    public Formula Or(IReadOnlyList<Formula> formulas) => !Conjunction(formulas, 1);

    /// <summary>Choice by a condition: <paramref name="then"/> where it holds, <paramref name="otherwise"/> where not.</summary>
    public Formula If(Formula condition, Formula then, Formula otherwise) => Or(And(condition, then), And(!condition, otherwise));

    /// <summary>The conjunction of some formulas, each turned by <paramref name="sign"/>.</summary>
    private Formula Conjunction(ReadOnlySpan<Formula> formulas, int sign)
    {
        count = 0;
        foreach (Formula formula in formulas)
        {
            if (!Add(formula.Code ^ sign))
            {
                return Formula.False;
            }
        }

        return Finish();
    }

    private Formula Conjunction(IReadOnlyList<Formula> formulas, int sign)
    {
        count = 0;
        for (int i = 0; i < formulas.Count; i++)
        {
            if (!Add(formulas[i].Code ^ sign))
            {
                return Formula.False;
            }
        }

        return Finish();
    }

    /// <summary>Adds a formula to the conjunction that is being made.</summary>
    /// <returns>False where nothing satisfies it any more.</returns>
    private bool Add(int code)
    {
        // A conjunction inside a conjunction is flattened while it is small, so that equal ones meet however they were nested.
        if ((code & 1) == 0 && conjuncts[code >> 1] is { Length: <= 64 } inner)
        {
            foreach (Formula part in inner)
            {
                Keep(part.Code);
            }
        }
        else if (code != Formula.True.Code)
        {
            Keep(code);
        }

        return code != Formula.False.Code;
    }

    private Formula Finish()
    {
        if (count > 1)
        {
            Array.Sort(kept, 0, count);
            int distinct = 1;
            for (int i = 1; i < count; i++)
            {
                // A formula and its negation stand side by side.
                if (kept[i] == (kept[i - 1] ^ 1))
                {
                    return Formula.False;
                }

                if (kept[i] != kept[distinct - 1])
                {
                    kept[distinct++] = kept[i];
                }
            }

            count = distinct;
        }

        return count switch { 0 => Formula.True, 1 => Formula.OfCode(kept[0]), _ => Shared() };
    }

    private void Keep(int code)
    {
        if (count == kept.Length)
        {
            Array.Resize(ref kept, 2 * count);
        }

        kept[count++] = code;
    }

    /// <summary>The node of what is kept: the one that was made of the same before, or a new one.</summary>
    private Formula Shared()
    {
        ReadOnlySpan<int> key = kept.AsSpan(0, count);
        int hash = HashOf(key);
        for (int node = latest[hash & (latest.Length - 1)] - 1; node >= 0; node = before[node])
        {
            if (key.SequenceEqual(Formula.Codes(conjuncts[node])))
            {
                return Formula.OfNode(node);
            }
        }

        if (conjuncts.Count > latest.Length)
        {
            Grow();
        }

        int made = conjuncts.Count;
        conjuncts.Add(Formula.OfCodes(key).ToArray());
        atoms.Add(-1);
        before.Add(latest[hash & (latest.Length - 1)] - 1);
        latest[hash & (latest.Length - 1)] = made + 1;
        return Formula.OfNode(made);
    }

    private void Grow()
    {
        latest = new int[4 * latest.Length];
        for (int node = 0; node < conjuncts.Count; node++)
        {
            if (conjuncts[node] is { } key)
            {
                int slot = HashOf(Formula.Codes(key)) & (latest.Length - 1);
                before[node] = latest[slot] - 1;
                latest[slot] = node + 1;
            }
        }
    }

    private static int HashOf(ReadOnlySpan<int> codes)
    {
        uint hash = (uint)codes.Length;
        foreach (int code in codes)
        {
            hash = (hash ^ (uint)code) * 0x9E3779B1;
            hash ^= hash >> 15;
        }

        return (int)hash;
    }
}
