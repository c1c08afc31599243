namespace ProvableSec.Rules.Policies;

/// <summary>The language of service control policies.</summary>
public enum ScpDialect
{
    /// <summary>Since 2025-09-19: the full policy language but for Principal.</summary>
    Full,

    /// <summary>Before: with Allow no Condition, no NotAction and Resource <c>*</c>, no NotResource, a wildcard only at an action's end.</summary>
    Of2019,
}
