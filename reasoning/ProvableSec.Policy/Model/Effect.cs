namespace ProvableSec.Policy.Model;

/// <summary>What a statement does to the requests it matches.</summary>
public enum Effect
{
    /// <summary>Allows them, unless a Deny matches too.</summary>
    Allow,

    /// <summary>Denies them, whatever allows them.</summary>
    Deny,
}
