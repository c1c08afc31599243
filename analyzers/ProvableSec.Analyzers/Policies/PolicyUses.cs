using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Analyzers.Policies;

/// <summary>Follows a policy through the code to what takes it: through objects that hold it, the serializer, locals, constants and read-only fields.</summary>
internal static class PolicyUses
{
    private const int MostSteps = 3;
    private static readonly JsonTree Nothing = JsonTreeReader.Read(new ProvableSec.Policy.Text.DocumentText("{}"));

    /// <summary>What a policy is by what takes it; null where that is not found.</summary>
    public static PolicyContext? ContextOf(IOperation policy, JsonTree json) =>
        Follow(policy, json, 0, new Dictionary<ISymbol, int>(SymbolEqualityComparer.Default));

    /// <summary>Whether a value is given, as it is, to what takes nothing but policies.</summary>
    public static bool IsGiven(IOperation value)
    {
        IOperation? parent = value.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation)
        {
            parent = parent.Parent;
        }

        return parent is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments.IsEmpty: true, Property: var property } } set
            && PolicySinks.OfProperty(property, set, null, Nothing) is not null;
    }

    /// <summary>Where a name is used, wherever that may be.</summary>
    public static IEnumerable<IOperation> Of(ISymbol symbol) => ScopesOf(symbol).SelectMany(scope => Of(symbol, scope));

    /// <summary>Where a name is used below a node.</summary>
    public static IEnumerable<IOperation> Of(ISymbol symbol, SyntaxNode within, SemanticModel? model = null)
    {
        foreach (IdentifierNameSyntax name in NameUses.Of(symbol.Name, within))
        {
            if ((model ??= ModelOf(symbol, within.SyntaxTree)) is { } bound
                && bound.GetOperation(name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name) is { } use
                and (ILocalReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation)
                && SymbolEqualityComparer.Default.Equals(symbol, use is ILocalReferenceOperation local ? local.Local : ((IMemberReferenceOperation)use).Member))
            {
                yield return use;
            }
        }
    }

    private static PolicyContext? Follow(IOperation policy, JsonTree json, int step, Dictionary<ISymbol, int> seen)
    {
        string? key = null;
        IOperation child = policy;
        for (IOperation? parent = policy.Parent; parent is not null && step <= MostSteps; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or IArgumentOperation or IArrayInitializerOperation or IArrayCreationOperation
                    or IObjectOrCollectionInitializerOperation
                    or ICoalesceOperation or IConditionalOperation or IMemberInitializerOperation or IInterpolatedStringOperation or IInterpolationOperation:
                    break;
                case { Syntax: CollectionExpressionSyntax }:
                    break;
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } set when set.Value == child:
                    if (target.Arguments is [{ Value: var index }])
                    {
                        key = CodeValues.Bare(index).ConstantValue.Value as string;
                    }
                    else if (PolicySinks.OfProperty(target.Property, set, key, json) is { } context)
                    {
                        return context;
                    }

                    break;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } }:
                    return FollowUses(local, json, step, seen);
                case IInvocationOperation call:
                    if (PolicySinks.OfCall(call) is { } taken)
                    {
                        return taken;
                    }

                    key = call is { TargetMethod.Name: "Add", Arguments: [{ Value: var name }, _] } ? CodeValues.Bare(name).ConstantValue.Value as string : key;
                    if (!PassesOn(call))
                    {
                        return null;
                    }

                    break;
                case IObjectCreationOperation { Type.Name: "ManagedPolicy" or "Policy" } managed:
                    return Follow(managed, json, step + 1, seen) ?? new PolicyContext(PolicyType.Identity);
                case IObjectCreationOperation { Type.Name: var type }:
                    if (type is "ManagedPolicyProps" or "PolicyProps" && parent.Parent is null or ISimpleAssignmentOperation or IVariableInitializerOperation
                        or IReturnOperation)
                    {
                        return new PolicyContext(PolicyType.Identity);
                    }

                    break;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var declared } }:
                    return FollowUses(declared, json, step, seen);
                case IFieldInitializerOperation { InitializedFields: [var field, ..] }:
                    return FollowUses(field, json, step, seen);
                case IPropertyInitializerOperation { InitializedProperties: [var property, ..] }:
                    return FollowUses(property, json, step, seen);
                default:
                    return null;
            }
        }

        return null;
    }

    private static PolicyContext? FollowUses(ISymbol symbol, JsonTree json, int step, Dictionary<ISymbol, int> seen)
    {
        // Many ways may lead to a symbol; only one with fewer steps leads further.
        if (seen.TryGetValue(symbol, out int before) && before <= step)
        {
            return null;
        }

        seen[symbol] = step;

        foreach (SyntaxNode scope in ScopesOf(symbol))
        {
            foreach (IOperation use in Of(symbol, scope))
            {
                if (Follow(use, json, step + 1, seen) is { } context)
                {
                    return context;
                }
            }
        }

        return null;
    }

    private static IEnumerable<SyntaxNode> ScopesOf(ISymbol symbol)
    {
        if (symbol is ILocalSymbol)
        {
            return symbol.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax())
                .Select(node => (SyntaxNode?)node.FirstAncestorOrSelf<BlockSyntax>() ?? node.SyntaxTree.GetRoot());
        }

        SyntaxNode[] own = [.. symbol.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax())];
        return symbol.DeclaredAccessibility == Accessibility.Private || CompilationOf(symbol) is not { } compilation
            ? own
            : own.Concat(compilation.SyntaxTrees.Where(tree => NameUses.MayBeIn(tree, symbol.Name)).Select(tree => tree.GetRoot()));
    }

    private static Compilation? CompilationOf(ISymbol symbol) => (symbol.ContainingAssembly as ISourceAssemblySymbol)?.Compilation;

    private static SemanticModel? ModelOf(ISymbol symbol, SyntaxTree tree) => CompilationOf(symbol) is { } compilation ? NameUses.ModelOf(compilation, tree)
        : null;

    /// <summary>Whether what a method returns, or does to its object, is still the policy.</summary>
    private static bool PassesOn(IInvocationOperation call) => call.TargetMethod.Name is "Serialize" or "SerializeToNode" or "SerializeToElement"
        or "SerializeToUtf8Bytes" or "ToJson" or "ToJSON" or "ToString"
        or "ToJsonString" or "FromJson" or "Parse" or "Deserialize" or "Add" or "AddStatements" or "WithStatements" or "WithId" or "Trim" or "Replace"
        or "ReplaceLineEndings";
}
