using System.Collections.Immutable;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Proofs;

/// <summary>What is true of every record that AWS WAF writes. Only where a record is looked for that could occur: rules must be safe for any other,
/// too.</summary>
internal static class RecordDomain
{
    /// <summary>What is true of a record's fields that some conditions speak of.</summary>
    /// <param name="rules">The filter.</param>
    public static IEnumerable<RecordFormula> Of(LogRules rules)
    {
        var fields = new HashSet<LogField>(rules.Rules.SelectMany(rule => Fields(rule.When)));
        foreach (LogField field in fields.Order())
        {
            switch (field)
            {
                // Every record has one of these.
                case LogField.Action or LogField.TerminatingRuleType or LogField.Country:
                    yield return RecordFormula.Has(field, [.. FieldVocabulary.Of(field)]);
                    break;
                case LogField.TerminatingRuleId or LogField.WebAclId or LogField.HttpMethod:
                    yield return RecordFormula.Matches(field, "*");
                    break;
                case LogField.Uri:
                    yield return RecordFormula.Matches(field, "*");
                    yield return RecordFormula.Matches(field, "*?*", isTrue: false);
                    break;
            }
        }
    }

    /// <summary>The values that a field can have several of; empty when it can have any.</summary>
    public static ImmutableArray<string> ValuesOf(LogField field) => field is LogField.MatchedAction or LogField.OverriddenAction ? FieldVocabulary.Of(field)
        : [];

    private static IEnumerable<LogField> Fields(LogCondition condition) => condition switch
    {
        LogCondition.All all => all.Conditions.SelectMany(Fields),
        LogCondition.Any any => any.Conditions.SelectMany(Fields),
        LogCondition.Not not => Fields(not.Condition),
        LogCondition.Text text => [text.Field],
        _ => [],
    };
}
