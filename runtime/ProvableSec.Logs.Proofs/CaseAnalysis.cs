using System.Collections.Immutable;
using ProvableSec.Logs.Rules;
using ProvableSec.Policy;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Logs.Proofs;

/// <summary>
/// Looks for a record of which a formula is true, by all cases of its alternatives. A case ends as soon as the values it asks of one field exclude each
/// other. That every case ends so is a proof, because a record enters the rules only through the values of its fields, and any text may be a value.
/// </summary>
/// <param name="budget">What it may cost.</param>
/// <param name="onlyWritten">Whether only values are looked for that AWS WAF writes.</param>
internal sealed class CaseAnalysis(Budget budget, bool onlyWritten = false)
{
    private readonly Dictionary<string, string?> found = new(StringComparer.Ordinal);

    /// <summary>Why a search without result proves nothing; null when it does.</summary>
    public string? Doubt { get; private set; }

    /// <summary>A record of which all of some formulas are true; null when there is none, unless there is a <see cref="Doubt"/>.</summary>
    public RecordModel? Find(IEnumerable<RecordFormula> formulas)
    {
        Doubt = null;
        return Find([.. formulas], [], ImmutableDictionary<RecordAtom, bool>.Empty);
    }

    private RecordModel? Find(ImmutableStack<RecordFormula> toDo, ImmutableList<RecordFormula.Any> choices, ImmutableDictionary<RecordAtom, bool> literals)
    {
        while (!toDo.IsEmpty)
        {
            budget.Spend(1);
            toDo = toDo.Pop(out RecordFormula next);
            switch (next)
            {
                case RecordFormula.Literal literal:
                    if (literals.TryGetValue(literal.Atom, out bool known))
                    {
                        if (known != literal.IsTrue)
                        {
                            return null;
                        }

                        break;
                    }

                    literals = literals.Add(literal.Atom, literal.IsTrue);
                    if (!IsPossible(literal.Atom.Variable, literals))
                    {
                        return null;
                    }

                    break;
                case RecordFormula.All all:
                    foreach (RecordFormula part in all.Parts)
                    {
                        toDo = toDo.Push(part);
                    }

                    break;
                case RecordFormula.Any any:
                    choices = choices.Add(any);
                    break;
            }
        }

        // A choice in which something is true already needs no other; of the others what is false already, or cannot be, is none.
        RecordFormula.Any? smallest = null;
        ImmutableArray<RecordFormula> open = [];
        foreach (RecordFormula.Any choice in choices)
        {
            if (choice.Parts.Any(part => part is RecordFormula.Literal l && literals.TryGetValue(l.Atom, out bool known) && known == l.IsTrue))
            {
                choices = choices.Remove(choice);
                continue;
            }

            ImmutableArray<RecordFormula> parts = [.. choice.Parts.Where(part => part is not RecordFormula.Literal literal || IsOpen(literal, literals))];
            if (parts.IsEmpty)
            {
                return null;
            }

            if (smallest is null || parts.Length < open.Length)
            {
                (smallest, open) = (choice, parts);
                if (parts.Length == 1)
                {
                    break;
                }
            }
        }

        if (smallest is null)
        {
            return Complete(literals);
        }

        choices = choices.Remove(smallest);
        foreach (RecordFormula part in open)
        {
            if (Find([part], choices, literals) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Whether something that is not true yet can be.</summary>
    private bool IsOpen(RecordFormula.Literal literal, ImmutableDictionary<RecordAtom, bool> literals)
    {
        budget.Spend(1);
        return !literals.ContainsKey(literal.Atom) && IsPossible(literal.Atom.Variable, literals.Add(literal.Atom, literal.IsTrue));
    }

    private bool IsPossible(RecordVariable variable, ImmutableDictionary<RecordAtom, bool> literals) => Solve(variable, literals, new RecordModel());

    private RecordModel? Complete(ImmutableDictionary<RecordAtom, bool> literals)
    {
        var model = new RecordModel();
        foreach (RecordVariable variable in literals.Keys.Select(atom => atom.Variable).Distinct())
        {
            if (!Solve(variable, literals, model))
            {
                return null;
            }
        }

        return TellsActions(literals, model) ? model : null;
    }

    /// <summary>A rule that is listed as matching has an action, if only an empty one.</summary>
    private bool TellsActions(ImmutableDictionary<RecordAtom, bool> literals, RecordModel model)
    {
        var action = new RecordVariable(LogField.MatchedAction);
        bool listed = model.Texts.Any(text => text.Key.Field is LogField.MatchedRule or LogField.OverriddenAction && text.Value.Count > 0);
        if (!listed || (model.Texts.TryGetValue(action, out List<string>? actions) && actions.Count > 0))
        {
            return true;
        }

        if (Value(Domain(action), Outside(action, literals)) is not { } value)
        {
            return false;
        }

        model.Texts[action] = [value];
        return true;
    }

    private bool Solve(RecordVariable variable, ImmutableDictionary<RecordAtom, bool> literals, RecordModel model)
    {
        if (LogField.RecordSize == variable.Field)
        {
            model.Size.AddRange(Of(variable, literals).Select(literal => (literal.Key.Number!, literal.Value)));
            return FirstNumber(variable, literals) is not null;
        }

        if (Of(variable, literals).FirstOrDefault().Key?.Number is not null)
        {
            bool needed = Of(variable, literals).Any(literal => literal.Value);
            long? number = needed ? FirstNumber(variable, literals) : null;
            model.Numbers[variable] = number;
            return !needed || number is not null;
        }

        List<ValueSet> inside = [.. Of(variable, literals).Where(literal => literal.Value).Select(literal => literal.Key.Values!)];
        List<ValueSet> outside = Outside(variable, literals), domain = Domain(variable);
        List<string> values = model.Texts[variable] = [];
        if (!variable.HasMany)
        {
            if (inside.Count == 0)
            {
                return true;
            }

            string? value = Value(inside, outside);
            values.AddRange(value is null ? [] : [value]);
            return value is not null;
        }

        foreach (ValueSet set in inside)
        {
            if (Value([set, .. domain], outside) is not { } value)
            {
                return false;
            }

            values.Add(value);
        }

        return true;
    }

    /// <summary>What values of a field must not be in. Those of the Host header are hosts too.</summary>
    private static List<ValueSet> Outside(RecordVariable variable, ImmutableDictionary<RecordAtom, bool> literals) =>
    [
        .. Of(variable, literals).Where(literal => !literal.Value).Select(literal => literal.Key.Values!),
        .. variable is { Field: LogField.Header, Header: "host" } ? Outside(new RecordVariable(LogField.Host), literals) : [],
    ];

    /// <summary>What each value of a field must be in; nothing when it may be anything.</summary>
    private List<ValueSet> Domain(RecordVariable variable) =>
        onlyWritten && RecordDomain.ValuesOf(variable.Field) is { IsEmpty: false } values ? [TextSet.Of([.. values])] : [];

    private string? Value(List<ValueSet> inside, List<ValueSet> outside)
    {
        budget.Spend(1);
        string asked = string.Join('\n', inside.Select(set => set.Identity)) + "\n\n" + string.Join('\n', outside.Select(set => set.Identity));
        if (!found.TryGetValue(asked, out string? known))
        {
            known = found[asked] = Search(inside, outside);
        }

        return known;
    }

    private string? Search(List<ValueSet> inside, List<ValueSet> outside)
    {
        ValueOutcome outcome = ValueSearch.Find(inside, outside, Reading.None, budget, out string? value, out _);
        if (outcome == ValueOutcome.Unknown)
        {
            Doubt = "values were not searched exhaustively";
        }

        return value;
    }

    private long? FirstNumber(RecordVariable variable, ImmutableDictionary<RecordAtom, bool> literals)
    {
        // Between neighbouring bounds all numbers are alike.
        var ranges = Of(variable, literals).Select(literal => (Range: literal.Key.Number!, Inside: literal.Value)).ToList();
        foreach (long candidate in ranges.SelectMany(range => new[] { range.Range.AtLeast, range.Range.Below ?? 0 }).Append(0).Distinct().Order())
        {
            budget.Spend(ranges.Count);
            if (ranges.TrueForAll(range => Contains(range.Range, candidate) == range.Inside))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>Whether a number is in a range.</summary>
    public static bool Contains(LogCondition.Number range, long value) => value >= range.AtLeast && (range.Below is not { } below || value < below);

    private static IEnumerable<KeyValuePair<RecordAtom, bool>> Of(RecordVariable variable, ImmutableDictionary<RecordAtom, bool> literals) =>
        literals.Where(literal => literal.Key.Variable == variable);
}
