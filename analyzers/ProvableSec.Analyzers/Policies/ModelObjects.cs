using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers.Policies;

/// <summary>Objects of a program's own records and classes, as a serializer writes them: a member for each property, under its name or the one that an
/// attribute gives.</summary>
internal static class ModelObjects
{
    // To ask a property for its attributes is to bind them, and a type is made in many places.
    private static readonly ConditionalWeakTable<INamedTypeSymbol, object> WithStatement = new();
    private static readonly object Yes = new(), No = new();

    /// <summary>Whether objects of a type of the program have the member <c>Statement</c>.</summary>
    public static bool HasStatement(ITypeSymbol? type) => type is INamedTypeSymbol { DeclaringSyntaxReferences.Length: > 0 } own
        && WithStatement.GetValue(own, known => PropertiesOf(known).Any(property => NameOf(property) == "Statement") ? Yes : No) == Yes;

    /// <summary>The members that an expression gives a new object; null where the object is none of the program's own, or has values from elsewhere.</summary>
    public static IReadOnlyList<(string? Name, IOperation At, IOperation Value)>? MembersOf(IOperation value)
    {
        if (value is not IObjectCreationOperation { Type: INamedTypeSymbol { DeclaringSyntaxReferences.Length: > 0 } type } creation)
        {
            return null;
        }

        IPropertySymbol[] properties = [.. PropertiesOf(type)];
        var members = new List<(string? Name, IOperation At, IOperation Value)>();
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (IArgumentOperation argument in creation.Arguments)
        {
            // The properties of a record are named as its parameters are; what another constructor does with them is not looked into.
            if (properties.FirstOrDefault(property => property.Name.Equals(argument.Parameter?.Name, StringComparison.OrdinalIgnoreCase)) is not { } property)
            {
                return null;
            }

            given.Add(property.Name);
            members.Add((NameOf(property), argument.Value, argument.Value));
        }

        foreach (IOperation part in CodeValues.PartsOf(creation.Initializer))
        {
            switch (part)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property, Arguments.Length: 0 } target } set:
                    given.Add(property.Name);
                    members.Add((NameOf(property), target, set.Value));
                    break;
                case IMemberInitializerOperation
                {
                    InitializedMember: IPropertyReferenceOperation { Property: var property, Arguments.Length: 0 } target,
                    Initializer: var list
                }:
                    given.Add(property.Name);
                    members.Add((NameOf(property), target, list));
                    break;
                default:
                    return null;
            }
        }

        foreach (IPropertySymbol property in properties.Where(property => !given.Contains(property.Name) && HasValueOfItsOwn(property)))
        {
            if (OwnValueOf(property, creation) is not { } own)
            {
                return null;
            }

            members.Add((NameOf(property), creation, own));
        }

        return members;
    }

    private static IEnumerable<IPropertySymbol> PropertiesOf(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IPropertySymbol>()
            .Where(property => property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false }
                || IsOfRecord(property));

    private static bool IsOfRecord(IPropertySymbol property) => property is
    {
        IsStatic: false, DeclaredAccessibility: Accessibility.Public,
        DeclaringSyntaxReferences: [var declared]
    } && declared.GetSyntax() is ParameterSyntax;

    private static bool HasValueOfItsOwn(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is PropertyDeclarationSyntax { Initializer: not null }
            or PropertyDeclarationSyntax { ExpressionBody: not null });

    /// <summary>What a property has unless it is set; null where another file says it.</summary>
    private static IOperation? OwnValueOf(IPropertySymbol property, IObjectCreationOperation creation) =>
        property.DeclaringSyntaxReferences is [var declared] && declared.GetSyntax() is PropertyDeclarationSyntax declaration
        && (declaration.Initializer?.Value ?? declaration.ExpressionBody?.Expression) is { } value && value.SyntaxTree == creation.Syntax.SyntaxTree
            ? creation.SemanticModel?.GetOperation(value)
            : null;

    private static string NameOf(IPropertySymbol property) =>
        property.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name is "JsonPropertyNameAttribute"
            or "JsonPropertyAttribute") is { ConstructorArguments: [{ Value: string name }, ..] } ? name : property.Name;
}
