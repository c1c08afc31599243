using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeFixes;
using ProvableSec.Rules;

namespace ProvableSec.CodeFixes;

/// <summary>What an editor asks for the repairs of some rules; its parts differ in these only.</summary>
/// <remarks>
/// The providers are not <c>[Shared]</c>: the attribute would bind this assembly to one version of System.Composition, and the oldest and newest
/// compilers bring different ones.
/// </remarks>
public abstract class RepairFix : CodeFixProvider
{
    private readonly Repair[] repairs;

    private protected RepairFix(Rule[] rules, params Repair[] repairs)
    {
        this.repairs = repairs;
        FixableDiagnosticIds = ImmutableArray.CreateRange(rules.Select(rule => rule.Id));
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>All repairs of one kind in a document, a project or the solution, chosen by key; without a key, the first kind: <c>dotnet format</c> gives none
    /// where the first diagnostic has no repair.</summary>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
    {
        Repair repair = repairs.FirstOrDefault(repair => repair.Key == context.CodeActionEquivalenceKey) ?? repairs[0];
        return await repair.ApplyAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false);
    });

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Repair repair in repairs)
        {
            await repair.RegisterAsync(context).ConfigureAwait(false);
        }
    }
}
