using ProvableSec.CertificateChecker.Derivation;
using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;

namespace ProvableSec.CertificateChecker.Proofs;

/// <summary>
/// Whether a clause about one part of the request is true of all its values: no value, or set of values, makes every literal false.
/// Other variables know nothing of this; what couples two of them is a clause and not a lemma.
/// </summary>
internal static class LemmaCheck
{
    /// <summary>The part of the request a clause is about; null when it is about none or several.</summary>
    public static Variable? About(Atoms atoms, IEnumerable<int> literals)
    {
        Variable? about = null;
        foreach (Atom atom in literals.Select(l => atoms[Math.Abs(l)]).Where(a => a.Kind != AtomKind.Reading))
        {
            if (atom.Variable is null || (about is not null && about != atom.Variable))
            {
                return null;
            }

            about = atom.Variable;
        }

        return about;
    }

    /// <summary>Whether the clause is true whatever the values, under every reading that it does not exclude itself.</summary>
    /// <param name="atoms">The atoms.</param>
    /// <param name="literals">The clause.</param>
    /// <param name="blamed">When it is: literals that suffice.</param>
    /// <param name="effort">What the lemmas before have cost.</param>
    /// <param name="unknown">True when the check gave up.</param>
    public static bool Holds(Atoms atoms, IReadOnlyList<int> literals, ISet<int> blamed, LemmaEffort effort, out bool unknown)
    {
        unknown = false;
        if (About(atoms, literals) is not { } variable)
        {
            return false;
        }

        // The clause is false only where each reading in it is the opposite of what it says.
        Reading taken = Reading.None, spoken = Reading.None, disputed = Reading.None;
        foreach (int literal in literals)
        {
            Atom atom = atoms[Math.Abs(literal)];
            if (atom.Kind == AtomKind.Reading)
            {
                spoken |= atom.Reading;
                taken |= literal < 0 ? atom.Reading : Reading.None;
                blamed.Add(literal);
            }
            else
            {
                disputed |= atom.Set?.Readings ?? Reading.None;
            }
        }

        int open = (int)(disputed & ~spoken);
        for (int choice = open; ; choice = (choice - 1) & open)
        {
            if (!Excluded(atoms, variable, literals, taken | (Reading)choice, blamed, effort, out unknown))
            {
                return false;
            }

            if (choice == 0)
            {
                return true;
            }
        }
    }

    /// <summary>No values of the variable make all literals false, under one reading of every point.</summary>
    private static bool Excluded(Atoms atoms, Variable variable, IReadOnlyList<int> literals, Reading readings, ISet<int> blamed, LemmaEffort effort,
        out bool unknown)
    {
        // The literals are taken to be false: what each value must meet, and what some value must.
        var all = new List<(int Literal, Demand Demand)>();
        var some = new List<(int Literal, Demand Demand)>();
        int present = 0, absent = 0;
        foreach (int literal in literals)
        {
            Atom atom = atoms[Math.Abs(literal)];
            bool isTrue = literal < 0;
            switch (atom.Kind)
            {
                case AtomKind.Present when isTrue:
                    present = literal;
                    break;
                case AtomKind.Present:
                    absent = literal;
                    break;
                case AtomKind.In or AtomKind.Outside:
                    bool inside = atom.Kind == AtomKind.In == isTrue;
                    (isTrue ? some : all).Add((literal, new Demand(atom.Set!, inside)));
                    break;
            }
        }

        unknown = false;
        if (absent != 0 && (present != 0 || some.Count > 0))
        {
            blamed.Add(absent);
            blamed.Add(present != 0 ? present : some[0].Literal);
            return true;
        }

        if (!variable.IsMultivalued)
        {
            // The one value meets everything, if there must be one.
            if (!variable.IsAlwaysPresent && present == 0 && some.Count == 0)
            {
                return false;
            }

            return NoValue([.. some, .. all], some.Count > 0 || variable.IsAlwaysPresent ? 0 : present, out unknown);
        }

        foreach ((int literal, Demand demand) in some)
        {
            if (NoValue([(literal, demand), .. all], literal, out unknown))
            {
                return true;
            }
        }

        return present != 0 && NoValue(all, present, out unknown);

        bool NoValue(IReadOnlyList<(int Literal, Demand Demand)> demands, int needed, out bool unknown)
        {
            // A demand that is blamed for another reading is blamed here too, where that is enough.
            var indices = new HashSet<int>(Enumerable.Range(0, demands.Count).Where(i => blamed.Contains(demands[i].Literal)));
            Emptiness found = EmptinessCheck.Run([.. demands.Select(d => d.Demand)], readings, indices, effort);
            unknown = found == Emptiness.Unknown;
            if (found == Emptiness.Empty)
            {
                blamed.UnionWith(indices.Select(i => demands[i].Literal));
                if (needed == 0 && !variable.IsAlwaysPresent && some.Count > 0 && !some.Exists(s => blamed.Contains(s.Literal)))
                {
                    needed = some[0].Literal;
                }

                if (needed != 0)
                {
                    blamed.Add(needed);
                }
            }

            return found == Emptiness.Empty;
        }
    }
}
