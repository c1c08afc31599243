using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
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
    private const int ShortestPolicy = 15;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => RuleDescriptors.OfPolicies;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // A policy in generated code is sent to AWS as any other.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterOperationAction(AnalyzeText, OperationKind.Literal, OperationKind.Utf8String, OperationKind.Binary, OperationKind.InterpolatedString);
        context.RegisterOperationAction(AnalyzeObject, OperationKind.ObjectCreation, OperationKind.AnonymousObjectCreation, OperationKind.SimpleAssignment);
        context.RegisterAdditionalFileAction(AnalyzeFile);
    }

    private static void AnalyzeText(OperationAnalysisContext context)
    {
        IOperation operation = context.Operation;
        bool isGiven = PolicyUses.IsGiven(operation);
        if (IsPartOfText(operation) || !(isGiven || MayBePolicy(operation)))
        {
            return;
        }

        SyntaxTree tree = operation.Syntax.SyntaxTree;
        MappedText text = CodeText.Of(operation, tree.GetText(context.CancellationToken).ToString());
        if (!(isGiven ? text.Text.AsSpan().TrimStart() is ['{' or '[', ..] : LooksLikePolicy(text.Text)))
        {
            return;
        }

        Report(context, operation, text);
    }

    private static void AnalyzeObject(OperationAnalysisContext context)
    {
        if (PolicyObjects.At(context.Operation) is not { } policy)
        {
            return;
        }

        var json = new JsonOfCode(context.Operation.Syntax.SyntaxTree.GetText(context.CancellationToken).ToString());
        policy.Write(json);
        MappedText text = json.Build();
        if (PolicyUses.IsGiven(policy.Whole) || (Says(text.Text, "\"Effect") && Says(text.Text, "Action")))
        {
            Report(context, policy.Whole, text);
        }
    }

    private static void Report(OperationAnalysisContext context, IOperation operation, MappedText text)
    {
        JsonDocument json = JsonReader.Read(new SourceText(text.Text));
        // Where the program puts in a piece of JSON, the text may be well-formed after all.
        if (UnknownText.IsIn(text.Text) && json.Problems.Any(problem => problem.IsError))
        {
            return;
        }

        PolicyContext? like = PolicyUses.ContextOf(operation, json);
        foreach (FoundPolicy policy in PolicyDocuments.In(json, like?.Type, like ?? new PolicyContext(ProvableSec.Policy.Model.PolicyType.Identity)))
        {
            foreach (PolicyFinding finding in policy.Check(context.CancellationToken))
            {
                ProvableSec.Policy.Text.TextSpan span = text.SourceOf(finding.Span);
                context.ReportDiagnostic(Make(finding, Location.Create(operation.Syntax.SyntaxTree, new TextSpan(span.Start, span.Length))));
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
        if (!Says(text, "Statement") || !Says(text, "Effect") || !Says(text, "Action"))
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

    /// <summary>A look at the syntax that costs nothing: of thousands of texts in a program hardly one is a policy.</summary>
    private static bool MayBePolicy(IOperation operation) => operation switch
    {
        ILiteralOperation { ConstantValue: { HasValue: true, Value: string value } } => value.Length >= ShortestPolicy && Names(value),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } or IInterpolatedStringOperation or IUtf8StringOperation
            => operation.Syntax.Span.Length >= ShortestPolicy && Names(operation.Syntax.ToString()),
        _ => false,
    };

    /// <summary>Whether a name is there, also inside a string or as <c>NotAction</c>.</summary>
    private static bool Says(string text, string name) => text.IndexOf(name + "\"", StringComparison.Ordinal) >= 0 || text.IndexOf(name + "\\\"", StringComparison.Ordinal) >= 0;

    private static bool Names(string text) => text.IndexOf("Statement", StringComparison.Ordinal) >= 0 && text.IndexOf('{') >= 0;

    /// <summary>Code that makes or quotes policies holds pieces of them; only an object with statements that have an effect is one.</summary>
    private static bool LooksLikePolicy(string text) =>
        text.AsSpan().TrimStart() is ['{', ..] && Says(text, "\"Statement") && Says(text, "\"Effect") && Says(text, "Action");

    /// <summary>The whole text is looked at where it is complete.</summary>
    private static bool IsPartOfText(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is IBinaryOperation or IInterpolationOperation or IInterpolatedStringOperation or IInterpolatedStringTextOperation or IParenthesizedOperation or IConversionOperation; parent = parent.Parent)
        {
            if (parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } or IInterpolatedStringOperation)
            {
                return true;
            }
        }

        return false;
    }
}
