using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Text;

namespace ProvableSec.CodeFixes;

/// <summary>A node to replace or, with nothing new, to remove.</summary>
internal readonly record struct Edit(SyntaxNode Old, SyntaxNode? New);

/// <summary>
/// One way to repair what a diagnostic reports. It is offered only where the repaired code compiles: whatever else the code does with the value is
/// the compiler's to judge.
/// </summary>
internal abstract class Repair
{
    /// <summary>What the editor shows.</summary>
    public abstract string Title { get; }

    /// <summary>What tells the repair apart when all of its kind are made at once.</summary>
    public string Key => GetType().Name;

    /// <summary>What to change; nothing where the repair does not fit.</summary>
    /// <param name="model">The document as it is.</param>
    /// <param name="place">The innermost node at the diagnostic.</param>
    /// <param name="cancellation">Ends the work.</param>
    public abstract IEnumerable<Edit> Edits(SemanticModel model, SyntaxNode place, CancellationToken cancellation);

    /// <summary>Offers the repair for a diagnostic.</summary>
    public async Task RegisterAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            Document repaired = await ApplyAsync(context.Document, [diagnostic], context.CancellationToken).ConfigureAwait(false);
            if (repaired != context.Document)
            {
                context.RegisterCodeFix(CodeAction.Create(Title, _ => Task.FromResult(repaired), Key), diagnostic);
            }
        }
    }

    /// <summary>Makes as many of the repairs as compile: all at once, or else one after the other.</summary>
    public async Task<Document> ApplyAsync(Document document, IReadOnlyList<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model)
        {
            return document;
        }

        SyntaxNode root = await model.SyntaxTree.GetRootAsync(cancellation).ConfigureAwait(false);
        List<Edit[]> repairs = [.. diagnostics.Select(diagnostic => Edits(model, PlaceOf(root, diagnostic.Location.SourceSpan), cancellation).ToArray())
            .Where(edits => edits.Length > 0)];
        Document together = Apply(document, root, [.. repairs.SelectMany(edits => edits)]);
        if (repairs.Count == 0 || await CompilesAsync(together, model, cancellation).ConfigureAwait(false))
        {
            return together;
        }

        var good = new List<Edit>();
        foreach (Edit[] edits in repairs.Count > 1 ? repairs : [])
        {
            if (await CompilesAsync(Apply(document, root, [.. good, .. edits]), model, cancellation).ConfigureAwait(false))
            {
                good.AddRange(edits);
            }
        }

        return Apply(document, root, good);
    }

    /// <summary>A diagnostic points into a literal, at the credential itself, or at a whole expression.</summary>
    private static SyntaxNode PlaceOf(SyntaxNode root, TextSpan span) => root.FindToken(span.Start).Parent is { } parent && parent.Span.Contains(span)
        ? parent
        : root.FindNode(span, getInnermostNodeForTie: true);

    private static Document Apply(Document document, SyntaxNode root, IReadOnlyList<Edit> edits)
    {
        if (edits.Count == 0)
        {
            return document;
        }

        var editor = new SyntaxEditor(root, document.Project.Solution.Services);
        var seen = new HashSet<SyntaxNode>();
        foreach ((SyntaxNode old, SyntaxNode? changed) in edits)
        {
            // Two diagnostics in one expression (a key, its token) are one repair.
            if (!seen.Add(old) || edits.Any(edit => edit.Old != old && edit.Old.Span.Contains(old.Span)))
            {
                continue;
            }

            if (changed is null)
            {
                editor.RemoveNode(old, SyntaxRemoveOptions.KeepNoTrivia);
            }
            else
            {
                editor.ReplaceNode(old, changed);
            }
        }

        return document.WithSyntaxRoot(editor.GetChangedRoot());
    }

    private static async Task<bool> CompilesAsync(Document repaired, SemanticModel before, CancellationToken cancellation) =>
        await repaired.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } after && Errors(after, cancellation) <= Errors(before, cancellation);

    private static int Errors(SemanticModel model, CancellationToken cancellation) =>
        model.GetDiagnostics(cancellationToken: cancellation).Count(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error);
}
