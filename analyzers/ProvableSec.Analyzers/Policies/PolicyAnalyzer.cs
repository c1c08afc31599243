using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;
using TextSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace ProvableSec.Analyzers.Policies;

/// <summary>
/// Checks policies in C#, as text in literals, concatenations and interpolated strings and as objects, and in additional files: policies, templates of
/// CloudFormation, Terraform plans, string resources. What the program puts in is unknown text, of which nothing is concluded.
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
        context.RegisterCompilationAction(UnknownSettings.Report);
        context.RegisterCompilationStartAction(start =>
        {
            var trees = new PolicyTrees();
            var options = new PolicyOptions(start.Options, start.CancellationToken);
            start.RegisterOperationAction(operation => AnalyzeCode(operation, trees, options), CodePolicy.Kinds);
            start.RegisterAdditionalFileAction(file => AnalyzeFile(file, options));
        });
    }

    private static void AnalyzeCode(OperationAnalysisContext context, PolicyTrees trees, PolicyOptions options)
    {
        SyntaxTree tree = context.Operation.Syntax.SyntaxTree;
        if (!CodePolicy.MayBeAt(context.Operation) || !trees.MayHold(tree, context.CancellationToken)
            || CodePolicy.At(context.Operation, () => options.Of(tree), context.CancellationToken) is not { } code)
        {
            return;
        }

        foreach (FoundPolicy policy in code.Policies)
        {
            foreach (PolicyFinding finding in options.Reported(policy.Check(context.CancellationToken), tree.FilePath))
            {
                context.ReportDiagnostic(PolicyDiagnostic.Of(finding, span => Location.Create(tree, code.SpanOf(span))));
            }
        }
    }

    private static void AnalyzeFile(AdditionalFileAnalysisContext context, PolicyOptions options)
    {
        string path = context.AdditionalFile.Path;
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".template", StringComparison.OrdinalIgnoreCase)
            && !ResourceTexts.Are(path))
        {
            return;
        }

        if (context.AdditionalFile.GetText(context.CancellationToken) is not { } file)
        {
            return;
        }

        string text = file.ToString();
        if (PolicyOptions.IsWaivers(context.AdditionalFile))
        {
            Report(PolicyOptions.ProblemsOfWaivers(text), "no waiver of this file counts");
            return;
        }

        if (PolicyOptions.IsBaseline(context.AdditionalFile))
        {
            Report(PolicyOptions.ProblemsOfBaseline(text), "this baseline does not count");
            return;
        }

        // Quotes of string resources may be escaped.
        bool areResources = ResourceTexts.Are(path);
        if (areResources ? text.IndexOf("Statement", StringComparison.Ordinal) < 0 : !SaysPolicy(text))
        {
            return;
        }

        if (file.Length > PolicyReader.MaxLength)
        {
            context.ReportDiagnostic(PolicyDiagnostic.OfUnchecked(
                $"no policy of this file is checked in the build: it has {file.Length} characters, and the limit is {PolicyReader.MaxLength}; provablesec "
                    + $"check takes larger ones", At(default)));
            return;
        }

        if (areResources)
        {
            AnalyzeResources(context, text, options, At);
            return;
        }

        JsonTree json = JsonTreeReader.Read(new DocumentText(text, path));
        if (PolicyDocuments.KindOf(json.Root) == DocumentKind.Other)
        {
            return;
        }

        PolicyFinding[] findings = [.. PolicyDocuments.In(json, null, options.Of(context.AdditionalFile))
            .SelectMany(policy => policy.Check(context.CancellationToken))];
        foreach (PolicyFinding finding in options.Reported(findings, path))
        {
            context.ReportDiagnostic(PolicyDiagnostic.Of(options.Limited(finding, context.AdditionalFile), At));
        }

        void Report(IReadOnlyList<PolicyProblem> problems, string so)
        {
            foreach (PolicyProblem problem in problems)
            {
                context.ReportDiagnostic(PolicyDiagnostic.OfSettings($"{so}: {problem.Message}", At(problem.Span)));
            }
        }

        Location At(ProvableSec.Policy.Text.TextRange at)
        {
            var span = new TextSpan(at.Start, at.Length);
            return Location.Create(path, span, file.Lines.GetLinePositionSpan(span));
        }
    }

    private static bool SaysPolicy(string text) => CodePolicy.Says(text, "Statement") && CodePolicy.Says(text, "Effect") && CodePolicy.Says(text, "Action");

    /// <summary>Policies among the string resources of a program.</summary>
    private static void AnalyzeResources(AdditionalFileAnalysisContext context, string text, PolicyOptions options,
        Func<ProvableSec.Policy.Text.TextRange, Location> at)
    {
        foreach (MappedText written in ResourceTexts.In(text).Where(value => SaysPolicy(value.Text)))
        {
            JsonTree json = JsonTreeReader.Read(new DocumentText(written.Text));
            // A text with places for string.Format is not a policy as it stands.
            if (PolicyDocuments.KindOf(json.Root) == DocumentKind.Other || json.Problems.Any(problem => problem.IsError))
            {
                continue;
            }

            PolicyFinding[] findings =
                [.. PolicyDocuments.In(json, null, options.Of(context.AdditionalFile)).SelectMany(policy => policy.Check(context.CancellationToken))];
            foreach (PolicyFinding finding in options.Reported(findings, context.AdditionalFile.Path))
            {
                context.ReportDiagnostic(PolicyDiagnostic.Of(options.Limited(finding, context.AdditionalFile), span => at(written.SourceOf(span))));
            }
        }
    }
}
