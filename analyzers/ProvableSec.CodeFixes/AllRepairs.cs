using Microsoft.CodeAnalysis.CodeFixes;

namespace ProvableSec.CodeFixes;

/// <summary>Makes all repairs of one kind in a document, a project or the solution.</summary>
internal static class AllRepairs
{
    /// <summary>The provider that chooses among some repairs by key; without a key, the first of them: <c>dotnet format</c> gives none where the first diagnostic has no repair.</summary>
    public static FixAllProvider Of(params Repair[] repairs) => FixAllProvider.Create(async (context, document, diagnostics) =>
    {
        Repair repair = repairs.FirstOrDefault(repair => repair.Key == context.CodeActionEquivalenceKey) ?? repairs[0];
        return await repair.ApplyAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false);
    });
}
