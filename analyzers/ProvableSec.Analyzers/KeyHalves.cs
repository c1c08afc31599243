using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using ProvableSec.Rules;
using ProvableSec.Rules.Credentials;

namespace ProvableSec.Analyzers;

/// <summary>
/// An ID and a secret that are declared far from each other, in one file or in several, so that no text shows that they belong together, but are handed over
/// side by side: one key is one finding, at its ID. What hands them over is only a use of it: there is nothing to remove.
/// </summary>
internal sealed class KeyHalves(Compilation compilation, Func<SyntaxTree, CancellationToken, ScannedText> scanned, Func<string, SyntaxTree, ScannedText> scan)
{
    private readonly CredentialSinks? sinks = CredentialSinks.In(compilation);

    /// <summary>Found when the first half is met. Two threads may both search, and find the same.</summary>
    private volatile IReadOnlyList<Key>? keys;

    /// <summary>What a file shows, when it is known what belongs together.</summary>
    public ScannedText In(SyntaxTree tree, CancellationToken cancellation)
    {
        ScannedText text = scanned(tree, cancellation);
        if (!text.Findings.Any(known => IsId(known.Finding) || IsSecret(known.Finding)))
        {
            return text;
        }

        keys ??= Find(cancellation);
        var findings = text.Findings.ToList();
        foreach (Key key in keys)
        {
            Replace(findings, key, key.Id is { } id && id.Tree == tree ? id : null, IsId);
            Replace(findings, key, key.Secret.Tree == tree ? key.Secret : null, IsSecret);
        }

        return new ScannedText(findings);
    }

    /// <summary>Whether an expression is the secret of a key that is known, however it is put together.</summary>
    public bool HoldsSecret(SyntaxNode expression, CancellationToken cancellation) =>
        (keys ??= Find(cancellation)).Any(key => key.Id is not null && key.Secret.Tree == expression.SyntaxTree && key.Secret.Span == expression.Span);

    private static void Replace(List<(TextSpan Span, CredentialFinding Finding)> findings, Key key, Literal? literal, Func<CredentialFinding, bool> isHalf)
    {
        int at = literal is null ? -1 : findings.FindIndex(known => isHalf(known.Finding) && literal.Span.Contains(known.Span.Start));
        if (at >= 0 && literal == (key.Id ?? key.Secret))
        {
            findings[at] = (findings[at].Span, key.Finding);
        }
        else if (at >= 0)
        {
            findings.RemoveAt(at);
        }
    }

    private List<Key> Find(CancellationToken cancellation)
    {
        // Rare enough that every file may be looked through for the names.
        var found = new List<Key>();
        var halves = new HashSet<Literal>(compilation.SyntaxTrees.SelectMany(tree => Halves(tree, cancellation)));
        var names = new HashSet<string>(halves.Select(half => half.Name).Where(name => name.Length > 0), StringComparer.Ordinal);
        var places = new HashSet<(SyntaxTree Tree, TextSpan Span)>(halves.Select(half => (half.Tree, half.Span)));
        var taken = new HashSet<Literal>();
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            foreach (SyntaxNode node in tree.GetRoot(cancellation).DescendantNodes())
            {
                ExpressionSyntax[] parts = PartsOf(node);
                if (parts.Any(part => names.Contains(NameOf(part)) || places.Contains((tree, part.Span))))
                {
                    // The one way to a name's declaration in another file, taken for the few expressions that name a half.
#pragma warning disable RS1030
                    Join(node, parts, compilation.GetSemanticModel(tree), halves, taken, found, cancellation);
#pragma warning restore RS1030
                }
            }
        }

        return found;
    }

    private void Join(SyntaxNode node, ExpressionSyntax[] parts, SemanticModel model, HashSet<Literal> halves, HashSet<Literal> taken, List<Key> found,
        CancellationToken cancellation)
    {
        Literal[] values = [.. parts.Select(part => ValueOf(part, model, cancellation)).OfType<Literal>()];
        Literal? id = values.FirstOrDefault(value => halves.Contains(value) && value.IsId),
            secret = values.FirstOrDefault(value => SecretAccessKey.HasForm(value.Value));
        if (secret is not null && !taken.Contains(id ?? secret)
            && (id is null ? NamedLine(node, secret, model, cancellation) : $"aws_access_key_id={id.Value}\naws_secret_access_key={secret.Value}\n") is { } line
            && scan(line, node.SyntaxTree).Findings is [var (_, finding), ..]
            && finding.Rule == (id is null ? CredentialRules.SecretAccessKey : CredentialRules.AccessKey))
        {
            taken.Add(id ?? secret);
            found.Add(new Key(id, secret, finding));
        }
    }

    /// <summary>What is known of a secret by its use: an argument of the SDK, or a value that has a name.</summary>
    private string? NamedLine(SyntaxNode node, Literal secret, SemanticModel model, CancellationToken cancellation)
    {
        IOperation? use = model.GetOperation(node is ArgumentListSyntax ? node.Parent! : node, cancellation);
        return use is IObjectCreationOperation creation
            ? sinks is not null && sinks.Takes(creation, out _, out _) ? $"aws_secret_access_key={secret.Value}\n" : null
            : NamedValue.Of(use) is { IsToldWithOther: false, Value: var value, Line: var line } && value.Syntax is ExpressionSyntax written
            && ValueOf(written, model, cancellation) == secret ? line : null;
    }

    /// <summary>The literals of a file that are half a key by themselves.</summary>
    private IEnumerable<Literal> Halves(SyntaxTree tree, CancellationToken cancellation)
    {
        foreach ((TextSpan span, CredentialFinding finding) in scanned(tree, cancellation).Findings)
        {
            SyntaxNode root = tree.GetRoot(cancellation);
            if ((IsId(finding) || IsSecret(finding)) && root.FullSpan.Contains(span.Start)
                && root.FindToken(span.Start).Parent is LiteralExpressionSyntax literal && Literal.Of(Whole(literal)) is { } half)
            {
                yield return half;
            }
        }
    }

    /// <summary>The literal that an expression stands for: itself, or what a constant, field, property or variable is declared with.</summary>
    private static Literal? ValueOf(ExpressionSyntax part, SemanticModel model, CancellationToken cancellation) =>
        Literal.Of(part)
            ?? (model.GetSymbolInfo(part, cancellation).Symbol is
            {
                Kind: SymbolKind.Field or SymbolKind.Property or SymbolKind.Local,
                DeclaringSyntaxReferences: [var reference, ..]
            }
                ? (reference.GetSyntax(cancellation) switch
                {
                    VariableDeclaratorSyntax variable => variable.Initializer?.Value,
                    PropertyDeclarationSyntax property => property.Initializer?.Value ?? property.ExpressionBody?.Expression,
                    _ => null,
                }) is { } declared ? Literal.Of(declared) : null
            : null);

    /// <summary>The sum that a literal is a part of.</summary>
    private static ExpressionSyntax Whole(ExpressionSyntax part)
    {
        while (part.Parent is BinaryExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            part = (ExpressionSyntax)part.Parent;
        }

        return part;
    }

    /// <summary>What a call, a constructor, an initializer or an assignment is given.</summary>
    private static ExpressionSyntax[] PartsOf(SyntaxNode node) => node switch
    {
        ArgumentListSyntax list => [.. list.Arguments.Select(argument => argument.Expression)],
        InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression, Expressions: var expressions } => [.. expressions],
        AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax or ImplicitElementAccessSyntax } assignment => [assignment.Right],
        InitializerExpressionSyntax initializer => [.. initializer.Expressions.OfType<AssignmentExpressionSyntax>().Select(assignment => assignment.Right)],
        _ => [],
    };

    private static string NameOf(ExpressionSyntax part) => part switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        _ => "",
    };

    private static bool IsId(CredentialFinding finding) => finding.Rule == CredentialRules.AccessKeyId;

    private static bool IsSecret(CredentialFinding finding) => finding.Rule == CredentialRules.SecretAccessKey
        || finding.Rule == CredentialRules.PossibleSecretAccessKey;

    /// <summary>A key that some code hands over.</summary>
    /// <param name="Id">Where its ID is written; null where that is not known.</param>
    /// <param name="Secret">Where its secret is.</param>
    /// <param name="Finding">What both are together.</param>
    private sealed record Key(Literal? Id, Literal Secret, CredentialFinding Finding);

    /// <summary>A text in code, of one literal or of several that are added, with the name that it is declared under; empty for none.</summary>
    private sealed record Literal(SyntaxTree Tree, TextSpan Span, string Name, string Value)
    {
        public bool IsId => AccessKeyId.TryParse(System.Text.Encoding.UTF8.GetBytes(Value), out _);

        public static Literal? Of(ExpressionSyntax written) => TextOf(written) is { } value
            ? new(written.SyntaxTree, written.Span, written.Parent switch
            {
                EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => variable.Identifier.ValueText,
                EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Identifier.ValueText,
                ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Identifier.ValueText,
                _ => "",
            }, value)
            : null;

        private static string? TextOf(ExpressionSyntax written) => written switch
        {
            LiteralExpressionSyntax { Token.Value: string value } => value,
            ParenthesizedExpressionSyntax { Expression: var inner } => TextOf(inner),
            BinaryExpressionSyntax { OperatorToken.ValueText: "+", Left: var left, Right: var right } when TextOf(left) is { } head
                && TextOf(right) is { } tail => head + tail,
            _ => null,
        };
    }
}
