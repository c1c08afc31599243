using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using static ProvableSec.CertificateChecker.Derivation.Formula;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>What a line of a Condition block says (docs/semantics.md, lines 2 and 5 to 9).</summary>
internal sealed class ConditionDerivation(Atoms atoms)
{
    private readonly Dictionary<string, Formula> matches = new(StringComparer.Ordinal);

    /// <summary>What is known about matches with policy variables, true of every request.</summary>
    public List<(string Origin, Formula Fact)> Facts { get; } = [];

    /// <summary>Why the formulas say less than the policies do; empty when they say the same.</summary>
    public SortedSet<string> Gaps { get; } = new(StringComparer.Ordinal);

    public Formula Derive(Condition condition, string origin)
    {
        ConditionOperator op = condition.Operator;
        Variable key = atoms.Key(condition.FoldedKey);
        Formula present = atoms.Present(key), absent = Not(present);
        if (op.Comparison == ConditionComparison.Unknown)
        {
            return atoms.Reading(Reading.UnknownOperatorMatches);
        }

        if (op.Comparison == ConditionComparison.Null)
        {
            return op.Set == SetOperator.ForAllValues ? True
                : op.Set == SetOperator.ForAnyValue ? False
                : condition.Values.IsEmpty ? atoms.Reading(Reading.EmptyValuesFlip)
                : Or(origin, [.. condition.Values.Select(v => v.Text.ToLowerInvariant() switch { "true" => absent, "false" => present, _ => False })]);
        }

        if (condition.Values.IsEmpty && op.Set == SetOperator.None && !op.IfExists)
        {
            Formula flipped = atoms.Reading(Reading.EmptyValuesFlip);
            return op.IsNegated ? Not(flipped) : flipped;
        }

        Formula whenAbsent = op.Set switch
        {
            SetOperator.ForAnyValue => op.IfExists ? Not(atoms.Reading(Reading.ForAnyValueIfExistsNeedsKey)) : False,
            SetOperator.ForAllValues => op.IfExists || !op.IsNegated ? True : Not(atoms.Reading(Reading.ForAllValuesNegatedNeedsKey)),
            _ => op.IfExists || op.IsNegated ? True : False,
        };
        Formula whenPresent = condition.Values.IsEmpty ? False : Compared(condition, key, origin);
        return Or(origin, And(origin, absent, whenAbsent), And(origin, present, whenPresent));
    }

    /// <summary>Some variable of the pattern has no text in the request.</summary>
    public Formula Unresolved(PolicyPattern pattern, string origin)
    {
        var unresolved = new List<Formula>();
        foreach (PatternPart part in pattern.Parts)
        {
            if (part.Kind != PatternPartKind.Variable)
            {
                continue;
            }

            Variable key = atoms.Key(part.Text);
            if (part.Default is null)
            {
                unresolved.Add(Not(atoms.Present(key)));
            }

            if (key.IsMultivalued)
            {
                // Variables take keys with one value only; how many there are is not followed.
                Gaps.Add("how many values a key in a policy variable has");
                unresolved.Add(And(origin, atoms.Present(key), atoms.Free($"{key.Name} has several values")));
            }
        }

        return Or(origin, [.. unresolved]);
    }

    /// <summary>Some value of a variable matches a pattern in which policy variables stand.</summary>
    public Formula MatchesVariable(Variable variable, TextComparison comparison, PolicyPattern pattern, string origin)
    {
        string name = $"{variable.Name} matches {comparison}({PolicyText.Quoted(pattern.Text)})";
        if (!matches.TryGetValue(name, out Formula? match))
        {
            Gaps.Add("what a policy variable stands for");
            matches.Add(name, match = atoms.Free(name));
            Facts.Add((origin, Implies(origin, match, atoms.In(variable, PolicyText.Bound(comparison, pattern)))));
            Facts.Add((origin, Implies(origin, match, Not(Unresolved(pattern, origin)))));
        }

        return match;
    }

    /// <summary>The condition on a key that has some value.</summary>
    private Formula Compared(Condition condition, Variable key, string origin)
    {
        ConditionOperator op = condition.Operator;
        PolicyPattern[] plain = [.. condition.Values.Where(v => !v.HasVariables)];
        ValueSet set = SetOf(op.Comparison, plain);
        Formula usual = Compared(condition, key, set, origin);
        if (set is not ParsedSet parsed || !op.IsNegated)
        {
            return usual;
        }

        // What cannot be read counts as matched under the other reading; a value of the policy that cannot be read makes all match.
        bool broken = plain.Any(p => parsed.Kind == ParsedKind.Address ? PlainAddress.ReadRange(p.Text) is null
            : ParsedValues.Read(p.Text, parsed.Kind) is null);
        Formula strict = broken ? Quantified(op, key, atoms.Present(key), False) : Compared(condition, key, new UnreadableSet(parsed.Kind, parsed), origin);
        Formula reading = atoms.Reading(Reading.UnparsableIsFalse);
        return Or(origin, And(origin, Not(reading), usual), And(origin, reading, strict));
    }

    private Formula Compared(Condition condition, Variable key, ValueSet set, string origin)
    {
        PolicyPattern[] variables = [.. condition.Values.Where(v => v.HasVariables)];
        if (variables.Length == 0)
        {
            return Quantified(condition.Operator, key, atoms.In(key, set), atoms.Outside(key, set));
        }

        var some = new List<Formula> { atoms.In(key, set) };
        foreach (PolicyPattern pattern in variables)
        {
            Formula match = MatchesVariable(key, ComparisonOf(condition.Operator.Comparison), pattern, origin);
            some.Add(condition.Operator.Comparison == ConditionComparison.Bool ? And(origin, Not(atoms.Reading(Reading.NoVariablesInBool)), match) : match);
        }

        Formula matched = Or(origin, [.. some]);
        if (!key.IsMultivalued)
        {
            return Quantified(condition.Operator, key, matched, And(origin, atoms.Present(key), Not(matched)));
        }

        Formula missed =
            atoms.Free(
                $"some value of {key.Name} fails {condition.Operator.Comparison}("
                    + $"{string.Join(", ", condition.Values.Select(v => PolicyText.Quoted(v.Text)))}) and {set.Name}");
        Facts.Add((origin, Implies(origin, missed, atoms.Outside(key, set))));
        return Quantified(condition.Operator, key, matched, missed);
    }

    /// <summary>The operator, told by whether some value of a present key matches and whether some does not.</summary>
    private Formula Quantified(ConditionOperator op, Variable key, Formula someMatches, Formula someFails)
    {
        switch (op.Set)
        {
            case SetOperator.ForAllValues:
                return Not(op.IsNegated ? someMatches : someFails);
            case SetOperator.ForAnyValue:
                return op.IsNegated ? someFails : someMatches;
            case SetOperator.None when op.IsNegated:
                return Not(someMatches);
            default:
                return key.IsMultivalued
                    ? Or("", And("", someMatches, Not(atoms.Reading(Reading.PlainOperatorNeedsEveryValue))), And("", someMatches, Not(someFails)))
                    : someMatches;
        }
    }

    /// <summary>The values that a comparison with some values matches.</summary>
    public static ValueSet SetOf(ConditionComparison comparison, PolicyPattern[] values)
    {
        string[] texts = [.. values.Select(v => v.Text).Distinct().OrderBy(t => t, StringComparer.Ordinal)];
        var facts = ComparisonFacts.Of(comparison);

        string name = $"{facts.Positive}({string.Join(", ", texts.Select(PolicyText.Quoted))})";
        switch (facts.Family)
        {
            case ComparisonFamily.Numeric:
                return new OrderedSet(name, ParsedKind.Number, facts.Order, [.. texts.Select(PlainNumber.Read).OfType<object>()]);
            case ComparisonFamily.Date:
                return new OrderedSet(name, ParsedKind.Date, facts.Order, [.. texts.Select(PlainMoment.Read).OfType<object>()]);
            case ComparisonFamily.Bool:
                return new NamedSet(name, ParsedKind.Truth, [.. texts.Select(t => ParsedValues.Read(t, ParsedKind.Truth)).OfType<object>()]);
            case ComparisonFamily.Binary:
                return new NamedSet(name, ParsedKind.Bytes, [.. texts.Select(PlainBytes.Read).OfType<object>()]);
            case ComparisonFamily.IpAddress:
                return new AddressSet(name, [.. texts.Select(PlainAddress.ReadRange).Where(r => r is not null).Select(r => r!.Value)]);
            default:
                return PolicyText.Set(ComparisonOf(comparison), values);
        }
    }

    private static TextComparison ComparisonOf(ConditionComparison comparison) => ComparisonFacts.Of(comparison) switch
    {
        { Positive: ConditionComparison.StringLike } => TextComparison.Like,
        // A truth value is written in any case.
        { Positive: ConditionComparison.StringEqualsIgnoreCase } or { Family: ComparisonFamily.Bool } => TextComparison.EqualsIgnoreCase,
        { Family: ComparisonFamily.Arn } => TextComparison.Arn,
        _ => TextComparison.Equals,
    };
}
