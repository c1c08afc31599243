using System.Text.Json;
using ProvableSec.Analytics.Loading;
using ProvableSec.Analytics.Tables;
using ProvableSec.Logs.Records;

namespace ProvableSec.Analytics.Waf;

/// <summary>Reads the rules that a log record names beside the one that ended it.</summary>
/// <remarks>
/// <c>place</c> of a rule is <c>matched</c> (a rule of the web ACL that matched and did not end the evaluation), <c>group matched</c>, <c>group terminating</c>
/// (what a
/// rule of a rule group did, or would have done where the group's action is overridden) and <c>group excluded</c>. <c>own_action</c> is what the rule would do
/// without
/// the override.
/// </remarks>
internal sealed class WafRuleReader(ValueText text)
{
    private const int Place = 0, Group = 1, Rule = 2, ActionField = 3, OwnAction = 4;

    private static readonly int Rules = WafTable.Table.IndexOf("rules"), RateRules = WafTable.Table.IndexOf("rate_rules");
    private static readonly NameTable RuleMembers = new("ruleId", "action", "overriddenAction", "exclusionType");
    private static readonly int[] RuleFields = [Rule, ActionField, OwnAction, ActionField];
    private static readonly NameTable RateMembers = new("rateBasedRuleName", "limitKey", "limitValue", "maxRateAllowed", "rateBasedRuleId");
    private static readonly int[] RateFields = [0, 1, 2, 3, 0];

    private byte[] group = [];

    /// <summary>Reads the list of rules of the web ACL that matched.</summary>
    public void ReadMatching(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, RowWriter rows)
    {
        if (rows.Wants(Rules))
        {
            ReadRules(ref reader, line, rows, "matched"u8, default);
        }
    }

    /// <summary>Reads the list of rule groups.</summary>
    public void ReadGroups(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, RowWriter rows)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !rows.Wants(Rules))
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            ReadOnlySpan<byte> id = GroupId(reader, line);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isTerminating = reader.ValueTextEquals("terminatingRule"u8), isMatching = reader.ValueTextEquals("nonTerminatingMatchingRules"u8),
                    isExcluded = reader.ValueTextEquals("excludedRules"u8);
                reader.Read();
                if (isTerminating && reader.TokenType == JsonTokenType.StartObject)
                {
                    ReadRule(ref reader, line, rows, "group terminating"u8, id);
                }
                else if (isMatching || isExcluded)
                {
                    ReadRules(ref reader, line, rows, isMatching ? "group matched"u8 : "group excluded"u8, id);
                }

                reader.Skip();
            }
        }
    }

    /// <summary>Reads the list of rate-based rules.</summary>
    public void ReadRateRules(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, RowWriter rows)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !rows.Wants(RateRules))
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            int element = rows.AddObject(RateRules);
            bool isNamed = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                int member = RateMembers.Find(reader.ValueSpan);
                reader.Read();
                if (member >= 0 && !(RateFields[member] == 0 && isNamed && member != 0) && reader.TokenType != JsonTokenType.Null)
                {
                    isNamed |= member == 0;
                    rows.Field(RateRules, element, RateFields[member], text.Of(ref reader, line));
                }

                reader.Skip();
            }
        }
    }

    private void ReadRules(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, RowWriter rows, ReadOnlySpan<byte> place, ReadOnlySpan<byte> id)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            ReadRule(ref reader, line, rows, place, id);
        }
    }

    private void ReadRule(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, RowWriter rows, ReadOnlySpan<byte> place, ReadOnlySpan<byte> id)
    {
        int element = rows.AddObject(Rules);
        rows.Field(Rules, element, Place, place);
        rows.Field(Rules, element, Group, id);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int member = RuleMembers.Find(reader.ValueSpan);
            reader.Read();
            if (member >= 0 && reader.TokenType != JsonTokenType.Null)
            {
                rows.Field(Rules, element, RuleFields[member], text.Of(ref reader, line));
            }

            reader.Skip();
        }
    }

    /// <summary>The group's id, wherever it stands among the members.</summary>
    private ReadOnlySpan<byte> GroupId(Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("ruleGroupId"u8);
            reader.Read();
            if (isId)
            {
                ReadOnlySpan<byte> id = text.Of(ref reader, line);
                if (!id.SequenceEqual(group))
                {
                    group = id.ToArray();
                }

                return group;
            }

            reader.Skip();
        }

        return default;
    }
}
