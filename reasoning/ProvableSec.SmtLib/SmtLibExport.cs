using System.Globalization;
using System.Text;
using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.SmtLib;

/// <summary>
/// Writes what stands behind an answer as SMT-LIB 2.6 (theory of Unicode strings): unsatisfiable for a proof, satisfiable for a refutation.
/// Case folding is written as character classes, since not every solver knows <c>str.to_lower</c>.
/// </summary>
public sealed class SmtLibExport
{
    private readonly StringBuilder text = new();
    private readonly Obligation obligation;
    private readonly RequestFormulas formulas;
    private readonly Dictionary<int, string> nodes = [];
    private readonly Dictionary<RequestVariable, int> elements = [];
    private readonly HashSet<RequestVariable> truthsAsText = [];

    private SmtLibExport(Obligation obligation)
    {
        this.obligation = obligation;
        formulas = obligation.Formulas;
    }

    /// <summary>Writes an answer's obligation.</summary>
    /// <param name="query">The question.</param>
    /// <param name="answer">Its answer, with the verdict <c>holds</c> or <c>violated</c>.</param>
    /// <param name="reason">Why there is no export, when the result is null.</param>
    public static string? Write(Query query, Answer answer, out string? reason)
    {
        reason = null;
        if (answer.Verdict == Verdict.Unknown)
        {
            reason = "an undecided question has nothing to check";
            return null;
        }

        if (query.Question == Question.NoDeadStatement)
        {
            reason = "the answer rests on several questions, one for each statement";
            return null;
        }

        return new SmtLibExport(Prover.ObligationOf(query, answer)).Write(answer.Witness, out reason);
    }

    private string? Write(Witness? witness, out string? reason)
    {
        foreach (RequestVariable variable in formulas.Variables)
        {
            ValueKind[] kinds = [.. formulas.Atoms.Where(a => a.Variable == variable && a.Set is not null).Select(a => a.Set!.Kind).Distinct()];
            if (kinds.Length == 2 && kinds.Contains(ValueKind.Text) && kinds.Contains(ValueKind.Truth))
            {
                truthsAsText.Add(variable);
            }
            else if (kinds.Length > 1 || kinds.Contains(ValueKind.Bytes))
            {
                reason = $"the conditions on {variable.Name} compare it in several ways";
                return null;
            }
        }

        reason = null;
        text.Append("; ").Append(obligation.IsSatisfiable ? "a witness exists: expected sat" : "proved: expected unsat").Append('\n');
        text.Append("(set-logic ALL)\n");
        foreach (RequestVariable variable in formulas.Variables)
        {
            Declare(variable);
        }

        for (int i = 0; i < formulas.Atoms.Count; i++)
        {
            Define(i);
        }

        foreach (Formula formula in obligation.Asserted)
        {
            string written = Text(formula);
            text.Append("(assert ").Append(written).Append(")\n");
        }

        foreach ((RequestVariable variable, string value) in witness is null ? [] : WitnessValues.Of(witness.Request, formulas))
        {
            if (KindOf(variable) == ValueKind.Text)
            {
                text.Append($"(assert (and {Element(variable, 0)}-in (= {Element(variable, 0)} {Quoted(value)})))\n");
            }
        }

        text.Append("(check-sat)\n");
        return text.ToString();
    }

    /// <summary>
    /// A key with at most one value is one string; of a key with several, as many elements as there are atoms about it: each atom that is
    /// true needs one element to show it, and no atom needs more.
    /// </summary>
    private void Declare(RequestVariable variable)
    {
        int count = variable.IsMultivalued ? Math.Max(1, formulas.Atoms.Count(a => a.Variable == variable)) : 1;
        elements[variable] = count;
        text.Append("; ").Append(variable.Name.Replace('\n', ' ')).Append('\n');
        ValueKind kind = KindOf(variable);
        for (int i = 0; i < count; i++)
        {
            string name = Element(variable, i);
            text.Append($"(declare-const {name}-in Bool)\n");
            string sort = kind switch
            {
                ValueKind.Number or ValueKind.Date => "Real",
                ValueKind.Address => "Int",
                ValueKind.Truth => "Bool",
                _ => "String",
            };
            text.Append($"(declare-const {name} {sort})\n");
            if (kind != ValueKind.Text)
            {
                text.Append($"(declare-const {name}-parses Bool)\n");
            }

            if (kind == ValueKind.Address)
            {
                text.Append($"(declare-const {name}-v6 Bool)\n");
                text.Append($"(assert (and (<= 0 {name}) (<= {name} (ite {name}-v6 340282366920938463463374607431768211455 4294967295))))\n");
            }

            if (kind == ValueKind.Date)
            {
                // What a text can say: years of four digits to eighteen digits of a second, and whole seconds of up to seventeen digits.
                text.Append($"(assert (and (<= (- 99999999999999999.0) {name}) (<= {name} 99999999999999999.0) (is_int (* 1000000000000000000.0 {name}))))\n");
                text.Append($"(assert (or (is_int {name}) (and (<= (- 62167305540.0) {name}) (< {name} 253402387140.0))))\n");
            }

            if (variable.IsAlwaysPresent)
            {
                text.Append($"(assert {name}-in)\n");
            }
        }
    }

    private ValueKind KindOf(RequestVariable variable) => truthsAsText.Contains(variable) ? ValueKind.Text
        : formulas.Atoms.FirstOrDefault(a => a.Variable == variable && a.Set is not null)?.Set!.Kind ?? ValueKind.Text;

    private static string Element(RequestVariable variable, int index) => $"v{variable.Id}-{index}";

    private void Define(int index)
    {
        RequestAtom atom = formulas.Atoms[index];
        if (atom.Kind == AtomKind.Free)
        {
            text.Append($"; {atom.Name.Replace('\n', ' ').Replace('\u0001', ' ')}\n(declare-const a{index} Bool)\n");
            return;
        }

        Func<string, ValueSet, string> member = truthsAsText.Contains(atom.Variable!) ? TextMember : Member;
        var any = new List<string>();
        for (int i = 0; i < elements[atom.Variable!]; i++)
        {
            string element = Element(atom.Variable!, i);
            string present = element + "-in";
            any.Add(atom.Kind switch
            {
                AtomKind.Present => present,
                AtomKind.Exists => $"(and {present} {member(element, atom.Set!)})",
                _ => $"(and {present} (not {member(element, atom.Set!)}))",
            });
        }

        text.Append($"(define-fun a{index} () Bool {Or(any)})\n");
    }

    /// <summary>The truth values of a key that is compared as text too: those that read true or false, in any case.</summary>
    private string TextMember(string element, ValueSet set) => set switch
    {
        UnparsableSet => $"(not {TextMember(element, new TruthSet(["true", "false"]))})",
        OrUnparsableSet either => $"(or {TextMember(element, new UnparsableSet(ValueKind.Truth))} {TextMember(element, either.Parsable)})",
        TruthSet truth => Or([.. truth.Members.Select(m => $"(str.in_re {element} {Regex(Folded(m))})")]),
        _ => Member(element, set),
    };

    private static CharPattern Folded(string word)
    {
        var builder = new CharPattern.Builder();
        foreach (char c in word)
        {
            builder.Add(PlaceKind.Folded, c);
        }

        return builder.Build();
    }

    private string Member(string element, ValueSet set)
    {
        switch (set)
        {
            case UnparsableSet:
                return $"(not {element}-parses)";
            case OrUnparsableSet either:
                return $"(or (not {element}-parses) {Member(element, either.Parsable)})";
            case TextSet textSet:
                return UnderReadings(set.Sensitivity, readings => Member(element, textSet.Patterns(readings)));
            case OrderedSet ordered:
                string comparison = ordered.Order switch
                {
                    ComparisonOrder.Less => "<",
                    ComparisonOrder.LessOrEqual => "<=",
                    ComparisonOrder.Greater => ">",
                    ComparisonOrder.GreaterOrEqual => ">=",
                    _ => "=",
                };
                return $"(and {element}-parses {Or([.. ordered.Bounds.Select(b => $"({comparison} {element} {Real(b)})")])})";
            case AddressSet addresses:
                return UnderReadings(set.Sensitivity, readings => Member(element, addresses, readings));
            case TruthSet truth:
                return $"(and {element}-parses {Or([.. truth.Members.Select(m => m == "true" ? element : $"(not {element})")])})";
            default:
                throw new InvalidOperationException($"no export for values of the kind {set.Kind}");
        }
    }

    /// <summary>One membership for each reading of the points on which it depends.</summary>
    private string UnderReadings(Reading sensitivity, Func<Reading, string> member)
    {
        for (int bit = 1; bit <= (int)sensitivity; bit <<= 1)
        {
            var reading = (Reading)bit;
            if ((sensitivity & reading) != 0)
            {
                int atom = formulas.Graph.AtomOf(formulas.Reading(reading).Node);
                Reading rest = sensitivity & ~reading;
                return $"(ite a{atom} {UnderReadings(rest, r => member(r | reading))} {UnderReadings(rest, member)})";
            }
        }

        return member(Reading.None);
    }

    private static string Member(string element, AddressSet addresses, Reading readings)
    {
        var any = new List<string>();
        foreach ((bool v6, UInt128Pair first, UInt128Pair last, UInt128Pair lastAs32, bool bare) in addresses.Ranges)
        {
            bool wide = bare && (readings & Reading.BareIpv6Is32) != 0;
            UInt128Pair from = wide ? first.First(true, 32) : first, to = wide ? lastAs32 : last;
            any.Add($"(and {(v6 ? "" : "(not ")}{element}-v6{(v6 ? "" : ")")} (<= {Number(from)} {element}) (<= {element} {Number(to)}))");
        }

        return $"(and {element}-parses {Or(any)})";
    }

    private static string Number(UInt128Pair value) => new UInt128(value.High, value.Low).ToString(CultureInfo.InvariantCulture);

    private static string Member(string element, PatternSet set)
    {
        var any = new List<string>();
        foreach (string literal in set.Literals)
        {
            any.Add($"(= {element} {Quoted(literal)})");
        }

        foreach (CharPattern pattern in set.Wild)
        {
            any.Add(pattern.IsEverything ? "true" : $"(str.in_re {element} {Regex(pattern)})");
        }

        return Or(any);
    }

    private static string Regex(CharPattern pattern)
    {
        const string InField = "(re.union (re.range \"\\u{0}\" \"9\") (re.range \";\" \"\\u{2FFFF}\"))";
        var parts = new List<string>();
        var literal = new StringBuilder();
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern.KindAt(i) == PlaceKind.Exact)
            {
                literal.Append(pattern.CharAt(i));
                continue;
            }

            Flush();
            char folded = pattern.CharAt(i);
            parts.Add(pattern.KindAt(i) switch
            {
                PlaceKind.Folded => FoldedCharacters.Of(folded) is { Length: > 1 } all
                    ? $"(re.union {string.Join(' ', all.Select(c => $"(str.to_re {Quoted(c.ToString())})"))})"
                    : $"(str.to_re {Quoted(folded.ToString())})",
                PlaceKind.One => "re.allchar",
                PlaceKind.OneInField => InField,
                PlaceKind.OneDigit => "(re.range \"0\" \"9\")",
                PlaceKind.Star => "re.all",
                _ => $"(re.* {InField})",
            });
        }

        Flush();
        return parts.Count switch { 0 => "(str.to_re \"\")", 1 => parts[0], _ => $"(re.++ {string.Join(' ', parts)})" };

        void Flush()
        {
            if (literal.Length > 0)
            {
                parts.Add($"(str.to_re {Quoted(literal.ToString())})");
                literal.Clear();
            }
        }
    }

    private static string Quoted(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (Rune rune in value.EnumerateRunes())
        {
            if (rune.Value == '"')
            {
                quoted.Append("\"\"");
            }
            else if (rune.Value is >= ' ' and <= '~' and not '\\')
            {
                quoted.Append((char)rune.Value);
            }
            else
            {
                quoted.Append("\\u{").Append(rune.Value.ToString("x", CultureInfo.InvariantCulture)).Append('}');
            }
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A number with a point, as the theory of reals wants it.</summary>
    private static string Real(ExactNumber value)
    {
        string digits = value.ToString();
        bool negative = digits[0] == '-';
        string magnitude = negative ? digits[1..] : digits;
        string real = magnitude.Contains('.') ? magnitude : magnitude + ".0";
        return negative ? $"(- {real})" : real;
    }

    private static string Or(IReadOnlyList<string> any) => any.Count switch { 0 => "false", 1 => any[0], _ => $"(or {string.Join(' ', any)})" };

    /// <summary>A literal of the graph; conjunctions are defined once, below what they need.</summary>
    private string Text(Formula formula)
    {
        string node = Node(formula.Node);
        return formula.IsNegated ? $"(not {node})" : node;
    }

    private string Node(int node)
    {
        if (node == 0)
        {
            return "true";
        }

        if (formulas.Graph.Conjuncts(node) is not { } conjuncts)
        {
            return "a" + formulas.Graph.AtomOf(node).ToString(CultureInfo.InvariantCulture);
        }

        if (!nodes.TryGetValue(node, out string? name))
        {
            string[] parts = [.. conjuncts.Select(Text)];
            name = $"n{node}";
            nodes.Add(node, name);
            text.Append($"(define-fun {name} () Bool (and {string.Join(' ', parts)}))\n");
        }

        return name;
    }
}
