namespace ProvableSec.Reasoning.Formulas;

/// <summary>
/// Formulas as a shared graph of conjunctions over literals: equal formulas are the same number, so that what two policies have in
/// common is seen without search. A literal is twice its node, plus one when negated; node 0 is the constant true.
/// </summary>
internal sealed class FormulaBuilder
{
    /// <summary>The literal that is always true.</summary>
    public const int True = 0;

    /// <summary>The literal that is always false.</summary>
    public const int False = 1;

    private readonly List<int[]?> conjuncts = [null];
    private readonly List<int> atoms = [-1];
    private readonly List<int> atomNodes = [];

    // The conjunctions by their literals: by hash the last node that has it, and for each node the one before it that has the same.
    private int[] latest = new int[64];
    private readonly List<int> before = [-1];

    // The literals of the conjunction that is being made.
    private int[] kept = new int[64];
    private int count;

    /// <summary>Number of nodes.</summary>
    public int Count => conjuncts.Count;

    public static int Not(int literal) => literal ^ 1;

    /// <summary>The literal of an atom.</summary>
    public int Atom(int atom)
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

        return atomNodes[atom] * 2;
    }

    /// <summary>The atom of a node, or -1.</summary>
    public int AtomOf(int node) => atoms[node];

    /// <summary>The literals a node is the conjunction of; null for atoms and the constant.</summary>
    public int[]? Conjuncts(int node) => conjuncts[node];

    public int And(params ReadOnlySpan<int> literals) => Conjunction(literals, 0);

    public int And(IReadOnlyList<int> literals) => Conjunction(literals, 0);

    public int Or(params ReadOnlySpan<int> literals) => Not(Conjunction(literals, 1));

    public int Or(IReadOnlyList<int> literals) => Not(Conjunction(literals, 1));

    /// <summary>Choice by a condition: <paramref name="then"/> where it holds, <paramref name="otherwise"/> where not.</summary>
    public int If(int condition, int then, int otherwise) => Or(And(condition, then), And(Not(condition), otherwise));

    /// <summary>The conjunction of some literals, each turned by <paramref name="sign"/>.</summary>
    private int Conjunction(ReadOnlySpan<int> literals, int sign)
    {
        count = 0;
        foreach (int literal in literals)
        {
            if (!Add(literal ^ sign))
            {
                return False;
            }
        }

        return Finish();
    }

    private int Conjunction(IReadOnlyList<int> literals, int sign)
    {
        count = 0;
        for (int i = 0; i < literals.Count; i++)
        {
            if (!Add(literals[i] ^ sign))
            {
                return False;
            }
        }

        return Finish();
    }

    /// <summary>Adds a literal to the conjunction that is being made.</summary>
    /// <returns>False where nothing satisfies it any more.</returns>
    private bool Add(int literal)
    {
        // A conjunction inside a conjunction is flattened while it is small, so that equal ones meet however they were nested.
        if ((literal & 1) == 0 && conjuncts[literal >> 1] is { Length: <= 64 } inner)
        {
            foreach (int part in inner)
            {
                Keep(part);
            }
        }
        else if (literal != True)
        {
            Keep(literal);
        }

        return literal != False;
    }

    private int Finish()
    {
        if (count > 1)
        {
            Array.Sort(kept, 0, count);
            int distinct = 1;
            for (int i = 1; i < count; i++)
            {
                // A literal and its negation stand side by side.
                if (kept[i] == (kept[i - 1] ^ 1))
                {
                    return False;
                }

                if (kept[i] != kept[distinct - 1])
                {
                    kept[distinct++] = kept[i];
                }
            }

            count = distinct;
        }

        return count switch { 0 => True, 1 => kept[0], _ => Shared() };
    }

    private void Keep(int literal)
    {
        if (count == kept.Length)
        {
            Array.Resize(ref kept, 2 * count);
        }

        kept[count++] = literal;
    }

    /// <summary>The node of what is kept: the one that was made of the same before, or a new one.</summary>
    private int Shared()
    {
        ReadOnlySpan<int> key = kept.AsSpan(0, count);
        int hash = HashOf(key);
        for (int node = latest[hash & (latest.Length - 1)] - 1; node >= 0; node = before[node])
        {
            if (key.SequenceEqual(conjuncts[node]))
            {
                return node * 2;
            }
        }

        if (conjuncts.Count > latest.Length)
        {
            Grow();
        }

        int made = conjuncts.Count;
        conjuncts.Add(key.ToArray());
        atoms.Add(-1);
        before.Add(latest[hash & (latest.Length - 1)] - 1);
        latest[hash & (latest.Length - 1)] = made + 1;
        return made * 2;
    }

    private void Grow()
    {
        latest = new int[4 * latest.Length];
        for (int node = 0; node < conjuncts.Count; node++)
        {
            if (conjuncts[node] is { } key)
            {
                int slot = HashOf(key) & (latest.Length - 1);
                before[node] = latest[slot] - 1;
                latest[slot] = node + 1;
            }
        }
    }

    private static int HashOf(ReadOnlySpan<int> literals)
    {
        uint hash = (uint)literals.Length;
        foreach (int literal in literals)
        {
            hash = (hash ^ (uint)literal) * 0x9E3779B1;
            hash ^= hash >> 15;
        }

        return (int)hash;
    }
}
