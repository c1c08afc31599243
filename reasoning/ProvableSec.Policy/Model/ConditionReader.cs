using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>Reads the Condition element of a statement.</summary>
/// <param name="variables">True where <c>${</c> begins a variable.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class ConditionReader(bool variables, PolicyProblems problems)
{
    /// <summary>The conditions of a block, in its order; what cannot be read is left out.</summary>
    public ImmutableArray<Condition> Read(JsonItem block)
    {
        if (block.Kind != JsonKind.Object)
        {
            problems.WrongType(block, "Condition", "an object");
            return ImmutableArray<Condition>.Empty;
        }

        var conditions = ImmutableArray.CreateBuilder<Condition>();
        foreach (JsonMember line in block.Properties())
        {
            ConditionOperator op = ConditionOperator.Parse(line.Name, out bool exactCase);
            if (op.Comparison == ConditionComparison.Unknown)
            {
                problems.Report(line.NameElement, ProblemCode.UnknownOperator,
                    $"AWS has no condition operator \"{Excerpt.Of(line.Name)}\"{OperatorSuggestion.For(line.Name)}");
            }
            else if (!exactCase)
            {
                problems.Report(line.NameElement, ProblemCode.OperatorCase, $"AWS writes this operator with other capitals than \"{Excerpt.Of(line.Name)}\"");
            }

            if (line.Value.Kind != JsonKind.Object)
            {
                problems.WrongType(line.Value, Excerpt.Of(line.Name), "an object of condition keys");
                continue;
            }

            var folded = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (JsonMember key in line.Value.Properties())
            {
                string name = key.Name;
                string fold = name.ToLowerInvariant();
                if (folded.TryGetValue(fold, out string? other) && other != name)
                {
                    problems.Report(key.NameElement, ProblemCode.DuplicateKey,
                        $"\"{Excerpt.Of(name)}\" and \"{Excerpt.Of(other)}\" are the same condition key, which folds case");
                }

                folded[fold] = name;
                conditions.Add(new Condition(op, name, fold, Values(op, key), line.NameSpan, key.NameSpan));
            }
        }

        return conditions.ToImmutable();
    }

    private ImmutableArray<PolicyPattern> Values(ConditionOperator op, JsonMember key)
    {
        var values = ImmutableArray.CreateBuilder<PolicyPattern>(Math.Max(1, key.Value.Count));
        if (key.Value.Kind == JsonKind.Array)
        {
            foreach (JsonItem item in key.Value.Elements())
            {
                Value(item);
            }

            if (key.Value.Count == 0)
            {
                problems.Report(key.Value, ProblemCode.EmptyList, $"the condition on \"{Excerpt.Of(key.Name)}\" lists no value");
            }
        }
        else
        {
            Value(key.Value);
        }

        return values.ToImmutable();

        void Value(JsonItem item)
        {
            if (item.Kind is not (JsonKind.String or JsonKind.Number or JsonKind.True or JsonKind.False))
            {
                problems.WrongType(item, "a condition value", "a string, number or Boolean");
                return;
            }

            string text = item.Text;
            if (op.Comparison == ConditionComparison.Null && !text.Equals("true", StringComparison.OrdinalIgnoreCase)
                && !text.Equals("false", StringComparison.OrdinalIgnoreCase))
            {
                problems.Report(item, ProblemCode.InvalidValue, $"Null takes \"true\" or \"false\", not \"{Excerpt.Of(text)}\"");
            }

            int unclosed = -1;
            bool parsed = variables && (op.TakesVariables || op.Comparison == ConditionComparison.Bool) && item.Kind == JsonKind.String;
            values.Add(parsed ? PolicyPattern.WithVariables(text, item.Span, out unclosed) : PolicyPattern.Plain(text, item.Span));
            problems.Unclosed(item, unclosed);
        }
    }
}
