namespace ProvableSec.Logs.Rules;

/// <summary>
/// What a condition may speak of. The names are those of AWS WAF log records ("Log fields for web ACL traffic"); a field that can have several values
/// meets a condition when one of them does, and a field that the record lacks meets none.
/// </summary>
public enum LogField
{
    /// <summary><c>action</c>: what ended the evaluation: ALLOW, BLOCK, CAPTCHA, CHALLENGE.</summary>
    Action,

    /// <summary><c>terminatingRuleId</c>: the rule that ended it, or Default_Action.</summary>
    TerminatingRuleId,

    /// <summary><c>terminatingRuleType</c>: REGULAR, RATE_BASED, GROUP, MANAGED_RULE_GROUP.</summary>
    TerminatingRuleType,

    /// <summary>
    /// <c>matchedAction</c>: the actions of the rules that matched without ending the evaluation, and of all rules in groups: COUNT, CAPTCHA, CHALLENGE,
    /// EXCLUDED_AS_COUNT, BLOCK. A match that tells no action has the action "".
    /// </summary>
    MatchedAction,

    /// <summary><c>matchedRule</c>: the ids of those rules.</summary>
    MatchedRule,

    /// <summary><c>overriddenAction</c>: the actions those rules have of their own where they are overridden.</summary>
    OverriddenAction,

    /// <summary><c>label</c>: the labels of the request.</summary>
    Label,

    /// <summary><c>webaclId</c>: the web ACL's ARN.</summary>
    WebAclId,

    /// <summary><c>httpSourceName</c>: CF, ALB, APIGW, APPSYNC.</summary>
    HttpSourceName,

    /// <summary><c>httpSourceId</c>: the resource.</summary>
    HttpSourceId,

    /// <summary><c>clientIp</c>: the client's address, held against ranges.</summary>
    ClientIp,

    /// <summary><c>country</c>: two letters, or "-".</summary>
    Country,

    /// <summary><c>host</c>: the Host header, or the request's <c>host</c>. Letters match in either case.</summary>
    Host,

    /// <summary><c>uri</c>: the path.</summary>
    Uri,

    /// <summary><c>args</c>: the query string.</summary>
    Args,

    /// <summary><c>httpMethod</c>: the method.</summary>
    HttpMethod,

    /// <summary><c>ja3Fingerprint</c>.</summary>
    Ja3Fingerprint,

    /// <summary><c>ja4Fingerprint</c>.</summary>
    Ja4Fingerprint,

    /// <summary><c>header</c>: the values of the headers of one name, whose letters match in either case.</summary>
    Header,

    /// <summary><c>requestBodySize</c>: bytes of the request's body, held against a range.</summary>
    RequestBodySize,

    /// <summary><c>responseCodeSent</c>: the status of a custom response, held against a range.</summary>
    ResponseCodeSent,

    /// <summary><c>recordSize</c>: bytes of the log record without its line feed, held against a range.</summary>
    RecordSize,
}
