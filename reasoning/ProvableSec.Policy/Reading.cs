namespace ProvableSec.Policy;

/// <summary>
/// Points on which AWS is silent or its pages disagree. The default reading of each is the likeliest one; a set flag takes the other.
/// The evaluator takes them as options, the prover as Booleans that are the same throughout one question, so that <c>holds</c> means "under every reading".
/// <c>docs/semantics.md</c> has the sources.
/// </summary>
[Flags]
public enum Reading
{
    /// <summary>The default reading of every point.</summary>
    None = 0,

    /// <summary>Default: an inner <c>*</c> of a resource's sixth field crosses colons. Flag: it does not.</summary>
    InnerStarStopsAtColon = 1 << 0,

    /// <summary>Default: <c>*</c> or <c>?</c> in the service field of a resource or ARN pattern is a wildcard. Flag: a pattern with one matches
    /// nothing.</summary>
    NoWildcardInServiceField = 1 << 1,

    /// <summary>Default: a resource or ARN pattern with fewer than six fields is padded with <c>*</c>. Flag: it matches nothing. A resource of <c>*</c> alone
    /// always matches.</summary>
    ShortArnMatchesNothing = 1 << 2,

    /// <summary>Default: an operator without set operator and with an empty list of values matches nothing if positive and everything if negated. Flag: the
    /// other way round.</summary>
    EmptyValuesFlip = 1 << 3,

    /// <summary>Default: <c>ForAllValues</c> with a negated operator matches an absent key. Flag: it does not.</summary>
    ForAllValuesNegatedNeedsKey = 1 << 4,

    /// <summary>Default: <c>ForAnyValue…IfExists</c> matches an absent key. Flag: it does not.</summary>
    ForAnyValueIfExistsNeedsKey = 1 << 5,

    /// <summary>
    /// An operator without set operator on a key with several values. Default: positive matches if some value does. Flag: if every value does.
    /// A negated operator matches under both only if no value of the request matches a value of the policy.
    /// </summary>
    PlainOperatorNeedsEveryValue = 1 << 6,

    /// <summary>Default: policy variables are replaced in <c>Bool</c> values. Flag: they are literal text, which no truth value equals.</summary>
    NoVariablesInBool = 1 << 7,

    /// <summary>
    /// Default: a negated operator one of whose values holds an unresolved variable treats that value as unmatched, so a Deny may fire.
    /// Flag: a Deny statement with an unresolved variable in a value of a negated operator, or in NotResource, is invalid and never fires.
    /// </summary>
    UnresolvedVariableVoidsDeny = 1 << 8,

    /// <summary>Default: a bare IPv6 address in a policy is a /128. Flag: a /32.</summary>
    BareIpv6Is32 = 1 << 9,

    /// <summary>
    /// A value of the request, or of the policy, that the comparison cannot parse (number, date, address, Boolean).
    /// Default: the two do not match, so a positive operator is false and a negated one true. Flag: both are false.
    /// </summary>
    UnparsableIsFalse = 1 << 10,

    /// <summary>
    /// Deny with NotPrincipal that lists only some of a session's or user's account, role and session. Default: the caller is denied. Flag: exempt.
    /// </summary>
    PartialNotPrincipalExempts = 1 << 11,

    /// <summary>
    /// A grant to <c>Principal: "*"</c> in the caller's account without <c>aws:PrincipalArn</c> in its conditions.
    /// Default: not limited by boundary and session policy. Flag: limited by both.
    /// </summary>
    EveryoneGrantIsLimited = 1 << 12,

    /// <summary>Default: a federated-user session made without a policy has direct resource grants only. Flag: it has its user's permissions.</summary>
    FederationWithoutPolicyKeepsUser = 1 << 13,

    /// <summary>Two tags that differ only by case. Default: the first one listed is tested. Flag: the last.</summary>
    LastOfCaseVariantTags = 1 << 14,

    /// <summary>An operator that AWS does not publish. Default: it does not match. Flag: it matches.</summary>
    UnknownOperatorMatches = 1 << 15,
}
