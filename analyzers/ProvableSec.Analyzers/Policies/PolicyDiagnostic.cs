using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Analyzers.Policies;

/// <summary>Findings as the compiler and its error log have them.</summary>
internal static class PolicyDiagnostic
{
    private static readonly Rule Unchecked = PolicyChecks.Rules.Single(rule => rule.Id == "PSEC3407");

    /// <summary>Policies that are not looked at.</summary>
    public static Diagnostic OfUnchecked(string message, Location at) => Diagnostic.Create(RuleDescriptors.Of(Unchecked), at, message);

    /// <summary>A finding; the error log tells the pointer, the statement, a fingerprint, the code of IAM Access Analyzer and the witness besides.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="locate">The place of some of its characters.</param>
    public static Diagnostic Of(PolicyFinding finding, Func<TextRange, Location> locate)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        properties.Add("pointer", finding.Pointer);
        properties.Add("fingerprint", finding.Fingerprint);
        if (finding.Statement is { } statement)
        {
            properties.Add("statement", statement.Name);
        }

        if (finding.Rule.AccessAnalyzer is { } code)
        {
            properties.Add("accessAnalyzer", code);
        }

        if (finding.Witness is { } witness)
        {
            Tell(witness, properties);
        }

        return Diagnostic.Create(
            RuleDescriptors.Of(finding.Rule), locate(finding.Span), RuleDescriptors.SeverityOf(finding.Severity), finding.Related.Select(locate),
            properties.ToImmutable(), finding.Message);
    }

    /// <summary>Something that is wrong with a file of waivers, with a baseline or with a setting.</summary>
    public static Diagnostic OfSettings(string message, Location at, DiagnosticSeverity severity = DiagnosticSeverity.Error) =>
        Diagnostic.Create(RuleDescriptors.Of(SettingsRules.Unreadable), at, severity, null, null, message);

    private static void Tell(Witness witness, ImmutableDictionary<string, string?>.Builder properties)
    {
        AccessRequest request = witness.Request;
        properties.Add("witness.principal", request.Principal.Name);
        properties.Add("witness.action", request.Action);
        properties.Add("witness.resource", request.Resource);
        foreach (var entry in request.Context)
        {
            properties.Add($"witness.context.{entry.Key}", string.Join(", ", entry.Values));
        }
    }
}
