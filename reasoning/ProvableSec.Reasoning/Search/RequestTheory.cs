using ProvableSec.Policy;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Search;

/// <summary>
/// Decides whether atoms can be true and false together as given: each variable on its own, since nothing else couples them.
/// </summary>
internal sealed class RequestTheory(RequestFormulas formulas, Budget budget)
{
    // Most models differ in one variable only, so what was found for the others is asked for again and again.
    private readonly Dictionary<AskedOfVariable, Finding> findings = [];

    // The atoms of the assignment at hand, by variable and then by number, and the same without their variables.
    private long[] sorted = new long[32];
    private Literal[] literals = new Literal[32];

    /// <summary>True once a mix of comparisons was met that is not searched exhaustively: from then on nothing counts as proved.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>The key on which the search was not exhaustive.</summary>
    public string IncompleteKey { get; private set; } = "";

    /// <summary>Checks an assignment.</summary>
    /// <param name="assignment">Atoms and their values.</param>
    /// <param name="readings">The reading of each disputed point in it.</param>
    /// <param name="values">The values found, when the result is empty.</param>
    /// <returns>Facts that the assignment violates, as atoms with the value at least one of which must be taken, and the readings on which the fact
    /// rests.</returns>
    public List<Conflict> Check(List<Literal> assignment, Reading readings, out Dictionary<RequestVariable, List<string>> values)
    {
        int count = Sort(assignment);
        values = [];
        var conflicts = new List<Conflict>();
        for (int from = 0, to; from < count; from = to)
        {
            int id = (int)(sorted[from] >> 32);
            Reading disputed = Reading.None;
            for (to = from; to < count && sorted[to] >> 32 == id; to++)
            {
                disputed |= formulas.Atoms[literals[to].Variable].Set?.Sensitivity ?? Reading.None;
            }

            RequestVariable variable = formulas.Variables[id];
            var asked = new AskedOfVariable(literals.AsMemory(from, to - from), readings & disputed);
            if (!findings.TryGetValue(asked, out Finding? finding))
            {
                Literal[] its = literals.AsSpan(from, to - from).ToArray();
                finding = CheckVariable(variable, its, readings);
                findings.Add(new AskedOfVariable(its, readings & disputed), finding);
            }

            if (finding.Conflict is { } conflict)
            {
                conflicts.Add(conflict);
            }
            else if (finding.Values is { } found)
            {
                values.Add(variable, found);
            }
        }

        foreach (RequestVariable variable in formulas.Variables)
        {
            // Any text will do for an action or resource of which nothing is asked; who the caller is then is left to the reader of the model.
            if (variable.IsAlwaysPresent && !values.ContainsKey(variable) && conflicts.Count == 0
                && (variable == formulas.Action || variable == formulas.Resource))
            {
                values.Add(variable, ["*"]);
            }
        }

        return conflicts;
    }

    /// <summary>Sorts the atoms that speak of variables.</summary>
    /// <returns>Their number.</returns>
    private int Sort(List<Literal> assignment)
    {
        if (sorted.Length < assignment.Count)
        {
            sorted = new long[2 * assignment.Count];
            literals = new Literal[2 * assignment.Count];
        }

        int count = 0;
        foreach (Literal literal in assignment)
        {
            if (formulas.Atoms[literal.Variable].Variable is { } variable)
            {
                sorted[count++] = ((long)variable.Id << 32) | (uint)literal.Code;
            }
        }

        Array.Sort(sorted, 0, count);
        for (int i = 0; i < count; i++)
        {
            literals[i] = Literal.OfCode((int)sorted[i]);
        }

        return count;
    }

    private Finding CheckVariable(RequestVariable variable, Literal[] assigned, Reading readings)
    {
        // What every value must satisfy, and what some value must: for a single-valued key they fall together.
        var allInside = new List<int>();
        var allOutside = new List<int>();
        var some = new List<int>();
        int presence = -1;
        foreach (Literal literal in assigned)
        {
            int number = literal.Variable;
            bool isTrue = !literal.IsNegative;
            switch (formulas.Atoms[number].Kind)
            {
                case AtomKind.Present:
                    presence = isTrue ? number : presence;
                    break;
                case AtomKind.Exists when isTrue && variable.IsMultivalued:
                case AtomKind.Misses when isTrue:
                    some.Add(number);
                    break;
                case AtomKind.Exists when isTrue:
                case AtomKind.Misses:
                    allInside.Add(number);
                    break;
                default:
                    allOutside.Add(number);
                    break;
            }
        }

        bool needed = variable.IsAlwaysPresent || presence >= 0 || some.Count > 0 || (!variable.IsMultivalued && allInside.Count > 0);
        if (!needed)
        {
            return Finding.Nothing;
        }

        var found = new List<string>();
        foreach (int witness in some.Count > 0 ? some : [-1])
        {
            var inside = new List<int>(allInside);
            var outside = new List<int>(allOutside);
            if (witness >= 0)
            {
                (formulas.Atoms[witness].Kind == AtomKind.Exists ? inside : outside).Add(witness);
            }

            switch (ValueSearch.Find(Sets(inside), Sets(outside), readings, budget, out string? value, out HashSet<int> blamed))
            {
                case ValueOutcome.Found:
                    if (!found.Contains(value!))
                    {
                        found.Add(value!);
                    }

                    break;
                case ValueOutcome.Unknown:
                    IsIncomplete = true;
                    IncompleteKey = variable.Name;
                    return new Finding(null, Explain(inside, [.. outside], witness, presence, variable, readings, exact: false));
                default:
                    var core = new List<int>();
                    foreach (int index in blamed)
                    {
                        core.Add(outside[index]);
                    }

                    return new Finding(null, Explain(inside, core, witness, presence, variable, readings, exact: true));
            }
        }

        return new Finding(found, null);
    }

    private List<ValueSet> Sets(List<int> atoms) => atoms.ConvertAll(a => formulas.Atoms[a].Set!);

    /// <summary>The smallest reason that can be had cheaply, as a clause.</summary>
    private Conflict Explain(List<int> inside, List<int> outside, int witness, int presence, RequestVariable variable, Reading readings, bool exact)
    {
        if (exact && inside.Count > 1)
        {
            for (int i = inside.Count - 1; i >= 0 && inside.Count > 1; i--)
            {
                if (inside[i] == witness)
                {
                    continue;
                }

                var fewer = new List<int>(inside);
                fewer.RemoveAt(i);
                if (ValueSearch.Find(Sets(fewer), Sets(outside), readings, budget, out _, out _) == ValueOutcome.None)
                {
                    inside = fewer;
                }
            }
        }

        Reading sensitivity = Reading.None;
        foreach (ValueSet set in Sets(inside).Concat(Sets(outside)))
        {
            sensitivity |= set.Sensitivity;
        }

        if (exact && sensitivity != Reading.None && HoldsUnderAll(inside, outside, sensitivity, readings))
        {
            sensitivity = Reading.None;
        }

        var clause = new List<Literal>();
        bool keyed = variable.IsAlwaysPresent;
        foreach (int atom in inside)
        {
            // A Misses atom in here is false: every value is inside its set.
            bool value = formulas.Atoms[atom].Kind == AtomKind.Exists;
            clause.Add(Literal.Of(atom, !value));
            keyed |= value;
        }

        foreach (int atom in outside)
        {
            bool value = formulas.Atoms[atom].Kind == AtomKind.Misses;
            clause.Add(Literal.Of(atom, !value));
            keyed |= value;
        }

        // Without an atom that needs a value the fact is about present keys only: an absent one has no values to be at odds.
        if (!keyed)
        {
            clause.Add(Literal.Of(presence >= 0 ? presence : formulas.PresenceOf(variable), false));
        }

        return new Conflict(clause, sensitivity);
    }

    /// <summary>Most facts do not depend on how a disputed point is read; saying so spares a search for each reading.</summary>
    private bool HoldsUnderAll(List<int> inside, List<int> outside, Reading sensitivity, Reading readings)
    {
        int bits = (int)sensitivity;
        for (int choice = bits; ; choice = (choice - 1) & bits)
        {
            Reading other = (readings & ~sensitivity) | (Reading)choice;
            if (other != readings && ValueSearch.Find(Sets(inside), Sets(outside), other, budget, out _, out _) != ValueOutcome.None)
            {
                return false;
            }

            if (choice == 0)
            {
                return true;
            }
        }
    }

    /// <summary>What is asked of a variable: the same for the same atoms, each of which speaks of one variable, and readings of what they dispute.</summary>
    private readonly struct AskedOfVariable(ReadOnlyMemory<Literal> literals, Reading readings) : IEquatable<AskedOfVariable>
    {
        private readonly ReadOnlyMemory<Literal> literals = literals;
        private readonly Reading readings = readings;

        public bool Equals(AskedOfVariable other) => readings == other.readings
            && Literal.Codes(literals.Span).SequenceEqual(Literal.Codes(other.literals.Span));

        public override bool Equals(object? obj) => obj is AskedOfVariable other && Equals(other);

        public override int GetHashCode()
        {
            int hash = (int)readings;
            foreach (Literal literal in literals.Span)
            {
                hash = unchecked((hash * 31) + literal.Code);
            }

            return hash;
        }
    }

    /// <summary>What came of a variable: values, a conflict, or neither where nothing needs one.</summary>
    private sealed record Finding(List<string>? Values, Conflict? Conflict)
    {
        public static Finding Nothing { get; } = new(null, null);
    }
}

/// <summary>A fact: one of the atoms has the value given, or one of the readings differs from the assignment's.</summary>
/// <param name="Clause">The atoms with these values.</param>
/// <param name="Sensitivity">The readings on which the fact rests.</param>
internal sealed record Conflict(List<Literal> Clause, Reading Sensitivity);
