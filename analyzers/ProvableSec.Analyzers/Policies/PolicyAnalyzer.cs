using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ProvableSec.Policy.Json;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using SourceText = ProvableSec.Policy.Text.SourceText;
using TextSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace ProvableSec.Analyzers.Policies;

/// <summary>
/// Checks policies that are written as text in C#, in literals, concatenations and interpolated strings, and in additional files: policies, templates of
/// CloudFormation, Terraform plans. What the program puts in is unknown text, of which nothing is concluded.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PolicyAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => RuleDescriptors.OfPolicies;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // A policy in generated code is sent to AWS as any other.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterOperationAction(
            AnalyzeCode, OperationKind.Literal, OperationKind.Utf8String, OperationKind.Binary, OperationKind.InterpolatedString,
            OperationKind.ObjectCreation, OperationKind.AnonymousObjectCreation, OperationKind.SimpleAssignment);
        context.RegisterAdditionalFileAction(AnalyzeFile);
    }

    private static void AnalyzeCode(OperationAnalysisContext context)
    {
        if (CodePolicy.At(context.Operation, context.CancellationToken) is not { } code)
        {
            return;
        }

        foreach (FoundPolicy policy in code.Policies)
        {
            foreach (PolicyFinding finding in policy.Check(context.CancellationToken))
            {
                context.ReportDiagnostic(Make(finding, Location.Create(context.Operation.Syntax.SyntaxTree, code.SpanOf(finding.Span))));
            }
        }
    }

    private static void AnalyzeFile(AdditionalFileAnalysisContext context)
    {
        string path = context.AdditionalFile.Path;
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".template", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (context.AdditionalFile.GetText(context.CancellationToken) is not { } file || file.Length > ProvableSec.Policy.Model.PolicyReader.MaxLength)
        {
            return;
        }

        string text = file.ToString();
        if (!CodePolicy.Says(text, "Statement") || !CodePolicy.Says(text, "Effect") || !CodePolicy.Says(text, "Action"))
        {
            return;
        }

        JsonDocument json = JsonReader.Read(new SourceText(text, path));
        if (PolicyDocuments.KindOf(json.Root) == DocumentKind.Other)
        {
            return;
        }

        foreach (FoundPolicy policy in PolicyDocuments.In(json, null, new PolicyContext(ProvableSec.Policy.Model.PolicyType.Identity)))
        {
            foreach (PolicyFinding finding in policy.Check(context.CancellationToken))
            {
                var span = new TextSpan(finding.Span.Start, finding.Span.Length);
                context.ReportDiagnostic(Make(finding, Location.Create(path, span, file.Lines.GetLinePositionSpan(span))));
            }
        }
    }

    private static Diagnostic Make(PolicyFinding finding, Location location) => Diagnostic.Create(RuleDescriptors.Of(finding.Rule), location, finding.Message);
}
