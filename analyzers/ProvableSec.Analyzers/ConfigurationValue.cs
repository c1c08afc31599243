using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers;

/// <summary>Values that code reads from its configuration: <c>IConfiguration</c> or <c>ConfigurationManager</c>.</summary>
internal static class ConfigurationValue
{
    /// <summary>Whether an expression reads one, by itself or through a local variable that is set where it is declared.</summary>
    public static bool Is(IOperation value) => value switch
    {
        IConversionOperation conversion => Is(conversion.Operand),
        ICoalesceOperation coalesce => Is(coalesce.Value),
        IConditionalAccessOperation access => Is(access.WhenNotNull),
        ILocalReferenceOperation { Local.DeclaringSyntaxReferences: [var declared] } local =>
            declared.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } initial } && local.SemanticModel?.GetOperation(initial) is { } read
                && read is not ILocalReferenceOperation && Is(read),
        IPropertyReferenceOperation property => IsOfConfiguration(property.Property.ContainingType)
            || (property.Instance is { } instance && IsSettings(instance)),
        IInvocationOperation call => IsOfConfiguration(call.TargetMethod.ContainingType),
        _ => false,
    };

    private static bool IsOfConfiguration(INamedTypeSymbol type) => type.ContainingNamespace?.ToDisplayString() == "Microsoft.Extensions.Configuration";

    /// <summary><c>ConfigurationManager.AppSettings["x"]</c>, <c>ConfigurationManager.ConnectionStrings["x"].ConnectionString</c>.</summary>
    private static bool IsSettings(IOperation instance) =>
        instance is IPropertyReferenceOperation property
            && (property.Property.ContainingType.ToDisplayString() == "System.Configuration.ConfigurationManager"
                || (property.Instance is { } inner && IsSettings(inner)));
}
