using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using ProvableSec.Rules.Credentials;

namespace ProvableSec.Analyzers;

/// <summary>
/// Reports credentials in C# and in additional files. The text of every file is scanned as it is; what the text does not show, since the compiler
/// puts it together from constants, is found where it is put together or handed to the SDK.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CredentialAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => RuleDescriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // A key leaks from generated code as well.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(start =>
        {
            var credentials = new CompilationCredentials(start.Compilation, start.Options.AdditionalFiles, start.CancellationToken);
            start.RegisterSyntaxTreeAction(tree => Report(
                credentials.Of(tree.Tree, tree.CancellationToken), span => Location.Create(tree.Tree, span), tree.ReportDiagnostic));
            start.RegisterAdditionalFileAction(file => AnalyzeFile(file, credentials));
            var sinks = CredentialSinks.In(start.Compilation);
            start.RegisterOperationAction(operation => AnalyzeConstant(operation, credentials, sinks), OperationKind.Binary, OperationKind.InterpolatedString);
            start.RegisterOperationAction(operation => AnalyzeNamed(operation, credentials), OperationKind.Invocation, OperationKind.SimpleAssignment);
            if (NetworkPasswords.In(start.Compilation) is { } networks)
            {
                start.RegisterOperationAction(operation => AnalyzeNetworkPassword(operation, credentials, networks), OperationKind.ObjectCreation);
            }

            if (ConnectionSinks.In(start.Compilation) is { } connections)
            {
                start.RegisterOperationAction(operation => AnalyzeConnection(operation, credentials, connections), OperationKind.ObjectCreation);
            }

            if (sinks is not null)
            {
                start.RegisterOperationAction(operation => AnalyzeCreation(operation, credentials, sinks), OperationKind.ObjectCreation);
            }
        });
    }

    private static void AnalyzeFile(AdditionalFileAnalysisContext context, CompilationCredentials credentials)
    {
        if (context.AdditionalFile.GetText(context.CancellationToken) is not { } text)
        {
            return;
        }

        string path = context.AdditionalFile.Path;
        Report(credentials.Of(text, path), span => Location.Create(path, span, text.Lines.GetLinePositionSpan(span)), context.ReportDiagnostic);
    }

    /// <summary>The value of <c>"AKIA" + "…"</c> and <c>$"{Prefix}…"</c>, where all parts are constants.</summary>
    private static void AnalyzeConstant(OperationAnalysisContext context, CompilationCredentials credentials, CredentialSinks? sinks)
    {
        IOperation operation = context.Operation;
        if (operation.ConstantValue is not { HasValue: true, Value: string value } || value.Length < AccessKeyId.Length || IsPartOfConstant(operation)
            || (sinks is not null && operation.Parent is IArgumentOperation { Parent: IObjectCreationOperation creation }
                && IsKey(creation, sinks, out _, out _)))
        {
            return;
        }

        SyntaxTree tree = operation.Syntax.SyntaxTree;
        ScannedText found = credentials.Of(value, tree);
        if (found.Findings.Count == 0 || credentials.IsOfKey(operation.Syntax, context.CancellationToken)
            || (NamedValue.OfValue(operation) is { } named && credentials.Of(named.Line, tree).Findings.Count > 0))
        {
            return;
        }

        ScannedText inText = credentials.OfText(tree, context.CancellationToken);
        foreach ((TextSpan _, CredentialFinding finding) in found.Findings)
        {
            // A password has the fingerprint of its place, which its constant as a whole does not tell.
            if (!inText.Has(finding) && !inText.Findings.Any(known => known.Finding.Rule == finding.Rule && operation.Syntax.Span.Contains(known.Span.Start)))
            {
                context.ReportDiagnostic(Make(finding, operation.Syntax.GetLocation()));
            }
        }
    }

    /// <summary>A value whose name, a text as well, says what it is.</summary>
    private static void AnalyzeNamed(OperationAnalysisContext context, CompilationCredentials credentials)
    {
        if (NamedValue.Of(context.Operation) is not { IsToldWithOther: false } named)
        {
            return;
        }

        SyntaxTree tree = context.Operation.Syntax.SyntaxTree;
        foreach ((TextSpan _, CredentialFinding finding) in credentials.Of(named.Line, tree).Findings)
        {
            if (!IsKnown(finding, named.Value, credentials, context.CancellationToken))
            {
                context.ReportDiagnostic(Make(finding, named.Value.Syntax.GetLocation()));
            }
        }
    }

    /// <summary>A connection string whose host the program puts in, but whose password is written down.</summary>
    private static void AnalyzeConnection(OperationAnalysisContext context, CompilationCredentials credentials, ConnectionSinks connections)
    {
        if (connections.Taken((IObjectCreationOperation)context.Operation) is { } taken && ConnectionSinks.KnownText(taken) is { } known
            && credentials.OfConnectionString(known, taken.Syntax.SyntaxTree) is { } finding)
        {
            context.ReportDiagnostic(Make(finding, taken.Syntax.GetLocation()));
        }
    }

    /// <summary>A constant as the password of a directory or network; a literal there is found in the text.</summary>
    private static void AnalyzeNetworkPassword(OperationAnalysisContext context, CompilationCredentials credentials, NetworkPasswords networks)
    {
        if (networks.Taken((IObjectCreationOperation)context.Operation) is not { ConstantValue: { HasValue: true, Value: string text } } taken
            || taken.Syntax is LiteralExpressionSyntax || text.IndexOfAny(['"', '\\', '\n', '\r']) >= 0)
        {
            return;
        }

        SyntaxTree tree = taken.Syntax.SyntaxTree;
        CredentialFinding? finding = credentials.Of($"new NetworkCredential(\"\", \"{text}\")", tree).Findings.Select(known => known.Finding).FirstOrDefault();
        // The text may show it here, and a name where the constant is declared.
        IEnumerable<SyntaxReference> declared = taken.DescendantsAndSelf().SelectMany(part => part switch
        {
            IMemberReferenceOperation member => member.Member.DeclaringSyntaxReferences,
            ILocalReferenceOperation local => local.Local.DeclaringSyntaxReferences,
            _ => ImmutableArray<SyntaxReference>.Empty,
        });
        if (finding is not null && !declared.Append(context.Operation.Syntax.GetReference()).Any(IsFoundInText))
        {
            context.ReportDiagnostic(Make(finding, taken.Syntax.GetLocation()));
        }

        bool IsFoundInText(SyntaxReference reference) =>
            credentials.OfText(reference.SyntaxTree, context.CancellationToken).Findings.Any(known => reference.Span.Contains(known.Span.Start));
    }

    /// <summary>An access key handed to the SDK: at this place the form of the secret is enough, however random it looks.</summary>
    private static void AnalyzeCreation(OperationAnalysisContext context, CompilationCredentials credentials, CredentialSinks sinks)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!IsKey(creation, sinks, out IArgumentOperation? key, out string? secretText))
        {
            return;
        }

        SyntaxTree tree = creation.Syntax.SyntaxTree;
        string keyText = key.Value.ConstantValue is { HasValue: true, Value: string text } ? text : "";
        // As a credentials file, the pair has the fingerprint that it has in any other text.
        ScannedText pair = credentials.Of($"aws_access_key_id={keyText}\naws_secret_access_key={secretText}\n", tree);
        CredentialFinding? finding = pair.Findings.Select(known => known.Finding).FirstOrDefault();
        if (finding is not null && !IsKnown(finding, creation, credentials, context.CancellationToken))
        {
            context.ReportDiagnostic(Make(finding, key.Syntax.GetLocation()));
        }
    }

    private static bool IsKey(
        IObjectCreationOperation creation, CredentialSinks sinks, [NotNullWhen(true)] out IArgumentOperation? key, [NotNullWhen(true)] out string? secretText)
    {
        secretText = null;
        if (sinks.Takes(creation, out key, out IArgumentOperation? secret) && secret.Value.ConstantValue is { HasValue: true, Value: string text }
            && SecretAccessKey.HasForm(text))
        {
            secretText = text;
        }

        return key is not null && secretText is not null;
    }

    /// <summary>Whether the text where the constants are declared, or this one, shows the key already: one key is one finding.</summary>
    private static bool IsKnown(CredentialFinding finding, IOperation use, CompilationCredentials credentials, CancellationToken cancellation)
    {
        IEnumerable<SyntaxTree> declared = use.DescendantsAndSelf().OfType<IMemberReferenceOperation>()
            .SelectMany(reference => reference.Member.DeclaringSyntaxReferences).Select(reference => reference.SyntaxTree);
        return declared.Append(use.Syntax.SyntaxTree).Distinct()
            .Any(tree => credentials.Of(tree, cancellation).Has(finding) || credentials.OfText(tree, cancellation).Has(finding));
    }

    private static bool IsPartOfConstant(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is IBinaryOperation or IInterpolationOperation or IInterpolatedStringOperation
            or IParenthesizedOperation; parent = parent.Parent)
        {
            if (parent.ConstantValue.HasValue)
            {
                return true;
            }
        }

        return false;
    }

    private static void Report(ScannedText scanned, Func<TextSpan, Location> locationOf, Action<Diagnostic> report)
    {
        foreach ((TextSpan span, CredentialFinding finding) in scanned.Findings)
        {
            report(Make(finding, locationOf(span)));
        }
    }

    private static Diagnostic Make(CredentialFinding finding, Location location)
    {
        DiagnosticDescriptor descriptor = RuleDescriptors.Of(finding.Rule);
        return Diagnostic.Create(
            descriptor, location, RuleDescriptors.SeverityOf(finding.Severity), additionalLocations: null, properties: null, messageArgs: finding.Message);
    }
}
