using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>Turns condition lines into formulas, by the rules of <c>docs/semantics.md</c>, lines 5 to 9.</summary>
/// <param name="formulas">Where the formulas are made.</param>
/// <param name="fixedValues">The values that the question fixes for keys that policy variables may name.</param>
internal sealed class ConditionTranslator(RequestFormulas formulas, FixedValues fixedValues)
{
    private readonly FormulaBuilder graph = formulas.Graph;
    private readonly Dictionary<string, Formula> variableMatches = new(StringComparer.Ordinal);

    /// <summary>Every comparison with a policy variable met so far.</summary>
    public List<VariableMatch> VariableMatches { get; } = [];

    /// <summary>Every comparison of several values with policy variables met so far.</summary>
    public List<VariableMiss> VariableMisses { get; } = [];

    /// <summary>Facts about the free Booleans, true in every request.</summary>
    public List<Formula> Facts { get; } = [];

    /// <summary>A line of a statement as a formula.</summary>
    public Formula Translate(Statement statement, int line) => Translate(statement.Conditions[line], statement, line);

    /// <summary>A line that stands in no statement.</summary>
    public Formula Translate(Condition condition) => Translate(condition, null, 0);

    private Formula Translate(Condition condition, Statement? statement, int line)
    {
        ConditionOperator op = condition.Operator;
        RequestVariable key = formulas.Key(condition.FoldedKey);
        Formula present = formulas.Present(key), absent = !present;
        if (op.Comparison == ConditionComparison.Unknown)
        {
            return formulas.Reading(Reading.UnknownOperatorMatches);
        }

        if (op.Comparison == ConditionComparison.Null)
        {
            return op.Set switch
            {
                SetOperator.ForAllValues => Formula.True,
                SetOperator.ForAnyValue => Formula.False,
                _ when condition.Values.Length == 0 => formulas.Reading(Reading.EmptyValuesFlip),
                _ => graph.Or([.. condition.Values.Select(v => v.Text.Equals("true", StringComparison.OrdinalIgnoreCase) ? absent : present)]),
            };
        }

        if (condition.Values.Length == 0)
        {
            return (op.Set, op.IfExists) switch
            {
                (SetOperator.ForAnyValue, true) => graph.And(absent, !formulas.Reading(Reading.ForAnyValueIfExistsNeedsKey)),
                (SetOperator.ForAnyValue, _) => Formula.False,
                (SetOperator.ForAllValues, false) when op.IsNegated =>
                    graph.And(absent, !formulas.Reading(Reading.ForAllValuesNegatedNeedsKey)),
                (SetOperator.ForAllValues, _) or (_, true) => absent,
                _ when op.IsNegated => !formulas.Reading(Reading.EmptyValuesFlip),
                _ => formulas.Reading(Reading.EmptyValuesFlip),
            };
        }

        Comparison compared = Compare(op, key, condition, statement is null ? ConditionSet.Of(condition) : StatementSets.Of(statement).Condition(line));
        Formula ifExists = op.IfExists ? absent : Formula.False;
        switch (op.Set)
        {
            case SetOperator.ForAllValues when op.IsNegated:
                Formula keyed = op.IfExists ? Formula.True : graph.Or(present, !formulas.Reading(Reading.ForAllValuesNegatedNeedsKey));
                return graph.And(compared.NoneMatches, keyed);
            case SetOperator.ForAllValues:
                return graph.Or(absent, graph.And(present, !compared.SomeMisses));
            case SetOperator.ForAnyValue:
                Formula any = op.IsNegated ? compared.SomeMissesParsably : compared.SomeMatches;
                return op.IfExists ? graph.Or(any, graph.And(absent, !formulas.Reading(Reading.ForAnyValueIfExistsNeedsKey))) : any;
            default:
                if (op.IsNegated)
                {
                    return compared.NoneMatches;
                }

                Formula matches = key.IsMultivalued
                    ? graph.If(formulas.Reading(Reading.PlainOperatorNeedsEveryValue), graph.And(present, !compared.SomeMisses),
                        compared.SomeMatches)
                    : compared.SomeMatches;
                return graph.Or(matches, ifExists);
        }
    }

    /// <summary>
    /// For a Deny statement: an unresolved variable in a value of a negated operator voids it under <see cref="Reading.UnresolvedVariableVoidsDeny"/>.
    /// </summary>
    /// <returns>True where some variable of such a value is unresolved.</returns>
    public Formula Unresolved(Condition condition)
    {
        if (!condition.Operator.IsNegated)
        {
            return Formula.False;
        }

        return graph.Or([.. condition.Values.Select(Unresolved)]);
    }

    /// <summary>True where some variable of the pattern is unresolved.</summary>
    public Formula Unresolved(PolicyPattern pattern)
    {
        if (!pattern.HasVariables)
        {
            return Formula.False;
        }

        var unresolved = new List<Formula>();
        foreach (PatternPart part in pattern.Parts)
        {
            if (part.Kind != PatternPartKind.Variable)
            {
                continue;
            }

            RequestVariable key = formulas.Key(part.Text.ToLowerInvariant());
            if (key.IsMultivalued)
            {
                // Variables take single-valued keys only, and a default stands in for an absent key only. Of a key that may have
                // several values nothing more is assumed.
                Formula several = graph.And(formulas.Present(key), formulas.Free("several:" + key.Name));
                unresolved.Add(part.Default is null ? graph.Or(!formulas.Present(key), several) : several);
            }
            else if (part.Default is null)
            {
                unresolved.Add(!formulas.Present(key));
            }
        }

        return graph.Or(unresolved);
    }

    /// <summary>Some value of what is compared matches a pattern with variables.</summary>
    public Formula MatchVariable(RequestVariable compared, PolicyPattern pattern, MatchMode mode)
    {
        if (PatternCompiler.Resolve(pattern, key => formulas.Key(key).IsMultivalued ? null : fixedValues.Of(key), defaults: false) is { } parts)
        {
            return formulas.Exists(compared, PatternCompiler.CompileResolved(parts, mode));
        }

        string name = $"variable:{compared.Id}:{mode}:{pattern.Text}";
        if (!variableMatches.TryGetValue(name, out Formula matches))
        {
            matches = formulas.Free(name);
            variableMatches.Add(name, matches);
            foreach (VariableMatch other in VariableMatches)
            {
                // Whatever the variables stand for, what has the one shape has the other.
                if (other.Compared == compared && other.Mode == mode)
                {
                    if (VariableShapes.Covers(other.Pattern, pattern, mode, formulas.Budget))
                    {
                        Facts.Add(graph.Or(!matches, other.Formula));
                    }

                    if (VariableShapes.Covers(pattern, other.Pattern, mode, formulas.Budget))
                    {
                        Facts.Add(graph.Or(!other.Formula, matches));
                    }
                }
            }

            VariableMatches.Add(new VariableMatch(matches, compared, mode, pattern));
            Facts.Add(graph.Or(!matches, formulas.Exists(compared, PatternCompiler.Relaxed(pattern, mode))));
            Facts.Add(graph.Or(!matches, !Unresolved(pattern)));
        }

        return matches;
    }

    /// <summary>The ways in which the values of a key can relate to the values of a condition.</summary>
    private readonly record struct Comparison(Formula SomeMatches, Formula SomeMisses, Formula NoneMatches, Formula SomeMissesParsably);

    private Comparison Compare(ConditionOperator op, RequestVariable key, Condition condition, ConditionSet values)
    {
        Formula present = formulas.Present(key);
        var matches = new List<Formula>();
        bool variables = values.WithVariables.Count > 0;
        foreach (PolicyPattern value in values.WithVariables)
        {
            Formula match = MatchVariable(key, value, values.Mode);
            matches.Add(op.Comparison == ConditionComparison.Bool
                ? graph.And(!formulas.Reading(Reading.NoVariablesInBool), match)
                : match);
        }

        ValueSet set = values.Plain;
        Formula someMatches = graph.Or([formulas.Exists(key, set), .. matches]);
        Formula someMisses;
        if (!key.IsMultivalued)
        {
            someMisses = graph.And(present, !someMatches);
        }
        else if (!variables)
        {
            someMisses = formulas.Misses(key, set);
        }
        else
        {
            someMisses = formulas.Free($"misses:{key.Id}:{op.Comparison}:{string.Join("\u0001", condition.Values.Select(v => v.Text))}");
            Facts.Add(graph.Or(!someMisses, formulas.Misses(key, set)));
            VariableMisses.Add(new VariableMiss(someMisses, key, values.Mode, condition.Values));
        }

        Formula noneMatches = !someMatches, missesParsably = someMisses;
        if (set.Kind != ValueKind.Text && op.IsNegated)
        {
            bool unparsable = values.HasUnparsable;
            Formula strict = formulas.Reading(Reading.UnparsableIsFalse);
            Formula garbled = unparsable ? present : formulas.Exists(key, new UnparsableSet(set.Kind));
            noneMatches = graph.And(noneMatches, !graph.And(strict, garbled));
            missesParsably = !key.IsMultivalued ? graph.And(someMisses, !graph.And(strict, garbled))
                : graph.Or(graph.And(someMisses, !strict), unparsable ? Formula.False
                    : formulas.Misses(key, new OrUnparsableSet(set)));
        }

        return new Comparison(someMatches, someMisses, noneMatches, missesParsably);
    }
}
