using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Evaluation;

/// <summary>
/// One line of a Condition block: absent keys, set operators, several values (IAM User Guide, "Condition operators" and
/// "Single-valued vs. multivalued context keys").
/// </summary>
internal static class ConditionEvaluation
{
    public static bool Matches(EvaluationRun run, Condition condition, KnownKey key)
    {
        ConditionOperator op = condition.Operator;
        if (op.Comparison == ConditionComparison.Unknown)
        {
            return run.Takes(Reading.UnknownOperatorMatches);
        }

        if (op.Comparison == ConditionComparison.Null)
        {
            return MatchesNull(run, condition, key);
        }

        if (condition.Values.IsEmpty && op.Set == SetOperator.None && !op.IfExists)
        {
            return op.IsNegated ^ run.Takes(Reading.EmptyValuesFlip);
        }

        KeyValues values = RequestKeys.Find(run, condition.FoldedKey, key);
        if (values.IsAbsent)
        {
            return MatchesAbsent(run, op);
        }

        if (condition.Values.IsEmpty)
        {
            // Of an empty list AWS says for all of these: only an absent key.
            return false;
        }

        switch (op.Set)
        {
            case SetOperator.ForAllValues:
                for (int i = 0; i < values.Count; i++)
                {
                    if (Compares(run, condition, values[i]) == op.IsNegated)
                    {
                        return false;
                    }
                }

                return true;
            case SetOperator.ForAnyValue:
                for (int i = 0; i < values.Count; i++)
                {
                    if (Compares(run, condition, values[i]) != op.IsNegated)
                    {
                        return true;
                    }
                }

                return false;
            default:
                return MatchesPlain(run, condition, values);
        }
    }

    /// <summary>Whether a value of a negated operator holds a variable without a text in this request.</summary>
    public static bool NegatesUnresolved(EvaluationRun run, Condition condition)
    {
        if (condition.Operator.IsNegated)
        {
            foreach (PolicyPattern value in condition.Values)
            {
                if (value.HasVariables && !ExpandedPattern.Resolves(run, value))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool MatchesNull(EvaluationRun run, Condition condition, KnownKey key)
    {
        if (condition.Operator.Set != SetOperator.None)
        {
            return condition.Operator.Set == SetOperator.ForAllValues;
        }

        if (condition.Values.IsEmpty)
        {
            return run.Takes(Reading.EmptyValuesFlip);
        }

        bool absent = RequestKeys.Find(run, condition.FoldedKey, key).IsAbsent;
        foreach (PolicyPattern value in condition.Values)
        {
            if (OperatorComparisons.Truth(value.Text.AsSpan()) == absent)
            {
                return true;
            }
        }

        return false;
    }

    private static bool MatchesAbsent(EvaluationRun run, ConditionOperator op) => op.Set switch
    {
        SetOperator.ForAnyValue => op.IfExists && !run.Takes(Reading.ForAnyValueIfExistsNeedsKey),
        SetOperator.ForAllValues => op.IfExists || !op.IsNegated || !run.Takes(Reading.ForAllValuesNegatedNeedsKey),
        _ => op.IfExists || op.IsNegated,
    };

    private static bool MatchesPlain(EvaluationRun run, Condition condition, KeyValues values)
    {
        int matching = 0;
        for (int i = 0; i < values.Count; i++)
        {
            matching += Compares(run, condition, values[i]) ? 1 : 0;
        }

        if (condition.Operator.IsNegated)
        {
            return matching == 0;
        }

        // Some, but not all: only then do the readings differ.
        return matching == values.Count || (matching > 0 && !run.Takes(Reading.PlainOperatorNeedsEveryValue));
    }

    /// <summary>Whether a value of the request matches some value of the policy; for a negated operator, whether it matches what is negated.</summary>
    private static bool Compares(EvaluationRun run, Condition condition, ReadOnlySpan<char> value)
    {
        ComparisonFacts facts = ComparisonFacts.Of(condition.Operator.Comparison);
        var compared = new ComparedValue(value);
        foreach (PolicyPattern pattern in condition.Values)
        {
            if (Compares(run, facts, pattern, ref compared))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Compares(EvaluationRun run, ComparisonFacts facts, PolicyPattern pattern, ref ComparedValue value)
    {
        if (facts.Family == ComparisonFamily.Bool && pattern.HasVariables && run.Takes(Reading.NoVariablesInBool))
        {
            return false;
        }

        if (!ExpandedPattern.TryExpand(run, pattern, out ExpandedPattern expanded))
        {
            return false;
        }

        // What cannot be parsed matches nothing; under the other reading the negated operator is false too, as if it had matched.
        return OperatorComparisons.Compare(run, facts, pattern, expanded, ref value) ?? (facts.IsNegated && run.Takes(Reading.UnparsableIsFalse));
    }
}
