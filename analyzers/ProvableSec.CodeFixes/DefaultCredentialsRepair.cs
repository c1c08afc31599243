using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Analyzers;

namespace ProvableSec.CodeFixes;

/// <summary>Lets the SDK find credentials by itself: a client needs no argument for that, anything else asks the default chain.</summary>
internal sealed class DefaultCredentialsRepair : Repair
{
    public override string Title => "Let the SDK find credentials (deactivate the key in IAM first)";

    public override IEnumerable<Edit> Edits(SemanticModel model, SyntaxNode place, CancellationToken cancellation)
    {
        IReadOnlyList<KeyUse> uses = KeyUse.At(model, place, cancellation);
        if (uses.Any(use => KeyFallback.IsIn(model, use.KeyArguments, cancellation)))
        {
            return [];
        }

        Edit[] replaced = [.. uses.SelectMany(use => Replace(use, model))];
        return replaced.Length == 0 ? [] : [.. replaced, .. KeyUse.RemoveUnused(uses, model, cancellation)];
    }

    private static IEnumerable<Edit> Replace(KeyUse use, SemanticModel model)
    {
        if (use.IsClient)
        {
            return [Without(use.Syntax, use.KeyArguments)];
        }

        IOperation? outer = use.Creation.Parent;
        while (outer is IConversionOperation or IObjectCreationOperation { Parent: IConversionOperation })
        {
            outer = outer.Parent;
        }

        return outer is IArgumentOperation { Parent: IObjectCreationOperation { Syntax: BaseObjectCreationExpressionSyntax client } parent } argument
            && CredentialSinks.In(model.Compilation) is { } sinks && sinks.IsClient(parent.Type)
            ? [Without(client, [argument.Syntax])]
            : SdkCredentials.Replace(use.Syntax, SdkCredentials.Default(model.Compilation));
    }

    private static Edit Without(BaseObjectCreationExpressionSyntax creation, IEnumerable<SyntaxNode> arguments)
    {
        ArgumentListSyntax list = creation.ArgumentList!;
        ArgumentListSyntax less = list.RemoveNodes(list.Arguments.Where(argument => arguments.Contains(argument)), SyntaxRemoveOptions.KeepNoTrivia)!;
        return new Edit(list, SyntaxFactory.ArgumentList(less.Arguments).WithTriviaFrom(list).WithAdditionalAnnotations(Formatter.Annotation));
    }
}
