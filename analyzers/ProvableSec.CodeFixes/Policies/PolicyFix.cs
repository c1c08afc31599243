using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using ProvableSec.Rules.Policies.Rewrites;

namespace ProvableSec.CodeFixes.Policies;

/// <summary>
/// Fixes policies in code. The title says what becomes of the requests that the policy allows: what is proved to allow nothing new can be made everywhere at
/// once, what allows more cannot, nor what depends on who else has the policy.
/// </summary>
/// <remarks>Not <c>[Shared]</c>, for the reason that <see cref="RepairFix"/> gives.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PolicyFix))]
public sealed class PolicyFix : CodeFixProvider
{
    /// <summary>What tells the proved rewrites apart when all are made at once.</summary>
    internal const string Proved = "ProvedRewrite";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.CreateRange(PolicyRewrites.Rules.Select(rule => rule.Id).Concat(CalledActions.Rules).Distinct());

    /// <summary>All proved rewrites in a document, a project or the solution; also without a key, as <c>dotnet format</c> asks.</summary>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
        context.CodeActionEquivalenceKey is null or Proved ? await PolicyRepair.AllAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false)
            : document);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await PolicyRepair.FindAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } place)
            {
                continue;
            }

            IEnumerable<(PolicyRewrite Rewrite, string Key)> rewrites = place.Policy.RewritesOf(place.Finding)
                .OrderByDescending(rewrite => rewrite.IsSafe).Select(rewrite => (rewrite, rewrite.IsSafe ? Proved : rewrite.Title));
            if (CalledActions.Narrowed(place) is { } narrowed)
            {
                rewrites = rewrites.Concat([(narrowed, narrowed.Title)]);
            }

            foreach ((PolicyRewrite rewrite, string key) in rewrites)
            {
                if (await PolicyRepair.ApplyAsync(context.Document, place, rewrite, context.CancellationToken).ConfigureAwait(false) is { } repaired)
                {
                    context.RegisterCodeFix(CodeAction.Create(rewrite.FullDescription, _ => Task.FromResult(repaired), key), diagnostic);
                }
            }
        }
    }
}
