using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers.Policies;

/// <summary>Lists and objects in locals that the code fills after it made them, line by line in the same block.</summary>
internal static class GrownValues
{
    /// <summary>The items of a list in a local; null where it is none, or something else is done to it.</summary>
    /// <param name="value">A use of the local.</param>
    public static IReadOnlyList<IOperation>? ItemsOf(IOperation value)
    {
        if (value is not ILocalReferenceOperation { Local: var local } || FirstOf(value) is not { } first || CodeValues.ItemsOf(first, 1) is not { } made)
        {
            return null;
        }

        var items = new List<IOperation>(made);
        if (ChangesOf(local, value) is not { } changes)
        {
            return null;
        }

        foreach (IOperation change in changes)
        {
            switch (change as IInvocationOperation)
            {
                case { TargetMethod.Name: "Add", Arguments: [{ Value: var item }] }:
                    items.AddRange(LoopValues.Each(item));
                    break;
                case { TargetMethod.Name: "AddRange", Arguments: [{ Value: var more }] } when CodeValues.ItemsOf(more, 1) is { } added:
                    items.AddRange(added);
                    break;
                case { TargetMethod.Name: "ToArray" or "ToList" or "ToString" or "ToJsonString" }:
                    break;
                default:
                    return null;
            }
        }

        return items;
    }

    /// <summary>What a dictionary or an object of JSON is given after it was put into a local; null where something else is done to it.</summary>
    /// <param name="value">What makes it, or a use of the local.</param>
    public static IReadOnlyList<(string Name, IOperation At, IOperation Value)>? LaterMembersOf(IOperation value)
    {
        if ((value is ILocalReferenceOperation { Local: var used } ? used : CodeStatements.LocalOf(value)) is not { } local)
        {
            return [];
        }

        var members = new List<(string Name, IOperation At, IOperation Value)>();
        if (ChangesOf(local, value as ILocalReferenceOperation) is not { } changes)
        {
            return null;
        }

        foreach (IOperation change in changes)
        {
            if (change is IInvocationOperation { TargetMethod.Name: "ToString" or "ToJsonString" or "ToDictionary" })
            {
                continue;
            }

            if (CodeValues.EntryOf(change) is not ({ } name, var at, var added))
            {
                return null;
            }

            members.Add((name, at, added));
        }

        return members;
    }

    /// <summary>What a local is given where it is declared.</summary>
    public static IOperation? FirstOf(IOperation value) => value is ILocalReferenceOperation
    {
        Local.DeclaringSyntaxReferences: [var declaration],
        SemanticModel: { } model
    }
        && declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } initial } && initial.SyntaxTree == value.Syntax.SyntaxTree
        && initial.Span.End <= value.Syntax.SpanStart && model.GetOperation(initial) is { } first
        ? CodeValues.Bare(first)
        : null;

    /// <summary>What is done to it before it is used, so that what is put into itself has an end; null where that is not known.</summary>
    private static IEnumerable<IOperation>? ChangesOf(ILocalSymbol local, IOperation? use)
    {
        IReadOnlyList<IOperation> changes = CodeStatements.ChangesOf(local, out bool known);
        return known ? changes.Where(change => use is null || change.Syntax.Span.End <= use.Syntax.SpanStart) : null;
    }
}
