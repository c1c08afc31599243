using ProvableSec.Logs.Records;
using ProvableSec.Logs.Rules;

namespace ProvableSec.Logs.Filtering;

/// <summary>Where a record has the values of a rule's field.</summary>
internal static class RecordFields
{
    public static RecordField Of(LogField field) => field switch
    {
        LogField.Action => RecordField.Action,
        LogField.TerminatingRuleId => RecordField.TerminatingRuleId,
        LogField.TerminatingRuleType => RecordField.TerminatingRuleType,
        LogField.MatchedAction => RecordField.MatchedAction,
        LogField.MatchedRule => RecordField.MatchedRule,
        LogField.OverriddenAction => RecordField.OverriddenAction,
        LogField.Label => RecordField.Label,
        LogField.WebAclId => RecordField.WebAclId,
        LogField.HttpSourceName => RecordField.HttpSourceName,
        LogField.HttpSourceId => RecordField.HttpSourceId,
        LogField.ClientIp => RecordField.ClientIp,
        LogField.Country => RecordField.Country,
        LogField.Host => RecordField.Host,
        LogField.Uri => RecordField.Uri,
        LogField.Args => RecordField.Args,
        LogField.HttpMethod => RecordField.HttpMethod,
        LogField.Ja3Fingerprint => RecordField.Ja3Fingerprint,
        LogField.Ja4Fingerprint => RecordField.Ja4Fingerprint,
        LogField.Header => RecordField.HeaderValue,
        LogField.RequestBodySize => RecordField.RequestBodySize,
        LogField.ResponseCodeSent => RecordField.ResponseCodeSent,
        _ => RecordField.None,
    };
}
