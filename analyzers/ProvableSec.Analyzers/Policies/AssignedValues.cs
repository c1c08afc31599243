using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers.Policies;

/// <summary>What a local has that the code sets anew, line by line or in the branches of an <c>if</c>: what it is set to last on the branch that is looked
/// at.</summary>
internal static class AssignedValues
{
    /// <summary>The value at a use of the local; null where it is set once only, or where what it is set to is not known.</summary>
    public static IOperation? Of(ILocalReferenceOperation value)
    {
        if (value.Local.DeclaringSyntaxReferences is not [var declared] || declared.GetSyntax() is not VariableDeclaratorSyntax declarator
            || declarator.SyntaxTree != value.Syntax.SyntaxTree
            || declarator.FirstAncestorOrSelf<BlockSyntax>() is not { } block || value.SemanticModel is not { } model)
        {
            return null;
        }

        IOperation? last = declarator.Initializer is { Value: var initial } ? model.GetOperation(initial) : null;
        bool isSetAnew = false;
        foreach (IOperation use in PolicyUses.Of(value.Local, block, model).OrderBy(use => use.Syntax.SpanStart))
        {
            if (use.Parent is not ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } set || set.Target != use)
            {
                if (!KnownValues.OnlyReads(use))
                {
                    return null;
                }

                continue;
            }

            isSetAnew = true;
            // Behind the use it does not matter, unless a loop comes back.
            if (CodePath.Leads(set.Syntax, block, mayRepeat: false) is not { } isReached)
            {
                return null;
            }

            last = isReached && set.Syntax.Span.End <= value.Syntax.SpanStart ? set.Value : last;
        }

        return isSetAnew ? last : null;
    }
}
