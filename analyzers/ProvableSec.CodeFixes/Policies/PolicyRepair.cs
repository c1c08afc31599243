using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ProvableSec.Analyzers.Policies;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Policies.Rewrites;

namespace ProvableSec.CodeFixes.Policies;

/// <summary>Finds the policy that a diagnostic is about, and makes rewrites in the code that gives it. What comes of one is read again and must be the
/// rewritten policy.</summary>
internal static class PolicyRepair
{
    private static readonly PolicyContext Anything = new(ProvableSec.Policy.Model.PolicyType.Identity);

    public static async Task<PolicyPlace?> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation) =>
        await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } model
            ? Places(model, diagnostic.Location.SourceSpan, cancellation).FirstOrDefault(place =>
                place.Finding.Rule.Id == diagnostic.Id && place.Code.SpanOf(place.Finding.Span) == diagnostic.Location.SourceSpan
                    && place.Finding.Message == diagnostic.GetMessage(null))
            : null;

    /// <summary>The document with the policy rewritten; null where that cannot be written there.</summary>
    public static async Task<Document?> ApplyAsync(Document document, PolicyPlace place, PolicyRewrite rewrite, CancellationToken cancellation)
    {
        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || PolicyCodeEdits.Of(root, place, rewrite) is not { } changes)
        {
            return null;
        }

        Document repaired = document.WithText(text.WithChanges(changes));
        if (await repaired.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model)
        {
            return null;
        }

        string expected = Plain(PolicyEdit.Apply(place.Policy.Text.Text, rewrite.Edits));
        return PoliciesAt(model, place.Operation.Syntax.SpanStart, cancellation)
            .Any(code => code.Policies.Count == place.Code.Policies.Count && Plain(code.Policies[place.Index].Text.Text) == expected)
            ? repaired : null;
    }

    /// <summary>Makes all proved rewrites of some diagnostics.</summary>
    public static async Task<Document> AllAsync(Document document, IReadOnlyList<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        // From the end of the file to its beginning, so that places keep their meaning; those of one policy one after the other.
        var wanted = new List<(int Start, string Id, string Message)>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (await FindAsync(document, diagnostic, cancellation).ConfigureAwait(false) is { } place)
            {
                wanted.Add((place.Operation.Syntax.SpanStart, diagnostic.Id, diagnostic.GetMessage(null)));
            }
        }

        foreach (int start in wanted.Select(one => one.Start).Distinct().OrderByDescending(start => start).ToArray())
        {
            while (await NextAsync(document, start, wanted, cancellation).ConfigureAwait(false) is { } repaired)
            {
                document = repaired;
            }
        }

        return document;
    }

    private static async Task<Document?> NextAsync(Document document, int start, List<(int Start, string Id, string Message)> wanted,
        CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model)
        {
            return null;
        }

        foreach (PolicyPlace place in Places(model, new TextSpan(start, 0), cancellation).Where(place => place.Operation.Syntax.SpanStart == start))
        {
            int at = wanted.IndexOf((start, place.Finding.Rule.Id, place.Finding.Message));
            foreach (PolicyRewrite rewrite in at < 0 ? [] : place.Policy.RewritesOf(place.Finding).Where(rewrite => rewrite.IsSafe))
            {
                if (await ApplyAsync(document, place, rewrite, cancellation).ConfigureAwait(false) is { } repaired)
                {
                    wanted.RemoveAt(at);
                    return repaired;
                }
            }
        }

        return null;
    }

    private static IEnumerable<PolicyPlace> Places(SemanticModel model, TextSpan span, CancellationToken cancellation)
    {
        foreach (IOperation operation in OperationsAt(model, span.Start, cancellation))
        {
            if (CodePolicy.At(operation, () => Anything, cancellation) is { } code)
            {
                for (int i = 0; i < code.Policies.Count; i++)
                {
                    foreach (PolicyFinding finding in code.Policies[i].Check(cancellation))
                    {
                        yield return new PolicyPlace(code, i, finding, operation);
                    }
                }
            }
        }
    }

    private static IEnumerable<CodePolicy> PoliciesAt(SemanticModel model, int start, CancellationToken cancellation) =>
        OperationsAt(model, start, cancellation).Where(operation => operation.Syntax.SpanStart == start)
            .Select(operation => CodePolicy.At(operation, () => Anything, cancellation)).OfType<CodePolicy>();

    private static IEnumerable<IOperation> OperationsAt(SemanticModel model, int position, CancellationToken cancellation)
    {
        IEnumerable<SyntaxNode> nodes = model.SyntaxTree.GetRoot(cancellation).FindToken(position).Parent?.AncestorsAndSelf() ?? [];
        return nodes.SelectMany(Chain).Select(node => model.GetOperation(node, cancellation)).OfType<IOperation>().Distinct();
    }

    /// <summary>A call, what it is called on, what that is called on: the object at the beginning is not an ancestor of what the calls are given.</summary>
    private static IEnumerable<SyntaxNode> Chain(SyntaxNode node)
    {
        yield return node;
        while (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var called } })
        {
            yield return node = called;
        }
    }

    /// <summary>The JSON without the white space between its tokens.</summary>
    private static string Plain(string json)
    {
        var plain = new System.Text.StringBuilder(json.Length);
        bool inString = false;
        for (int i = 0; i < json.Length; i++)
        {
            char c = json[i];
            if (inString && c == '\\' && i + 1 < json.Length)
            {
                plain.Append(c).Append(json[++i]);
                continue;
            }

            inString ^= c == '"';
            if (inString || !char.IsWhiteSpace(c))
            {
                plain.Append(c);
            }
        }

        return plain.ToString();
    }
}
