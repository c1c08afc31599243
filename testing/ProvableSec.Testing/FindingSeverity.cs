namespace ProvableSec.Testing;

/// <summary>How bad a finding is, for <see cref="PolicyClaims.ShouldHaveNoFindings(PolicySubject, FindingSeverity, string[])"/>.</summary>
public enum FindingSeverity
{
    /// <summary>Worth a look.</summary>
    Info,

    /// <summary>A risk that somebody should decide about.</summary>
    Warning,

    /// <summary>A mistake.</summary>
    Error,
}
