using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ProvableSec.Rules;
using ProvableSec.Rules.Credentials;

namespace ProvableSec.Analyzers;

/// <summary>
/// An ID and a secret that are declared far from each other, so that the text does not show that they belong together, but are handed over side by side: one
/// key is one finding, at its ID.
/// </summary>
internal static class KeyHalves
{
    /// <summary>Joins the halves of a file that some code of the compilation hands over together.</summary>
    /// <param name="scanned">What the text of the file shows.</param>
    /// <param name="tree">The file.</param>
    /// <param name="compilation">Where the halves may be used.</param>
    /// <param name="scan">Scans an ID and its secret written side by side.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static ScannedText Joined(ScannedText scanned, SyntaxTree tree, Compilation compilation, Func<string, ScannedText> scan, CancellationToken cancellation)
    {
        (TextSpan Span, CredentialFinding Finding)[] ids = [.. scanned.Findings.Where(known => known.Finding.Rule == CredentialRules.AccessKeyId)];
        (TextSpan Span, CredentialFinding Finding)[] secrets = [.. scanned.Findings.Where(known => known.Finding.Rule == CredentialRules.SecretAccessKey || known.Finding.Rule == CredentialRules.PossibleSecretAccessKey)];
        if (ids.Length == 0 || secrets.Length == 0)
        {
            return scanned;
        }

        // Rare enough that every file may be looked through for the names.
        SyntaxNode root = tree.GetRoot(cancellation);
        var findings = scanned.Findings.ToList();
        foreach ((TextSpan Span, CredentialFinding Finding) id in ids)
        {
            if (Declared(root, id.Span) is not { } user)
            {
                continue;
            }

            foreach ((TextSpan Span, CredentialFinding Finding) secret in secrets)
            {
                if (Declared(root, secret.Span) is { } pass && findings.Contains(secret) && AreUsedTogether(compilation, user.Name, pass.Name, cancellation)
                    && scan($"aws_access_key_id={user.Value}\naws_secret_access_key={pass.Value}\n").Findings is [var (_, key), ..] && key.Rule == CredentialRules.AccessKey)
                {
                    findings[findings.IndexOf(id)] = (id.Span, key);
                    findings.Remove(secret);
                    break;
                }
            }
        }

        return new ScannedText(findings);
    }

    /// <summary>The constant, field or local that a literal is the value of.</summary>
    private static (string Name, string Value)? Declared(SyntaxNode root, TextSpan span) =>
        root.FullSpan.Contains(span.Start) && root.FindToken(span.Start) is { Value: string value, Parent: LiteralExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: var declared } } }
            ? declared switch
            {
                VariableDeclaratorSyntax variable => (variable.Identifier.ValueText, value),
                PropertyDeclarationSyntax property => (property.Identifier.ValueText, value),
                _ => null,
            }
            : null;

    private static bool AreUsedTogether(Compilation compilation, string user, string pass, CancellationToken cancellation)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            foreach (BaseObjectCreationExpressionSyntax creation in tree.GetRoot(cancellation).DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>())
            {
                if (creation.ArgumentList is { Arguments: { Count: >= 2 } arguments } && arguments.Any(argument => IsNamed(argument, user)) && arguments.Any(argument => IsNamed(argument, pass)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsNamed(ArgumentSyntax argument, string name) => argument.Expression switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText == name,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText == name,
        _ => false,
    };
}
