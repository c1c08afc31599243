using System.Text;

namespace ProvableSec.Logs.Records;

/// <summary>
/// The fields of AWS WAF log records, by the object they stand in (AWS WAF Developer Guide, "Log fields for web ACL traffic";
/// records of AWS WAF Classic have a subset of them).
/// </summary>
internal static class RecordMembers
{
    private static readonly (byte[] Name, RecordMember Member)[][] Known = Table();

    private static readonly uint Telling = BitOf(RecordContext.Record, "webaclId"u8) | BitOf(RecordContext.Record, "terminatingRuleId"u8);

    /// <summary>Other services write an <c>httpRequest</c>, too, of other members (Google Cloud, LogEntry): there a redaction would find nothing.</summary>
    private static readonly uint TellingOfRequest = BitOf(RecordContext.HttpRequest, "clientIp"u8) | BitOf(RecordContext.HttpRequest, "country"u8)
        | BitOf(RecordContext.HttpRequest, "uri"u8)
        | BitOf(RecordContext.HttpRequest, "args"u8) | BitOf(RecordContext.HttpRequest, "httpMethod"u8) | BitOf(RecordContext.HttpRequest, "requestId"u8);

    /// <summary>The member of an object by its name, decoded.</summary>
    /// <param name="context">The object.</param>
    /// <param name="name">The name.</param>
    /// <param name="bit">Its place among the members of its object that may occur once; -1 for members that nobody reads.</param>
    public static RecordMember Find(RecordContext context, ReadOnlySpan<byte> name, out int bit)
    {
        (byte[] Name, RecordMember Member)[] known = Known[(int)context];
        for (bit = 0; bit < known.Length; bit++)
        {
            if (name.SequenceEqual(known[bit].Name))
            {
                return known[bit].Member;
            }
        }

        bit = -1;
        return context is RecordContext.Header or RecordContext.InsertedHeader ? new(RecordField.HeaderValue) : default;
    }

    /// <summary>Whether a member tells that what it stands in is a record of AWS WAF. Each of them is in every record.</summary>
    /// <param name="context">The object.</param>
    /// <param name="bit">The member, as <see cref="Find"/> gives it.</param>
    public static bool TellsWafRecord(RecordContext context, int bit) => context switch
    {
        RecordContext.Record => (Telling >> bit & 1) != 0,
        RecordContext.HttpRequest => (TellingOfRequest >> bit & 1) != 0,
        _ => false,
    };

    /// <summary>Whether records of AWS WAF have a member of this name.</summary>
    public static bool IsOfRecord(string name)
    {
        Find(RecordContext.Record, Encoding.UTF8.GetBytes(name), out int bit);
        return bit >= 0;
    }

    /// <summary>What the elements of an array are.</summary>
    public static RecordMember ElementOf(RecordContext context) => context switch
    {
        RecordContext.Headers => new(Object: RecordContext.Header),
        RecordContext.InsertedHeaders => new(Object: RecordContext.InsertedHeader),
        RecordContext.Labels => new(RecordField.Label, Object: RecordContext.Label),
        RecordContext.RuleGroups => new(Object: RecordContext.RuleGroup, TellsOfMatch: true),
        RecordContext.MatchingRules => new(Object: RecordContext.MatchingRule, TellsOfMatch: true),
        RecordContext.ExcludedRules => new(Object: RecordContext.ExcludedRule, TellsOfMatch: true),
        RecordContext.MatchDetails => new(RecordField.MatchedData, Object: RecordContext.MatchDetail),
        RecordContext.MatchedData => new(RecordField.MatchedData),
        RecordContext.RateBasedRules => new(RecordField.LimitValue, Object: RecordContext.RateBasedRule),
        RecordContext.CustomValues => new(RecordField.CustomValue, Object: RecordContext.CustomValue),
        _ => default,
    };

    private static uint BitOf(RecordContext context, ReadOnlySpan<byte> name)
    {
        Find(context, name, out int bit);
        return 1U << bit;
    }

    private static (byte[] Name, RecordMember Member)[][] Table()
    {
        var table = new (byte[], RecordMember)[(int)RecordContext.CustomValue + 1][];
        Array.Fill(table, []);
        table[(int)RecordContext.Record] =
        [
            ("timestamp"u8.ToArray(), default),
            ("webaclId"u8.ToArray(), new(RecordField.WebAclId)),
            ("terminatingRuleId"u8.ToArray(), new(RecordField.TerminatingRuleId)),
            ("terminatingRuleType"u8.ToArray(), new(RecordField.TerminatingRuleType)),
            ("action"u8.ToArray(), new(RecordField.Action)),
            ("terminatingRuleMatchDetails"u8.ToArray(), new(RecordField.MatchedData, Array: RecordContext.MatchDetails)),
            ("httpSourceName"u8.ToArray(), new(RecordField.HttpSourceName)),
            ("httpSourceId"u8.ToArray(), new(RecordField.HttpSourceId)),
            ("ruleGroupList"u8.ToArray(), new(Array: RecordContext.RuleGroups, TellsOfMatch: true)),
            ("rateBasedRuleList"u8.ToArray(), new(RecordField.LimitValue, Array: RecordContext.RateBasedRules)),
            ("nonTerminatingMatchingRules"u8.ToArray(), new(Array: RecordContext.MatchingRules, TellsOfMatch: true)),
            ("requestHeadersInserted"u8.ToArray(), new(Array: RecordContext.InsertedHeaders)),
            ("httpRequest"u8.ToArray(), new(Object: RecordContext.HttpRequest)),
            ("labels"u8.ToArray(), new(Array: RecordContext.Labels)),
            ("ja3Fingerprint"u8.ToArray(), new(RecordField.Ja3Fingerprint)),
            ("ja4Fingerprint"u8.ToArray(), new(RecordField.Ja4Fingerprint)),
            ("requestBodySize"u8.ToArray(), new(RecordField.RequestBodySize)),
            ("responseCodeSent"u8.ToArray(), new(RecordField.ResponseCodeSent)),
        ];
        table[(int)RecordContext.HttpRequest] =
        [
            ("clientIp"u8.ToArray(), new(RecordField.ClientIp)),
            ("country"u8.ToArray(), new(RecordField.Country)),
            ("headers"u8.ToArray(), new(Array: RecordContext.Headers)),
            ("uri"u8.ToArray(), new(RecordField.Uri)),
            ("args"u8.ToArray(), new(RecordField.Args)),
            ("httpMethod"u8.ToArray(), new(RecordField.HttpMethod)),
            ("requestId"u8.ToArray(), new(RecordField.RequestId)),
            ("host"u8.ToArray(), new(RecordField.Host)),
        ];
        table[(int)RecordContext.Header] = [("name"u8.ToArray(), new(RecordField.HeaderName)), ("value"u8.ToArray(), new(RecordField.HeaderValue))];
        table[(int)RecordContext.InsertedHeader] = table[(int)RecordContext.Header];
        table[(int)RecordContext.Label] = [("name"u8.ToArray(), new(RecordField.Label))];
        table[(int)RecordContext.RuleGroup] =
        [
            ("terminatingRule"u8.ToArray(), new(Object: RecordContext.MatchingRule, TellsOfMatch: true)),
            ("nonTerminatingMatchingRules"u8.ToArray(), new(Array: RecordContext.MatchingRules, TellsOfMatch: true)),
            ("excludedRules"u8.ToArray(), new(Array: RecordContext.ExcludedRules, TellsOfMatch: true)),
        ];
        table[(int)RecordContext.MatchingRule] =
        [
            ("ruleId"u8.ToArray(), new(RecordField.MatchedRule)),
            ("action"u8.ToArray(), new(RecordField.MatchedAction)),
            ("overriddenAction"u8.ToArray(), new(RecordField.OverriddenAction)),
            ("ruleMatchDetails"u8.ToArray(), new(RecordField.MatchedData, Array: RecordContext.MatchDetails)),
        ];
        table[(int)RecordContext.ExcludedRule] = [("exclusionType"u8.ToArray(), new(RecordField.MatchedAction)),
            ("ruleId"u8.ToArray(), new(RecordField.MatchedRule))];
        table[(int)RecordContext.MatchDetail] = [("matchedData"u8.ToArray(), new(RecordField.MatchedData, Array: RecordContext.MatchedData))];
        table[(int)RecordContext.RateBasedRule] =
        [
            ("limitValue"u8.ToArray(), new(RecordField.LimitValue)),
            ("customValues"u8.ToArray(), new(RecordField.CustomValue, Array: RecordContext.CustomValues)),
        ];
        table[(int)RecordContext.CustomValue] = [("value"u8.ToArray(), new(RecordField.CustomValue))];
        return table;
    }
}
