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
    private readonly Dictionary<string, int> variableMatches = new(StringComparer.Ordinal);

    /// <summary>Every comparison with a policy variable met so far.</summary>
    public List<VariableMatch> VariableMatches { get; } = [];

    /// <summary>Every comparison of several values with policy variables met so far.</summary>
    public List<VariableMiss> VariableMisses { get; } = [];

    /// <summary>Facts about the free Booleans, true in every request.</summary>
    public List<int> Facts { get; } = [];

    /// <summary>A line of a statement as a formula.</summary>
    public int Translate(Statement statement, int line) => Translate(statement.Conditions[line], statement, line);

    /// <summary>A line that stands in no statement.</summary>
    public int Translate(Condition condition) => Translate(condition, null, 0);

    private int Translate(Condition condition, Statement? statement, int line)
    {
        ConditionOperator op = condition.Operator;
        RequestVariable key = formulas.Key(condition.FoldedKey);
        int present = formulas.Present(key), absent = FormulaBuilder.Not(present);
        if (op.Comparison == ConditionComparison.Unknown)
        {
            return formulas.Reading(Reading.UnknownOperatorMatches);
        }

        if (op.Comparison == ConditionComparison.Null)
        {
            return op.Set switch
            {
                SetOperator.ForAllValues => FormulaBuilder.True,
                SetOperator.ForAnyValue => FormulaBuilder.False,
                _ when condition.Values.Length == 0 => formulas.Reading(Reading.EmptyValuesFlip),
                _ => graph.Or([.. condition.Values.Select(v => v.Text.Equals("true", StringComparison.OrdinalIgnoreCase) ? absent : present)]),
            };
        }

        if (condition.Values.Length == 0)
        {
            return (op.Set, op.IfExists) switch
            {
                (SetOperator.ForAnyValue, true) => graph.And(absent, FormulaBuilder.Not(formulas.Reading(Reading.ForAnyValueIfExistsNeedsKey))),
                (SetOperator.ForAnyValue, _) => FormulaBuilder.False,
                (SetOperator.ForAllValues, false) when op.IsNegated =>
                    graph.And(absent, FormulaBuilder.Not(formulas.Reading(Reading.ForAllValuesNegatedNeedsKey))),
                (SetOperator.ForAllValues, _) or (_, true) => absent,
                _ when op.IsNegated => FormulaBuilder.Not(formulas.Reading(Reading.EmptyValuesFlip)),
                _ => formulas.Reading(Reading.EmptyValuesFlip),
            };
        }

        Comparison compared = Compare(op, key, condition, statement is null ? ConditionSet.Of(condition) : StatementSets.Of(statement).Condition(line));
        int ifExists = op.IfExists ? absent : FormulaBuilder.False;
        switch (op.Set)
        {
            case SetOperator.ForAllValues when op.IsNegated:
                int keyed = op.IfExists ? FormulaBuilder.True : graph.Or(present, FormulaBuilder.Not(formulas.Reading(Reading.ForAllValuesNegatedNeedsKey)));
                return graph.And(compared.NoneMatches, keyed);
            case SetOperator.ForAllValues:
                return graph.Or(absent, graph.And(present, FormulaBuilder.Not(compared.SomeMisses)));
            case SetOperator.ForAnyValue:
                int any = op.IsNegated ? compared.SomeMissesParsably : compared.SomeMatches;
                return op.IfExists ? graph.Or(any, graph.And(absent, FormulaBuilder.Not(formulas.Reading(Reading.ForAnyValueIfExistsNeedsKey)))) : any;
            default:
                if (op.IsNegated)
                {
                    return compared.NoneMatches;
                }

                int matches = key.IsMultivalued
                    ? graph.If(formulas.Reading(Reading.PlainOperatorNeedsEveryValue), graph.And(present, FormulaBuilder.Not(compared.SomeMisses)),
                        compared.SomeMatches)
                    : compared.SomeMatches;
                return graph.Or(matches, ifExists);
        }
    }

    /// <summary>
    /// For a Deny statement: an unresolved variable in a value of a negated operator voids it under <see cref="Reading.UnresolvedVariableVoidsDeny"/>.
    /// </summary>
    /// <returns>True where some variable of such a value is unresolved.</returns>
    public int Unresolved(Condition condition)
    {
        if (!condition.Operator.IsNegated)
        {
            return FormulaBuilder.False;
        }

        return graph.Or([.. condition.Values.Select(Unresolved)]);
    }

    /// <summary>True where some variable of the pattern is unresolved.</summary>
    public int Unresolved(PolicyPattern pattern)
    {
        if (!pattern.HasVariables)
        {
            return FormulaBuilder.False;
        }

        var unresolved = new List<int>();
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
                int several = graph.And(formulas.Present(key), formulas.Free("several:" + key.Name));
                unresolved.Add(part.Default is null ? graph.Or(FormulaBuilder.Not(formulas.Present(key)), several) : several);
            }
            else if (part.Default is null)
            {
                unresolved.Add(FormulaBuilder.Not(formulas.Present(key)));
            }
        }

        return graph.Or(unresolved);
    }

    /// <summary>Some value of what is compared matches a pattern with variables.</summary>
    public int MatchVariable(RequestVariable compared, PolicyPattern pattern, MatchMode mode)
    {
        if (PatternCompiler.Resolve(pattern, key => formulas.Key(key).IsMultivalued ? null : fixedValues.Of(key), defaults: false) is { } parts)
        {
            return formulas.Exists(compared, PatternCompiler.CompileResolved(parts, mode));
        }

        string name = $"variable:{compared.Id}:{mode}:{pattern.Text}";
        if (!variableMatches.TryGetValue(name, out int literal))
        {
            literal = formulas.Free(name);
            variableMatches.Add(name, literal);
            foreach (VariableMatch other in VariableMatches)
            {
                // Whatever the variables stand for, what has the one shape has the other.
                if (other.Compared == compared && other.Mode == mode)
                {
                    if (VariableShapes.Covers(other.Pattern, pattern, mode, formulas.Budget))
                    {
                        Facts.Add(graph.Or(FormulaBuilder.Not(literal), other.Literal));
                    }

                    if (VariableShapes.Covers(pattern, other.Pattern, mode, formulas.Budget))
                    {
                        Facts.Add(graph.Or(FormulaBuilder.Not(other.Literal), literal));
                    }
                }
            }

            VariableMatches.Add(new VariableMatch(literal, compared, mode, pattern));
            Facts.Add(graph.Or(FormulaBuilder.Not(literal), formulas.Exists(compared, PatternCompiler.Relaxed(pattern, mode))));
            Facts.Add(graph.Or(FormulaBuilder.Not(literal), FormulaBuilder.Not(Unresolved(pattern))));
        }

        return literal;
    }

    /// <summary>The ways in which the values of a key can relate to the values of a condition.</summary>
    private readonly record struct Comparison(int SomeMatches, int SomeMisses, int NoneMatches, int SomeMissesParsably);

    private Comparison Compare(ConditionOperator op, RequestVariable key, Condition condition, ConditionSet values)
    {
        int present = formulas.Present(key);
        var matches = new List<int>();
        bool variables = values.WithVariables.Count > 0;
        foreach (PolicyPattern value in values.WithVariables)
        {
            int match = MatchVariable(key, value, values.Mode);
            matches.Add(op.Comparison == ConditionComparison.Bool
                ? graph.And(FormulaBuilder.Not(formulas.Reading(Reading.NoVariablesInBool)), match)
                : match);
        }

        ValueSet set = values.Plain;
        int someMatches = graph.Or([formulas.Exists(key, set), .. matches]);
        int someMisses;
        if (!key.IsMultivalued)
        {
            someMisses = graph.And(present, FormulaBuilder.Not(someMatches));
        }
        else if (!variables)
        {
            someMisses = formulas.Misses(key, set);
        }
        else
        {
            someMisses = formulas.Free($"misses:{key.Id}:{op.Comparison}:{string.Join("\u0001", condition.Values.Select(v => v.Text))}");
            Facts.Add(graph.Or(FormulaBuilder.Not(someMisses), formulas.Misses(key, set)));
            VariableMisses.Add(new VariableMiss(someMisses, key, values.Mode, condition.Values));
        }

        int noneMatches = FormulaBuilder.Not(someMatches), missesParsably = someMisses;
        if (set.Kind != ValueKind.Text && op.IsNegated)
        {
            bool unparsable = values.HasUnparsable;
            int strict = formulas.Reading(Reading.UnparsableIsFalse);
            int garbled = unparsable ? present : formulas.Exists(key, new UnparsableSet(set.Kind));
            noneMatches = graph.And(noneMatches, FormulaBuilder.Not(graph.And(strict, garbled)));
            missesParsably = !key.IsMultivalued ? graph.And(someMisses, FormulaBuilder.Not(graph.And(strict, garbled)))
                : graph.Or(graph.And(someMisses, FormulaBuilder.Not(strict)), unparsable ? FormulaBuilder.False
                    : formulas.Misses(key, new OrUnparsableSet(set)));
        }

        return new Comparison(someMatches, someMisses, noneMatches, missesParsably);
    }
}
