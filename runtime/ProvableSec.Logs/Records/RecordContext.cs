namespace ProvableSec.Logs.Records;

/// <summary>The objects and arrays of a record whose members have a meaning here.</summary>
internal enum RecordContext : byte
{
    /// <summary>Anything else: valid, carried along, not looked into.</summary>
    Other,
    Record,
    HttpRequest,
    Headers,
    Header,
    InsertedHeaders,
    InsertedHeader,
    Labels,
    Label,
    RuleGroups,
    RuleGroup,
    MatchingRules,
    MatchingRule,
    ExcludedRules,
    ExcludedRule,
    MatchDetails,
    MatchDetail,
    MatchedData,
    RateBasedRules,
    RateBasedRule,
    CustomValues,
    CustomValue,
}
