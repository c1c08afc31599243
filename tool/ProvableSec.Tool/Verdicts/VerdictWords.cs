using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules;

namespace ProvableSec.Tool.Verdicts;

/// <summary>Verdicts as every format writes them.</summary>
internal static class VerdictWords
{
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.Violated => "violated",
        _ => "unknown",
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Info => "info",
        Severity.Warning => "warning",
        Severity.Error => "error",
        _ => "never",
    };

    public static string Of(RuleSeverity severity) => Of(Severities.Of(severity));
}
