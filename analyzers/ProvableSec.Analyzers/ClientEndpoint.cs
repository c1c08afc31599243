using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers;

/// <summary>Where a client of the SDK sends its requests: storage of other providers is reached with it as well, and there no role of AWS is of use.</summary>
internal static class ClientEndpoint
{
    private static readonly string[] HostsOfAws = [".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".api.amazonwebservices.com.cn", ".on.aws",
        ".amazonaws.eu"];

    /// <summary>Whether the client that a key is made for has a <c>ServiceURL</c> that is not, or not known to be, one of AWS.</summary>
    public static bool IsElsewhere(IObjectCreationOperation key, CredentialSinks sinks) =>
        ClientsOf(key, sinks).SelectMany(client => client.Arguments).Any(argument => ServiceUrls(Unconverted(argument.Value)).Any(IsOutsideAws));

    /// <summary>The client itself, the one that takes the credentials, or those that take the local or field that they are kept in.</summary>
    private static IEnumerable<IObjectCreationOperation> ClientsOf(IObjectCreationOperation key, CredentialSinks sinks)
    {
        if (sinks.IsClient(key.Type))
        {
            return [key];
        }

        IOperation at = key;
        while (at.Parent is IConversionOperation or IArgumentOperation or IParenthesizedOperation or ICoalesceOperation or IConditionalOperation)
        {
            at = at.Parent;
        }

        if (at.Parent is IObjectCreationOperation outer && sinks.IsClient(outer.Type))
        {
            return [outer];
        }

        ISymbol? kept = at.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } => local.Local,
            ISimpleAssignmentOperation { Target: IFieldReferenceOperation field } => field.Field,
            _ => null,
        };
        return kept is null ? [] : Root(key).Descendants().OfType<IObjectCreationOperation>()
            .Where(creation => sinks.IsClient(creation.Type)
                && creation.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(Referenced(Unconverted(argument.Value)), kept)));
    }

    /// <summary>The values that the configuration of a client gets for <c>ServiceURL</c>: in its initializer, or after it was made.</summary>
    private static IEnumerable<IOperation> ServiceUrls(IOperation configuration)
    {
        if (configuration is IObjectCreationOperation creation)
        {
            return creation.Initializer is { } initializer ? Assigned(initializer, _ => true) : [];
        }

        if (Referenced(configuration) is not { } kept)
        {
            return [];
        }

        return Root(configuration).Descendants().OfType<IVariableDeclaratorOperation>()
            .Where(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, kept))
            .SelectMany(declarator => declarator.Initializer is { } initial ? ServiceUrls(Unconverted(initial.Value)) : [])
            .Concat(Assigned(Root(configuration), target => target.Instance is { } instance
                && SymbolEqualityComparer.Default.Equals(Referenced(instance), kept)));
    }

    private static IEnumerable<IOperation> Assigned(IOperation within, Func<IPropertyReferenceOperation, bool> isWanted) =>
        within.Descendants().OfType<ISimpleAssignmentOperation>()
            .Where(assignment => assignment.Target is IPropertyReferenceOperation { Property.Name: "ServiceURL" } target && isWanted(target))
            .Select(assignment => assignment.Value);

    private static bool IsOutsideAws(IOperation url) =>
        Unconverted(url).ConstantValue is not { HasValue: true, Value: string text }
            || (Uri.TryCreate(text, UriKind.Absolute, out Uri? parsed) && !Array.Exists(HostsOfAws,
            host => parsed.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase)));

    private static ISymbol? Referenced(IOperation value) => value switch
    {
        ILocalReferenceOperation local => local.Local,
        IFieldReferenceOperation field => field.Field,
        _ => null,
    };

    private static IOperation Unconverted(IOperation value) => value is IConversionOperation conversion ? Unconverted(conversion.Operand) : value;

    private static IOperation Root(IOperation operation) => operation.Parent is { } parent ? Root(parent) : operation;
}
