using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Rules;

namespace ProvableSec.Analyzers;

/// <summary>Reports how code gets and uses credentials, where there is a safer way.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CredentialUseAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Twelve hours, the most that a role can be configured for: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html.</summary>
    private const int LongestSession = 43_200;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => RuleDescriptors.OfUse;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(start =>
        {
            if (CredentialSinks.In(start.Compilation) is { } sinks)
            {
                start.RegisterOperationAction(operation => AnalyzeCreation(operation, sinks), OperationKind.ObjectCreation);
                start.RegisterOperationAction(AnalyzeAssignment, OperationKind.SimpleAssignment);
            }

            if (HasSecretStore(start.Compilation) && ConnectionSinks.In(start.Compilation) is { } connections)
            {
                start.RegisterOperationAction(operation => AnalyzeConnection(operation, connections), OperationKind.ObjectCreation);
                start.RegisterOperationAction(operation => AnalyzePassword(operation, connections), OperationKind.SimpleAssignment);
            }
        });
    }

    private static bool HasSecretStore(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Amazon.SecretsManager.AmazonSecretsManagerClient") is not null
        || compilation.GetTypeByMetadataName("Amazon.SimpleSystemsManagement.AmazonSimpleSystemsManagementClient") is not null;

    private static void AnalyzeCreation(OperationAnalysisContext context, CredentialSinks sinks)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (sinks.Takes(creation, out _, out IArgumentOperation? secret) && !sinks.TakesToken(creation) && ConfigurationValue.Is(secret.Value)
            && !ClientEndpoint.IsElsewhere(creation, sinks))
        {
            Report(context, CredentialUseRules.LongLivedKey, creation, "An access key is read from configuration; a role needs none.");
        }

        if (creation.Type is { Name: "AmazonSecurityTokenServiceClient" } type && type.ContainingNamespace.ToDisplayString() == "Amazon.SecurityToken")
        {
            foreach (IArgumentOperation argument in creation.Arguments.Where(argument =>
                argument is { IsImplicit: false, Parameter.Type.Name: "RegionEndpoint" } && IsNull(argument.Value)))
            {
                Report(context, CredentialUseRules.GlobalStsEndpoint, argument.Value, "STS is called without a Region.");
            }
        }
    }

    private static void AnalyzeAssignment(OperationAnalysisContext context)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is not IPropertyReferenceOperation
            {
                Property:
                {
                    Name: "ServiceURL" or "RegionEndpoint" or "StsRegionalEndpoints"
            or "DurationSeconds", ContainingNamespace: { } home
                } property
            } target
            || !home.ToDisplayString().StartsWith("Amazon", StringComparison.Ordinal))
        {
            return;
        }

        switch (property.Name)
        {
            case "ServiceURL" when Constant(assignment.Value) is string url && IsGlobalEndpoint(url):
                Report(context, CredentialUseRules.GlobalStsEndpoint, assignment, "STS is called at its global endpoint.");
                break;
            case "RegionEndpoint" when IsNull(assignment.Value) && IsOfSts(target):
                Report(context, CredentialUseRules.GlobalStsEndpoint, assignment.Value, "STS is called without a Region.");
                break;
            case "StsRegionalEndpoints" when assignment.Value is IFieldReferenceOperation { Field.Name: "Legacy" }:
                Report(context, CredentialUseRules.GlobalStsEndpoint, assignment.Value, "STS is called at its global endpoint.");
                break;
            case "DurationSeconds" when property.ContainingType.Name.StartsWith("AssumeRole", StringComparison.Ordinal)
                && Constant(assignment.Value) is >= LongestSession:
                Report(context, CredentialUseRules.LongestSession, assignment, "A role is assumed for twelve hours, the longest that there is.");
                break;
        }
    }

    private static void AnalyzeConnection(OperationAnalysisContext context, ConnectionSinks connections)
    {
        if (connections.Taken((IObjectCreationOperation)context.Operation) is { } taken && ConfigurationValue.Is(taken))
        {
            Report(context, CredentialUseRules.PlainDatabasePassword, taken, "A connection string is read from plain configuration.");
        }
    }

    private static void AnalyzePassword(OperationAnalysisContext context, ConnectionSinks connections)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is IPropertyReferenceOperation { Property: { Name: "Password", ContainingType: { } type } } && connections.Has(type)
            && ConfigurationValue.Is(assignment.Value))
        {
            Report(context, CredentialUseRules.PlainDatabasePassword, assignment.Value, "A database password is read from plain configuration.");
        }
    }

    private static bool IsGlobalEndpoint(string url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && parsed.Host == "sts.amazonaws.com";

    private static bool IsOfSts(IPropertyReferenceOperation target) =>
        target.Instance?.Type?.ToDisplayString() == "Amazon.SecurityToken.AmazonSecurityTokenServiceConfig";

    private static bool IsNull(IOperation value) => value is IConversionOperation conversion ? IsNull(conversion.Operand)
        : value.ConstantValue is { HasValue: true, Value: null };

    private static object? Constant(IOperation value) => value.ConstantValue.HasValue ? value.ConstantValue.Value : value is IConversionOperation conversion
        ? Constant(conversion.Operand) : null;

    private static void Report(OperationAnalysisContext context, Rule rule, IOperation at, string message) =>
        context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.Of(rule), at.Syntax.GetLocation(), message));
}
