namespace ProvableSec.Policy.Model;

/// <summary>How the request's value stands to the policy's where a comparison matches, negation apart.</summary>
internal enum ComparisonOrder
{
    /// <summary>The same, or one that the policy's value describes.</summary>
    Equal,

    /// <summary>Less or earlier.</summary>
    Less,

    /// <summary>Less or earlier, or the same.</summary>
    LessOrEqual,

    /// <summary>Greater or later.</summary>
    Greater,

    /// <summary>Greater or later, or the same.</summary>
    GreaterOrEqual,
}
