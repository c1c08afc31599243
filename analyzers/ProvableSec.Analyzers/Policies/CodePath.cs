using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProvableSec.Analyzers.Policies;

/// <summary>Tells whether the code comes to a statement, on the branch that is looked at.</summary>
internal static class CodePath
{
    /// <summary>Whether the code comes from the beginning of a block to a statement in it; null where that is not known.</summary>
    /// <param name="inner">The statement, or a part of it.</param>
    /// <param name="block">The block.</param>
    /// <param name="mayRepeat">True where it may come there once for each item of a loop over constants.</param>
    public static bool? Leads(SyntaxNode inner, BlockSyntax block, bool mayRepeat)
    {
        bool isReached = true;
        // From the outermost on, as one reads it.
        foreach (SyntaxNode node in inner.FirstAncestorOrSelf<StatementSyntax>()?.AncestorsAndSelf()
            .TakeWhile(node => node.Parent is not null && node.Parent != block && node != block).Reverse() ?? [])
        {
            switch (node.Parent)
            {
                case BlockSyntax or ElseClauseSyntax:
                    break;
                case IfStatementSyntax fork when node != fork.Condition && !Leaves(fork):
                    if (CodeChoice.Holds(fork, fork.Condition) is not { } holds)
                    {
                        return null;
                    }

                    isReached &= holds == (node == fork.Statement);
                    break;
                case ForEachStatementSyntax loop when mayRepeat && node == loop.Statement && !Leaves(loop):
                    break;
                default:
                    return null;
            }
        }

        return isReached;
    }

    /// <summary>The loops over constants between something and a block.</summary>
    public static IEnumerable<ForEachStatementSyntax> LoopsOf(SyntaxNode inner, BlockSyntax block) =>
        inner.Ancestors().TakeWhile(node => node != block).OfType<ForEachStatementSyntax>();

    private static bool Leaves(StatementSyntax statement) => statement.DescendantNodes()
        .Any(node => node.IsKind(SyntaxKind.ReturnStatement) || node.IsKind(SyntaxKind.ThrowStatement) || node.IsKind(SyntaxKind.BreakStatement)
            || node.IsKind(SyntaxKind.ContinueStatement) || node.IsKind(SyntaxKind.GotoStatement));
}
