using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace ProvableSec.CodeFixes;

/// <summary>Expressions that give credentials without a key.</summary>
internal static class SdkCredentials
{
    /// <summary>What the default chain finds, as version 4 of the SDK says it or, before that, version 3.</summary>
    public static string Default(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Amazon.Runtime.Credentials.DefaultAWSCredentialsIdentityResolver") is not null
            ? "global::Amazon.Runtime.Credentials.DefaultAWSCredentialsIdentityResolver.GetCredentials()"
            : "global::Amazon.Runtime.FallbackCredentialsFactory.GetCredentials()";

    /// <summary>Puts an expression in place of another and, where a variable's type is the narrower one, widens that.</summary>
    public static IEnumerable<Edit> Replace(ExpressionSyntax old, string expression)
    {
        yield return new Edit(old, Parse(expression).WithTriviaFrom(old));
        if (old.Parent is EqualsValueClauseSyntax
            {
                Parent: VariableDeclaratorSyntax
                {
                    Parent: VariableDeclarationSyntax
                    {
                        Type: { IsVar: false } type,
                        Variables.Count: 1
                    }
                }
            }
            && type is not PredefinedTypeSyntax)
        {
            yield return new Edit(type, SyntaxFactory.ParseTypeName("global::Amazon.Runtime.AWSCredentials").WithTriviaFrom(type)
                .WithAdditionalAnnotations(Simplifier.Annotation));
        }
    }

    /// <summary>Reads an expression whose names are complete; they become as short as the document allows.</summary>
    public static ExpressionSyntax Parse(string expression)
    {
        ExpressionSyntax parsed = SyntaxFactory.ParseExpression(expression);
        return parsed.ReplaceNodes(
            parsed.DescendantNodesAndSelf().Where(node => node is NameSyntax or MemberAccessExpressionSyntax),
            (_, changed) => changed.WithAdditionalAnnotations(Simplifier.Annotation));
    }
}
