using System.Collections.Immutable;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Differences;

/// <summary>
/// What a condition excludes, as a condition (IAM User Guide, "IAM JSON policy elements: Condition operators": a negated operator matches where its counterpart
/// does
/// not, and where the key is absent). This only proposes how a difference is written; the prover decides whether it is true.
/// </summary>
internal static class ConditionComplement
{
    private static readonly (string Of, string Is)[] Pairs =
    [
        ("StringEquals", "StringNotEquals"), ("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"), ("StringLike", "StringNotLike"),
        ("NumericEquals", "NumericNotEquals"), ("DateEquals", "DateNotEquals"), ("IpAddress", "NotIpAddress"), ("ArnEquals", "ArnNotEquals"),
            ("ArnLike", "ArnNotLike"),
    ];

    /// <summary>The condition that is met where this one is not; null where there is no such operator.</summary>
    public static Condition? Of(Condition condition)
    {
        string name = condition.Operator.Name;
        if (condition.Values.IsEmpty)
        {
            return null;
        }

        string? other = Array.Find(Pairs, p => p.Of == name).Is ?? Array.Find(Pairs, p => p.Is == name).Of;
        return other is null ? null : condition with { Operator = ConditionOperator.Parse(other, out _), OperatorSpan = default };
    }

    /// <summary>The conditions with those on one key said as one: of the values that a key must have, those that it must not have are left out. Null where none
    /// is left.</summary>
    public static ImmutableArray<Condition>? Simplified(ImmutableArray<Condition> conditions)
    {
        var left = new List<Condition>(conditions);
        for (int i = left.Count - 1; i >= 0; i--)
        {
            Condition not = left[i];
            int at = not.Operator.Name == "StringNotEquals" && not.Values.All(v => v.IsPlain)
                ? left.FindIndex(c => c.Operator.Name == "StringEquals" && c.FoldedKey == not.FoldedKey && c.Values.All(v => v.IsPlain)) : -1;
            if (at < 0)
            {
                continue;
            }

            ImmutableArray<PolicyPattern> values = left[at].Values.RemoveAll(v => not.Values.Any(n => n.Text == v.Text));
            if (values.IsEmpty)
            {
                return null;
            }

            left[at] = left[at] with { Values = values };
            left.RemoveAt(i);
        }

        return left.ToImmutableArray();
    }
}
