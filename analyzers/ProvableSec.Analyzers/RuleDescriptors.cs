using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using ProvableSec.Rules;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Analyzers;

/// <summary>The rules as the compiler knows them.</summary>
internal static class RuleDescriptors
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById =
        CredentialRules.All.Concat(CredentialUseRules.All).ToImmutableDictionary(rule => rule.Id, Describe, StringComparer.Ordinal);

    // Made when the analyzer of policies asks: who only looks for credentials need not load the engine.
    private static readonly Lazy<ImmutableDictionary<string, DiagnosticDescriptor>> PoliciesById =
        new(() => PolicyChecks.Rules.Concat(SettingsRules.All).ToImmutableDictionary(rule => rule.Id, Describe, StringComparer.Ordinal));

    /// <summary>Those about credentials that are written down.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = CredentialRules.All.Select(Of).ToImmutableArray();

    /// <summary>Those about the use of credentials.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfUse { get; } = CredentialUseRules.All.Select(Of).ToImmutableArray();

    /// <summary>Those about policies, and about what a project says to their checks.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfPolicies => PolicyChecks.Rules.Concat(SettingsRules.All).Select(Of).ToImmutableArray();

    public static DiagnosticDescriptor Of(Rule rule) => ById.TryGetValue(rule.Id, out DiagnosticDescriptor? known) ? known : PoliciesById.Value[rule.Id];

    public static DiagnosticSeverity SeverityOf(RuleSeverity severity) => severity switch
    {
        RuleSeverity.Error => DiagnosticSeverity.Error,
        RuleSeverity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };

    private static DiagnosticDescriptor Describe(Rule rule) => new(
        rule.Id,
        rule.Title,
        "{0}",
        rule.Id.StartsWith("PSEC1", StringComparison.Ordinal) ? "Credentials" : "Policies",
        SeverityOf(rule.Severity),
        isEnabledByDefault: true,
        description: $"{rule.Why} {rule.Remedy} (CWE-{rule.Cwe})",
        helpLinkUri: RuleLink.To(rule),
        customTags: [$"CWE-{rule.Cwe}", .. rule.AccessAnalyzer is { } code ? [code] : Array.Empty<string>(), .. rule.Controls.Tags]);
}
