namespace ProvableSec.Rules;

/// <summary>How bad a finding is.</summary>
public enum RuleSeverity
{
    /// <summary>Worth a look; may well be nothing.</summary>
    Info,

    /// <summary>A risk that somebody should decide about.</summary>
    Warning,

    /// <summary>A mistake that must not reach a build.</summary>
    Error,
}
