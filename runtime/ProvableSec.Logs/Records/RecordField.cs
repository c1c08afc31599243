namespace ProvableSec.Logs.Records;

/// <summary>The values of a record that rules and redactions speak of.</summary>
internal enum RecordField : byte
{
    None,

    /// <summary>The record itself, from brace to brace.</summary>
    Record,
    Action,
    TerminatingRuleId,
    TerminatingRuleType,
    WebAclId,
    HttpSourceName,
    HttpSourceId,
    Ja3Fingerprint,
    Ja4Fingerprint,
    RequestBodySize,
    ResponseCodeSent,
    Label,

    /// <summary>What a rule did that matched and did not end the evaluation, or that is a rule of a group.</summary>
    MatchedAction,
    MatchedRule,

    /// <summary>The action that a matching rule has of its own, where the web ACL or rule group overrides it.</summary>
    OverriddenAction,
    ClientIp,
    Country,
    Uri,
    Args,
    HttpMethod,
    RequestId,
    Host,

    /// <summary>One object of the headers, from brace to brace. Its name and its values follow until the next one.</summary>
    Header,
    HeaderName,

    /// <summary>Whatever a header object has beside its name.</summary>
    HeaderValue,

    /// <summary>The same of the headers that AWS WAF itself put into the request. Conditions do not look at them.</summary>
    InsertedHeader,
    MatchedData,
    LimitValue,
    CustomValue,
}
