namespace ProvableSec.Tool.Verdicts;

/// <summary>How bad a finding is, and as <c>--fail-on</c> from where on one counts.</summary>
internal enum Severity
{
    Info,
    Warning,
    Error,

    /// <summary>For <c>--fail-on</c> only: nothing counts.</summary>
    Never,
}
