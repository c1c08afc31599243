using ProvableSec.Rules;

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

/// <summary>Severities of findings.</summary>
internal static class Severities
{
    /// <summary>That of a finding of a rule.</summary>
    public static Severity Of(RuleSeverity severity) => severity switch
    {
        RuleSeverity.Error => Severity.Error,
        RuleSeverity.Warning => Severity.Warning,
        _ => Severity.Info,
    };
}
