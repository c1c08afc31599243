using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Policy.Text;

namespace ProvableSec.Analyzers.Policies;

/// <summary>The variables of loops over constants: what is made in the loop is made once for each item, what is filled in the loop has all of them.</summary>
internal static class LoopValues
{
    /// <summary>The items of a loop, where they are constants that the same file says.</summary>
    public static IReadOnlyList<IOperation>? ItemsOf(ForEachStatementSyntax loop, SemanticModel model) =>
        model.GetOperation(loop.Expression) is { } list && CodeValues.ItemsOf(list, 1) is { Count: <= CodeChoice.MostBranches } items
            && items.All(item => CodeValues.Bare(item).ConstantValue.HasValue) ? items : null;

    /// <summary>What the variable of a loop is on the branch that is looked at; null for another value, and where that is not known.</summary>
    public static IOperation? Of(IOperation value) =>
        LoopOf(value) is { } loop && !Fills(value, loop) && ItemsOf(loop, value.SemanticModel!) is { } items
            && CodeChoice.Take(loop, [.. items.Select(WordsOf)]) is { } item ? items[item] : null;

    /// <summary>All values that an item of a list stands for: those of a loop that adds each to a list from outside of it.</summary>
    public static IReadOnlyList<IOperation> Each(IOperation item) =>
        LoopOf(CodeValues.Bare(item)) is { } loop && Fills(CodeValues.Bare(item), loop) && ItemsOf(loop, item.SemanticModel!) is { } items ? items : [item];

    private static ForEachStatementSyntax? LoopOf(IOperation value) =>
        value is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: [var declared], SemanticModel: not null }
            && declared.GetSyntax() is ForEachStatementSyntax loop && loop.SyntaxTree == value.Syntax.SyntaxTree ? loop : null;

    /// <summary>Whether a value is added to something that is there before the loop, and not put into a new object first.</summary>
    private static bool Fills(IOperation value, ForEachStatementSyntax loop)
    {
        for (IOperation? parent = value.Parent; parent is not null and not IObjectCreationOperation and not IAnonymousObjectCreationOperation; parent =
            parent.Parent)
        {
            if (parent is IInvocationOperation { Instance: { } instance }
                && (instance is IPropertyReferenceOperation { Instance: { } holder } ? holder
                    : instance) is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: [var declared] })
            {
                return !loop.Span.Contains(declared.Span);
            }
        }

        return false;
    }

    private static string WordsOf(IOperation item) => CodeValues.Bare(item).ConstantValue.Value is string text
        ? $"the item of the loop is \"{Excerpt.Of(text)}\"" : $"the item of the loop is that of {CodeChoice.LineOf(item.Syntax)}";
}
