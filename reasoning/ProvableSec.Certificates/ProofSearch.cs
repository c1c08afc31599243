using ProvableSec.CertificateChecker.Derivation;
using ProvableSec.CertificateChecker.Proofs;
using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Search;

namespace ProvableSec.Certificates;

/// <summary>Looks for the lemmas and steps with which the checker's clauses exclude each other.</summary>
internal sealed class ProofSearch
{
    // A comparison of sets of values counts as this many steps of the solver.
    private const int StepsOfLemma = 500;

    private readonly Atoms atoms;
    private readonly IReadOnlyList<Clause> clauses;
    private readonly Budget budget;
    private readonly SatSolver solver;
    private readonly LemmaEffort effort = new();
    private readonly List<int[]> lemmas = [];
    private readonly List<int[]> learned = [];

    public ProofSearch(QuestionDerivation derivation, Budget budget)
    {
        atoms = derivation.Atoms;
        clauses = derivation.Clauses.All;
        this.budget = budget;
        solver = new SatSolver(budget, clause => learned.Add([.. clause.Select(NumberOf)]));
        for (int i = 0; i < atoms.Count; i++)
        {
            solver.NewVariable();
        }

        foreach (Clause clause in clauses)
        {
            solver.AddClause([.. clause.Literals.Select(LiteralOf)]);
        }
    }

    /// <summary>Facts about values that the search came upon, each confirmed.</summary>
    public IReadOnlyList<int[]> Lemmas => lemmas;

    /// <summary>Clauses that the search learned, each from those before it.</summary>
    public IReadOnlyList<int[]> Learned => learned;

    /// <summary>The part of the request whose values could not be compared; null when there was none.</summary>
    public string? Doubt { get; private set; }

    /// <summary>Whether the clauses can be satisfied together, as far as the checker can tell.</summary>
    public bool FindsModel() => solver.Solve([], () =>
    {
        List<int[]> found = Violated();
        lemmas.AddRange(found);
        return found.Count == 0 ? null : found.ConvertAll(l => Array.ConvertAll(l, LiteralOf));
    });

    /// <summary>Facts about values that the assignment at hand violates.</summary>
    private List<int[]> Violated()
    {
        var found = new List<int[]>();
        var byVariable = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (int literal in Needed())
        {
            if (atoms[Math.Abs(literal)].Variable is { } variable)
            {
                if (!byVariable.TryGetValue(variable.Name, out List<int>? list))
                {
                    byVariable.Add(variable.Name, list = []);
                }

                list.Add(literal);
            }
        }

        foreach (KeyValuePair<string, List<int>> of in byVariable)
        {
            int[] denied = [.. of.Value.Select(l => -l)];
            if (Lemma(denied, of.Key) is { } lemma)
            {
                found.Add(lemma);
            }
        }

        return found;
    }

    /// <summary>A part of the clause, as small as can be had cheaply, that is true of all values; null when even the whole is not.</summary>
    private int[]? Lemma(int[] clause, string about)
    {
        if (!Holds(clause, about, out HashSet<int> blamed))
        {
            // Perhaps under the readings at hand.
            Reading disputed = clause.Aggregate(Reading.None, (r, l) => r | (atoms[Math.Abs(l)].Set?.Readings ?? Reading.None));
            clause = [.. clause, .. Enumerable.Range(1, atoms.Count).Where(n => (atoms[n].Reading & disputed) != 0)
                .Select(n => solver.ValueOf(LiteralOf(n)) > 0 ? -n : n)];
            if (disputed == Reading.None || !Holds(clause, about, out blamed))
            {
                return null;
            }
        }

        int[] kept = [.. clause.Where(blamed.Contains)];
        if (!Holds(kept, about, out _))
        {
            kept = clause;
        }

        for (int i = kept.Length - 1; i >= 0 && kept.Length > 1; i--)
        {
            int[] fewer = [.. kept.Where((_, at) => at != i)];
            if (Holds(fewer, about, out _))
            {
                kept = fewer;
            }
        }

        Array.Sort(kept);
        return kept;
    }

    private bool Holds(int[] clause, string about, out HashSet<int> blamed)
    {
        long before = effort.Moves;
        blamed = [];
        bool holds = LemmaCheck.Holds(atoms, clause, blamed, effort, out bool unknown);
        budget.Spend(StepsOfLemma);
        budget.SpendWork(effort.Moves - before);
        Doubt ??= unknown ? about : null;
        return holds;
    }

    /// <summary>Literals of the assignment that satisfy every clause: the theory need not look at more.</summary>
    private SortedSet<int> Needed()
    {
        var needed = new SortedSet<int>();
        foreach (Clause clause in clauses)
        {
            if (clause.Literals.Any(needed.Contains))
            {
                continue;
            }

            needed.Add(clause.Literals.Where(l => solver.ValueOf(LiteralOf(l)) > 0).OrderBy(Cost).First());
        }

        return needed;
    }

    /// <summary>What costs the theory nothing comes first, then what asks for no value.</summary>
    private int Cost(int literal) => atoms[Math.Abs(literal)].Kind switch
    {
        AtomKind.Free => 0,
        AtomKind.Reading => 1,
        _ when literal < 0 => 2,
        AtomKind.Present => 3,
        _ => 4,
    };

    // The solver counts from 0; a certificate from 1, and below 0 what is negated.
    private static Literal LiteralOf(int number) => Literal.Of(Math.Abs(number) - 1, number > 0);

    private static int NumberOf(Literal literal) => literal.IsNegative ? -literal.Variable - 1 : literal.Variable + 1;
}
