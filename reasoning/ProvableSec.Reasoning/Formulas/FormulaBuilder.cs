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
    private readonly Dictionary<int, int> atomNodes = [];
    private readonly Dictionary<int[], int> shared = new(IntArrayComparer.Instance);

    /// <summary>Number of nodes.</summary>
    public int Count => conjuncts.Count;

    public static int Not(int literal) => literal ^ 1;

    /// <summary>The literal of an atom.</summary>
    public int Atom(int atom)
    {
        if (!atomNodes.TryGetValue(atom, out int node))
        {
            node = conjuncts.Count;
            conjuncts.Add(null);
            atoms.Add(atom);
            atomNodes.Add(atom, node);
        }

        return node * 2;
    }

    /// <summary>The atom of a node, or -1.</summary>
    public int AtomOf(int node) => atoms[node];

    /// <summary>The literals a node is the conjunction of; null for atoms and the constant.</summary>
    public int[]? Conjuncts(int node) => conjuncts[node];

    public int And(params int[] literals) => And((IReadOnlyList<int>)literals);

    public int And(IReadOnlyList<int> literals)
    {
        var kept = new SortedSet<int>();
        foreach (int literal in literals)
        {
            if (literal == False)
            {
                return False;
            }

            if (literal == True)
            {
                continue;
            }

            // A conjunction inside a conjunction is flattened while it is small, so that equal ones meet however they were nested.
            if ((literal & 1) == 0 && conjuncts[literal >> 1] is { Length: <= 64 } inner)
            {
                kept.UnionWith(inner);
            }
            else
            {
                kept.Add(literal);
            }
        }

        foreach (int literal in kept)
        {
            if ((literal & 1) == 0 && kept.Contains(literal ^ 1))
            {
                return False;
            }
        }

        if (kept.Count == 0)
        {
            return True;
        }

        int[] key = [.. kept];
        if (key.Length == 1)
        {
            return key[0];
        }

        if (!shared.TryGetValue(key, out int node))
        {
            node = conjuncts.Count;
            conjuncts.Add(key);
            atoms.Add(-1);
            shared.Add(key, node);
        }

        return node * 2;
    }

    public int Or(params int[] literals) => Or((IReadOnlyList<int>)literals);

    public int Or(IReadOnlyList<int> literals)
    {
        int[] negated = new int[literals.Count];
        for (int i = 0; i < negated.Length; i++)
        {
            negated[i] = Not(literals[i]);
        }

        return Not(And((IReadOnlyList<int>)negated));
    }

    /// <summary>Choice by a condition: <paramref name="then"/> where it holds, <paramref name="otherwise"/> where not.</summary>
    public int If(int condition, int then, int otherwise) => Or(And(condition, then), And(Not(condition), otherwise));

    private sealed class IntArrayComparer : IEqualityComparer<int[]>
    {
        public static readonly IntArrayComparer Instance = new();

        public bool Equals(int[]? a, int[]? b) => a.AsSpan().SequenceEqual(b);

        public int GetHashCode(int[] array)
        {
            int hash = array.Length;
            foreach (int item in array)
            {
                hash = unchecked((hash * 31) + item);
            }

            return hash;
        }
    }
}
