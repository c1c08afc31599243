using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProvableSec.CodeFixes;

/// <summary>
/// Gets the value of one secret, whose ARN is in the environment: the role needs <c>secretsmanager:GetSecretValue</c> on that secret and on no other.
/// </summary>
internal sealed class SecretRetrievalRepair : Repair
{
    public override string Title => "Read it from Secrets Manager (change the leaked password first, then have it rotated every 30 days)";

    public override IEnumerable<Edit> Edits(SemanticModel model, SyntaxNode place, CancellationToken cancellation)
    {
        if (model.Compilation.GetTypeByMetadataName("Amazon.SecretsManager.AmazonSecretsManagerClient") is null || Whole(place) is not { } text)
        {
            yield break;
        }

        const string Call =
            "new global::Amazon.SecretsManager.AmazonSecretsManagerClient().GetSecretValueAsync(new global::Amazon.SecretsManager.Model.GetSecretValueRequest "
            + "{ SecretId = global::System.Environment.GetEnvironmentVariable(\"CONNECTION_STRING_SECRET_ARN\") })";
        ExpressionSyntax value = SdkCredentials.Parse(CanAwait(text) ? $"(await {Call}).SecretString" : $"{Call}.GetAwaiter().GetResult().SecretString")
            .WithTriviaFrom(text);
        yield return text.Parent?.Parent?.Parent?.Parent switch
        {
            // What is read when the program runs is not a constant.
            FieldDeclarationSyntax field when Const(field.Modifiers) is { RawKind: not 0 } constant =>
                new Edit(field, field.ReplaceNode(text, value).WithModifiers(field.Modifiers.ReplaceRange(constant, StaticReadOnly(constant)))),
            LocalDeclarationStatementSyntax local when local.IsConst => new Edit(local, Variable(local, local.ReplaceNode(text, value))),
            _ => new Edit(text, value),
        };
    }

    private static SyntaxToken[] StaticReadOnly(SyntaxToken constant) =>
    [
        SyntaxFactory.Token(SyntaxKind.StaticKeyword).WithLeadingTrivia(constant.LeadingTrivia).WithTrailingTrivia(SyntaxFactory.Space),
        SyntaxFactory.Token(SyntaxKind.ReadOnlyKeyword).WithTrailingTrivia(constant.TrailingTrivia),
    ];

    private static LocalDeclarationStatementSyntax Variable(LocalDeclarationStatementSyntax old, LocalDeclarationStatementSyntax changed) =>
        changed.WithModifiers(changed.Modifiers.Remove(Const(changed.Modifiers))).WithTriviaFrom(old);

    private static SyntaxToken Const(SyntaxTokenList modifiers) => modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.ConstKeyword));

    /// <summary>The whole string of which a literal is a part.</summary>
    private static ExpressionSyntax? Whole(SyntaxNode place)
    {
        SyntaxNode whole = place;
        while (whole.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } or ParenthesizedExpressionSyntax
            or InterpolatedStringExpressionSyntax or InterpolationSyntax)
        {
            whole = whole.Parent;
        }

        return whole as ExpressionSyntax;
    }

    private static bool CanAwait(SyntaxNode node)
    {
        foreach (SyntaxNode around in node.Ancestors())
        {
            switch (around)
            {
                case AnonymousFunctionExpressionSyntax function:
                    return function.AsyncKeyword.RawKind != 0;
                case LocalFunctionStatementSyntax function:
                    return function.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case GlobalStatementSyntax:
                    return true;
                case MemberDeclarationSyntax member:
                    return member.Modifiers.Any(SyntaxKind.AsyncKeyword);
            }
        }

        return false;
    }
}
