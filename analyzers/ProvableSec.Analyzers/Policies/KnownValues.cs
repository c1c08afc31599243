using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers.Policies;

/// <summary>
/// Follows a name one step to the value that it has for good, a local that is given one once, a read-only field, a property without a setter; and what depends
/// on a
/// condition to the value that it has on the branch that is looked at (<see cref="CodeChoice"/>).
/// </summary>
internal static class KnownValues
{
    private const int MostSteps = 3;

    // A name that is used often is asked about as often.
    private static readonly ConditionalWeakTable<ISymbol, StrongBox<bool>> Kept = new();

    /// <summary>The expression that a name stands for, in the same file; the operation itself where it is not a name, or its value may be another
    /// one.</summary>
    public static IOperation Of(IOperation value)
    {
        for (int step = 0; step < MostSteps; step++)
        {
            if (value.ConstantValue.HasValue || (ChosenOf(value) ?? InitialOf(value)) is not { } initial)
            {
                return value;
            }

            value = CodeValues.Bare(initial);
        }

        return value;
    }

    /// <summary>The value on the branch that is looked at, of an expression that has several.</summary>
    private static IOperation? ChosenOf(IOperation value)
    {
        switch (value)
        {
            case IConditionalOperation { Syntax: ConditionalExpressionSyntax { Condition: var condition }, WhenFalse: { } otherwise } conditional:
                return CodeChoice.Holds(conditional.Syntax, condition) switch { true => conditional.WhenTrue, false => otherwise, null => null };
            case ISwitchExpressionOperation { Arms: var arms } cases when arms.Length <= CodeChoice.MostBranches:
                return CodeChoice.Take(cases.Syntax, [.. arms.Select(arm => $"the case of {CodeChoice.LineOf(arm.Syntax)} is met")]) is { } arm
                    ? arms[arm].Value : null;
            case ILocalReferenceOperation local:
                return LoopValues.Of(local) ?? AssignedValues.Of(local);
            default:
                return null;
        }
    }

    private static IOperation? InitialOf(IOperation value)
    {
        (ISymbol Symbol, SyntaxNode Scope, ExpressionSyntax Initial)? found = value switch
        {
            ILocalReferenceOperation { Local: { DeclaringSyntaxReferences: [var declared] } local } when declared.GetSyntax()
                is VariableDeclaratorSyntax { Initializer.Value: var initial } declarator
                && declarator.FirstAncestorOrSelf<BlockSyntax>() is { } block => (local, block, initial),
            IFieldReferenceOperation { Field: { IsReadOnly: true, DeclaringSyntaxReferences: [var declared] } field } when declared.GetSyntax()
                is VariableDeclaratorSyntax { Initializer.Value: var initial } declarator
                && declarator.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type => (field, type, initial),
            IPropertyReferenceOperation
            {
                Arguments.Length: 0,
                Property: { SetMethod: null, DeclaringSyntaxReferences: [var declared] } property
            } when declared.GetSyntax()
                    is PropertyDeclarationSyntax declaration && (declaration.Initializer?.Value ?? declaration.ExpressionBody?.Expression) is { } initial
                && declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type => (property, type, initial),
            _ => null,
        };
        return found is var (symbol, scope, expression) && expression.SyntaxTree == value.Syntax.SyntaxTree && value.SemanticModel is { } model
            && Kept.GetValue(symbol, _ => new StrongBox<bool>(PolicyUses.Of(symbol, scope, model).All(OnlyReads))).Value
            ? model.GetOperation(expression)
            : null;
    }

    /// <summary>Whether a use leaves the value, and what is in it, as it is.</summary>
    public static bool OnlyReads(IOperation use) => use.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target != use,
        IIncrementOrDecrementOperation => false,
        IArgumentOperation argument => argument.Parameter?.RefKind is null or RefKind.None or RefKind.In,
        IInvocationOperation call => call.Instance != use || call.TargetMethod.Name is "ToString" or "ToArray" or "ToList" or "ToJsonString",
        IArrayElementReferenceOperation { Parent: IAssignmentOperation set } element => set.Target != element,
        IPropertyReferenceOperation { Parent: IAssignmentOperation set } member => set.Target != member,
        _ => true,
    };
}
