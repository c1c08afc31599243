namespace ProvableSec.Policy.Cases;

/// <summary>Whether statements of a layer name principals.</summary>
internal enum PrincipalElement
{
    /// <summary>AWS accepts no Principal there.</summary>
    None,

    /// <summary>Principal is <c>"*"</c>, and is taken as meant where it is missing.</summary>
    Implied,

    /// <summary>A statement without Principal matches nobody.</summary>
    Required,
}
