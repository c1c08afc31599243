namespace ProvableSec.Reasoning.Values;

/// <summary>How the text of a policy is compared with a value.</summary>
internal enum MatchMode
{
    /// <summary>Wildcards everywhere, case folded by writing both in lower case: actions.</summary>
    Action,

    /// <summary>A resource: wildcards, with rules about colons.</summary>
    Resource,

    /// <summary>Exactly.</summary>
    Equals,

    /// <summary>Exactly but for case.</summary>
    EqualsIgnoreCase,

    /// <summary>Wildcards everywhere.</summary>
    Like,

    /// <summary>Six fields, wildcards inside each.</summary>
    Arn,
}
