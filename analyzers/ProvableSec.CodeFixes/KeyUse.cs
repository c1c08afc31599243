using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Analyzers;

namespace ProvableSec.CodeFixes;

/// <summary>Where a document hands an access key to the SDK.</summary>
internal sealed class KeyUse
{
    private readonly IOperation[] keyValues;

    private KeyUse(IObjectCreationOperation creation, BaseObjectCreationExpressionSyntax syntax, CredentialSinks sinks)
    {
        Creation = creation;
        Syntax = syntax;
        IsClient = sinks.IsClient(creation.Type);
        keyValues = [.. sinks.KeyArguments(creation).Where(argument => !argument.IsImplicit)];
    }

    public IObjectCreationOperation Creation { get; }

    public BaseObjectCreationExpressionSyntax Syntax { get; }

    /// <summary>Whether a service client is made, not credentials.</summary>
    public bool IsClient { get; }

    /// <summary>The arguments that are the key: ID, secret, session token.</summary>
    public IEnumerable<SyntaxNode> KeyArguments => keyValues.Select(value => value.Syntax);

    /// <summary>The uses of the key at a place: the expression around it or, where it is declared, all that name what it declares.</summary>
    public static IReadOnlyList<KeyUse> At(SemanticModel model, SyntaxNode place, CancellationToken cancellation)
    {
        if (CredentialSinks.In(model.Compilation) is not { } sinks)
        {
            return [];
        }

        if (place.AncestorsAndSelf().Select(node => Of(model, node, sinks, cancellation)).FirstOrDefault(use => use is not null) is { } around)
        {
            return [around];
        }

        return place.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { } declarator && model.GetDeclaredSymbol(declarator, cancellation) is { } declared
            ? [.. model.SyntaxTree.GetRoot(cancellation).DescendantNodes().Select(node => Of(model, node, sinks, cancellation)).OfType<KeyUse>()
                .Where(use => use.Names(model, declared, cancellation))]
            : [];
    }

    /// <summary>Removes the declarations of the document that nothing needs once the key arguments are gone.</summary>
    public static IEnumerable<Edit> RemoveUnused(IReadOnlyList<KeyUse> uses, SemanticModel model, CancellationToken cancellation)
    {
        SyntaxNode root = model.SyntaxTree.GetRoot(cancellation);
        SyntaxNode[] dropped = [.. uses.SelectMany(use => use.KeyArguments)];
        var unused = new List<VariableDeclaratorSyntax>();
        foreach (ISymbol symbol in dropped.SelectMany(node => node.DescendantNodesAndSelf()).OfType<IdentifierNameSyntax>()
            .Select(name => model.GetSymbolInfo(name, cancellation).Symbol).OfType<ISymbol>().Distinct(SymbolEqualityComparer.Default))
        {
            if (IsOnlyHere(symbol) && symbol.DeclaringSyntaxReferences is [var reference]
                && reference.GetSyntax(cancellation) is VariableDeclaratorSyntax declarator
                && root.DescendantNodes().OfType<IdentifierNameSyntax>()
                    .Where(name => name.Identifier.ValueText == symbol.Name
                        && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, symbol))
                    .All(name => dropped.Any(node => node.Span.Contains(name.Span))))
            {
                unused.Add(declarator);
            }
        }

        foreach (IGrouping<SyntaxNode?, VariableDeclaratorSyntax> group in unused.GroupBy(declarator => declarator.Parent))
        {
            if (group.Key is VariableDeclarationSyntax { Parent: { } statement } declaration && declaration.Variables.Count == group.Count())
            {
                yield return new Edit(statement, null);
            }
            else if (group.Key is VariableDeclarationSyntax partly)
            {
                yield return new Edit(partly, partly.RemoveNodes(group, SyntaxRemoveOptions.KeepNoTrivia));
            }
        }
    }

    /// <summary>A local, or a private field of a type that is wholly in this document.</summary>
    private static bool IsOnlyHere(ISymbol symbol) =>
        symbol is ILocalSymbol || (symbol is IFieldSymbol { DeclaredAccessibility: Accessibility.Private }
            && symbol.ContainingType.DeclaringSyntaxReferences.Length == 1);

    private static KeyUse? Of(SemanticModel model, SyntaxNode node, CredentialSinks sinks, CancellationToken cancellation) =>
        node is BaseObjectCreationExpressionSyntax { ArgumentList: not null } syntax
            && model.GetOperation(syntax, cancellation) is IObjectCreationOperation creation && sinks.Takes(creation, out _, out _)
            ? new KeyUse(creation, syntax, sinks)
            : null;

    private bool Names(SemanticModel model, ISymbol symbol, CancellationToken cancellation) =>
        KeyArguments.SelectMany(node => node.DescendantNodesAndSelf()).OfType<IdentifierNameSyntax>()
        .Any(name => SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, symbol));
}
