using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace ProvableSec.CodeFixes;

/// <summary>
/// A literal that is only used where nothing is configured: <c>configuration["…"] ?? "…"</c>, <c>GetValue("…", "…")</c>. The literal goes, what is
/// configured stays.
/// </summary>
internal static class KeyFallback
{
    /// <summary>Whether a part of a key has a literal as its fallback.</summary>
    public static bool IsIn(SemanticModel model, IEnumerable<SyntaxNode> arguments, CancellationToken cancellation) =>
        Values(model, arguments, cancellation).Any(value => WithoutFallback(model, value, cancellation) is not null);

    /// <summary>The fallbacks among the arguments of a key, to be removed; nothing when a part of it is written down all the same.</summary>
    public static IReadOnlyList<Edit> Removed(SemanticModel model, IEnumerable<SyntaxNode> arguments, CancellationToken cancellation)
    {
        var edits = new List<Edit>();
        foreach (ExpressionSyntax value in Values(model, arguments, cancellation))
        {
            if (WithoutFallback(model, value, cancellation) is { } less)
            {
                edits.Add(new Edit(value, NeverNull(model, less, value.SpanStart).WithTriviaFrom(value).WithAdditionalAnnotations(Formatter.Annotation)));
            }
            else if (model.GetConstantValue(value, cancellation).HasValue)
            {
                return [];
            }
        }

        return edits;
    }

    private static IEnumerable<ExpressionSyntax> Values(SemanticModel model, IEnumerable<SyntaxNode> arguments, CancellationToken cancellation) =>
        arguments.OfType<ArgumentSyntax>().Select(argument => ValueOf(model, argument.Expression, cancellation)).Distinct();

    /// <summary>The expression itself, or the initializer of the local or field that it names in this document.</summary>
    private static ExpressionSyntax ValueOf(SemanticModel model, ExpressionSyntax expression, CancellationToken cancellation) =>
        expression is IdentifierNameSyntax or MemberAccessExpressionSyntax && model.GetSymbolInfo(expression, cancellation).Symbol is ILocalSymbol
            or IFieldSymbol
        && model.GetSymbolInfo(expression, cancellation).Symbol!.DeclaringSyntaxReferences is [var reference] && reference.SyntaxTree == model.SyntaxTree
        && reference.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: { } initial }
            ? initial
            : expression;

    private static ExpressionSyntax? WithoutFallback(SemanticModel model, ExpressionSyntax value, CancellationToken cancellation)
    {
        switch (value)
        {
            case ParenthesizedExpressionSyntax inner:
                return WithoutFallback(model, inner.Expression, cancellation);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce:
                return model.GetConstantValue(coalesce.Right, cancellation).HasValue ? coalesce.Left
                    : WithoutFallback(model, coalesce.Right, cancellation) is { } right ? coalesce.WithRight(right) : null;
            case InvocationExpressionSyntax { ArgumentList.Arguments: [.., { Expression: var last }] } call when call.ArgumentList.Arguments.Count > 1
                && model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { Name: "GetValue" or "GetSetting" or "GetString" }
                && model.GetConstantValue(last, cancellation).HasValue:
                ArgumentListSyntax list = call.ArgumentList;
                return call.WithArgumentList(list.WithArguments(list.Arguments.RemoveAt(list.Arguments.Count - 1)));
            default:
                return null;
        }
    }

    private static ExpressionSyntax NeverNull(SemanticModel model, ExpressionSyntax value, int position) =>
        model.GetNullableContext(position).WarningsEnabled() ? SyntaxFactory.PostfixUnaryExpression(SyntaxKind.SuppressNullableWarningExpression,
            value.WithoutTrivia()) : value.WithoutTrivia();
}
