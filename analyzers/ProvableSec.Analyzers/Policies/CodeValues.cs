using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers.Policies;

/// <summary>Parts of values that code writes down: what is in a list, under which names a dictionary has what.</summary>
internal static class CodeValues
{
    private const int MostDepth = 4;

    /// <summary>The value without conversions and parentheses.</summary>
    public static IOperation Bare(IOperation value)
    {
        while (true)
        {
            switch (value)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    value = conversion.Operand;
                    break;
                // A text becomes a node of JSON, or what Pulumi takes for it.
                case IConversionOperation { OperatorMethod.ContainingType.Name: "JsonNode" or "JToken" or "Input" or "InputList" } conversion:
                    value = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    value = parenthesized.Operand;
                    break;
                default:
                    return value;
            }
        }
    }

    /// <summary>The items of an array, a list or a collection expression; null where that is not what the value is. What is spread and not known is one
    /// item.</summary>
    public static IReadOnlyList<IOperation>? ItemsOf(IOperation value) => ItemsOf(value, 0);

    /// <summary>The items, where lists may be put into lists.</summary>
    /// <param name="value">What may be a list.</param>
    /// <param name="depth">How many lists it was put into; what the code adds to one of them is not followed.</param>
    public static IReadOnlyList<IOperation>? ItemsOf(IOperation value, int depth) => Listed(value, depth) is { } items ? [.. items.SelectMany(LoopValues.Each)]
        : null;

    private static IReadOnlyList<IOperation>? Listed(IOperation value, int depth)
    {
        value = KnownValues.Of(Bare(value));
        if (value is ILocalReferenceOperation)
        {
            return depth == 0 ? GrownValues.ItemsOf(value) : null;
        }

        if (value.Syntax is CollectionExpressionSyntax collection)
        {
            // The oldest compiler that loads this has no operation for it.
            return value.SemanticModel is not { } model ? null
                : [.. collection.Elements.SelectMany(element => element is ExpressionElementSyntax { Expression: var item }
                    ? [model.GetOperation(item) ?? value] : Spread(model.GetOperation(((SpreadElementSyntax)element).Expression) ?? value, depth))];
        }

        return value switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => [.. initializer.ElementValues],
            IArrayInitializerOperation initializer => [.. initializer.ElementValues],
            IArrayCreationOperation { DimensionSizes: [{ ConstantValue: { HasValue: true, Value: 0 } }] } => [],
            IInvocationOperation { TargetMethod: { Name: "Empty", ContainingType.Name: "Array" or "Enumerable" } } => [],
            IObjectOrCollectionInitializerOperation initializer => Added(initializer),
            IObjectCreationOperation { Initializer: null, Type.Name: "List" or "HashSet" } creation when HasNoContent(creation) => [],
            IObjectCreationOperation
            {
                Initializer: { } initializer,
                Type.Name: "List" or "JsonArray" or "JArray" or "HashSet"
            } creation when HasNoContent(creation) => Added(initializer),
            // The items are the arguments, whichever kind of list the compiler makes of them.
            IObjectCreationOperation
            {
                Initializer: null, Type.Name: "JsonArray" or "JArray",
                Syntax: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: var arguments }, SemanticModel: { } model
            } =>
                [.. arguments.Select(argument => model.GetOperation(argument.Expression) ?? value)],
            _ => null,
        };
    }

    private static IReadOnlyList<IOperation> Spread(IOperation list, int depth) => (depth < MostDepth ? ItemsOf(list, depth + 1) : null) ?? [list];

    /// <summary>The names and values of an anonymous object or a dictionary; null where that is not what the value is, or a name is not known.</summary>
    public static IReadOnlyList<(string Name, IOperation At, IOperation Value)>? MembersOf(IOperation value)
    {
        value = KnownValues.Of(Bare(value));
        IOperation made = value is ILocalReferenceOperation ? GrownValues.FirstOf(value) ?? value : value;
        IEnumerable<(string? Name, IOperation At, IOperation Value)>? members = made switch
        {
            IAnonymousObjectCreationOperation anonymous => anonymous.Initializers.OfType<ISimpleAssignmentOperation>()
                .Select(set => ((set.Target as IPropertyReferenceOperation)?.Property.Name, set.Target, set.Value)),
            IObjectCreationOperation { Type.Name: "JObject", Initializer: null, SemanticModel: { } model } creation
                when creation.Syntax is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } properties } =>
                properties.Select(property => PropertyOf(model.GetOperation(property.Expression) ?? made)),
            IObjectCreationOperation
            {
                Type.Name: "Dictionary" or "JsonObject" or "JObject" or "SortedDictionary",
                Initializer: var initializer
            } creation when HasNoContent(creation) =>
                GrownValues.LaterMembersOf(value) is { } later
                    ? PartsOf(initializer).Select(EntryOf).Concat(later.Select(member => ((string?)member.Name, member.At, member.Value))) : null,
            _ when made != value => null,
            _ => ModelObjects.MembersOf(value),
        };
        (string? Name, IOperation At, IOperation Value)[]? all = members?.ToArray();
        // What is set anew counts as it was set last.
        return all is null || all.Any(member => member.Name is null) ? null
            : [.. all.GroupBy(member => member.Name!, StringComparer.Ordinal).Select(member => (member.Key, member.Last().At, member.Last().Value))];
    }

    /// <summary>What <c>new JProperty(…)</c> says; no name for anything else.</summary>
    private static (string? Name, IOperation At, IOperation Value) PropertyOf(IOperation property) =>
        Bare(property) is IObjectCreationOperation { Type.Name: "JProperty", Arguments: [{ Value: var name }, { Value: var content }] }
            ? (Bare(name).ConstantValue.Value as string, name,
                Bare(content) is IArrayCreationOperation { IsImplicit: true, Initializer.ElementValues: [var only] } ? only : content)
            : (null, property, property);

    /// <summary>Whether a collection is new and empty: at most its comparer, its capacity or its options are given.</summary>
    private static bool HasNoContent(IObjectCreationOperation creation) => creation.Arguments.All(argument => argument.ArgumentKind == ArgumentKind.ParamArray
        ? ItemsOf(argument.Value) is { Count: 0 } : argument.IsImplicit || argument.ArgumentKind == ArgumentKind.DefaultValue
        || argument.Parameter?.Type is { SpecialType: SpecialType.System_Int32 } or { Name: "IEqualityComparer" or "IComparer" or "JsonNodeOptions" }
        or INamedTypeSymbol { Name: "Nullable", TypeArguments: [{ Name: "JsonNodeOptions" }] });

    /// <summary>What an initializer does, none included.</summary>
    public static IEnumerable<IOperation> PartsOf(IObjectOrCollectionInitializerOperation? initializer) => initializer is null ? Array.Empty<IOperation>()
        : initializer.Initializers;

    /// <summary>The name and the value that an assignment or a call gives a dictionary; no name where it does something else.</summary>
    public static (string? Name, IOperation At, IOperation Value) EntryOf(IOperation set) => set switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [var key] } } assignment =>
            (Bare(key.Value).ConstantValue.Value as string, key.Value, assignment.Value),
        IInvocationOperation { TargetMethod.Name: "Add", Arguments: [var key, var value] } =>
            (Bare(key.Value).ConstantValue.Value as string, key.Value, value.Value),
        _ => (null, set, set),
    };

    private static IReadOnlyList<IOperation>? Added(IObjectOrCollectionInitializerOperation initializer) =>
        initializer.Initializers.All(added => added is IInvocationOperation { Arguments.Length: 1 })
            ? [.. initializer.Initializers.Select(added => ((IInvocationOperation)added).Arguments[0].Value)]
            : null;
}
