using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies;

/// <summary>One operator applied to one key.</summary>
internal sealed class CheckedCondition
{
    private CheckedCondition(CheckedStatement statement, JsonMember line, JsonMember key)
    {
        Statement = statement;
        OperatorElement = line.NameElement;
        OperatorName = line.Name;
        Operator = ConditionOperator.Parse(OperatorName, out _);
        KeyProperty = key;
        Key = key.Name;
        var values = new List<JsonItem>();
        if (key.Value.Kind == JsonKind.Array)
        {
            foreach (JsonItem item in key.Value.Elements())
            {
                values.Add(item);
            }
        }
        else
        {
            values.Add(key.Value);
        }

        Values = values;
    }

    public CheckedStatement Statement { get; }

    public CheckedPolicy Policy => Statement.Policy;

    public JsonItem OperatorElement { get; }

    /// <summary>The operator as written.</summary>
    public string OperatorName { get; }

    public ConditionOperator Operator { get; }

    public ConditionComparison Comparison => Operator.Comparison;

    public JsonMember KeyProperty { get; }

    /// <summary>The key as written.</summary>
    public string Key { get; }

    /// <summary>The values as written, of any JSON type.</summary>
    public IReadOnlyList<JsonItem> Values { get; }

    /// <summary>The values that are texts and are compared with the key's; none for <c>Null</c>, whose values are not the key's.</summary>
    public IEnumerable<CheckedText> Texts => Comparison == ConditionComparison.Null ? []
        : Values.Where(value => value.Kind == JsonKind.String).Select(value => new CheckedText(value));

    /// <summary>True when the operator reads <c>*</c> and <c>?</c> as wildcards.</summary>
    public bool HasPatterns => Comparison is ConditionComparison.StringLike or ConditionComparison.StringNotLike
        or ConditionComparison.ArnEquals or ConditionComparison.ArnNotEquals or ConditionComparison.ArnLike or ConditionComparison.ArnNotLike;

    /// <summary>True when a request without the key does not match: a positive operator without <c>IfExists</c> and <c>ForAllValues</c>.</summary>
    public bool NeedsKey => !Operator.IsNegated && !Operator.IfExists && Operator.Set != SetOperator.ForAllValues
        && Comparison is not (ConditionComparison.Null or ConditionComparison.Unknown);

    public bool IsOn(string key) => Key.Equals(key, StringComparison.OrdinalIgnoreCase);

    public bool IsOnAny(IEnumerable<string> keys) => keys.Any(IsOn);

    /// <summary>Whether the key begins so; case does not matter.</summary>
    public bool KeyStartsWith(string prefix) => Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a Condition block; what has the wrong JSON type is left out.</summary>
    /// <returns>False when a template decides what is in it.</returns>
    public static bool ReadAll(CheckedStatement statement, JsonItem block, List<CheckedCondition> conditions)
    {
        bool known = !UnknownText.Is(block);
        foreach (JsonMember line in block.Properties())
        {
            known &= !UnknownText.Is(line.Value) && !UnknownText.IsIn(line.Name);
            foreach (JsonMember key in line.Value.Properties())
            {
                known &= !UnknownText.IsIn(key.Name);
                conditions.Add(new CheckedCondition(statement, line, key));
            }
        }

        return known;
    }
}
