namespace ProvableSec.Rules.Policies.Rewrites;

/// <summary>How the requests that a rewritten policy allows relate to those that it allowed before.</summary>
public enum RewriteRelation
{
    /// <summary>The same requests, proved.</summary>
    Equivalent,

    /// <summary>Fewer, and none that was not allowed before, proved.</summary>
    Narrower,

    /// <summary>At least one that was not allowed before.</summary>
    Wider,
}
