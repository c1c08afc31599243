namespace ProvableSec.Logs.Proofs;

/// <summary>What can be proved of a filter. Records that are not a record, or say a thing twice, are kept by every filter and are not in question.</summary>
public enum FilterProperty
{
    /// <summary>No record whose action is BLOCK, CAPTCHA or CHALLENGE is dropped.</summary>
    KeepsTerminated,

    /// <summary>No record in which a rule matched that only counts (COUNT, EXCLUDED_AS_COUNT) is dropped.</summary>
    KeepsCounted,

    /// <summary>Two filters keep the same records.</summary>
    SameRecords,

    /// <summary>Some record that AWS WAF could write meets a rule and none before it. Violated, the rule is dead, and there is no witness.</summary>
    RuleIsMet,

    /// <summary>No redacted value is left in what rules matched (<c>matchedData</c>, <c>limitValue</c>, <c>customValues</c>).</summary>
    LeavesNoCopy,
}
