using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ProvableSec.Rules;

namespace ProvableSec.CodeFixes;

/// <summary>Calls STS in the Region where the program runs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RegionalStsFix))]
public sealed class RegionalStsFix : CodeFixProvider
{
    private static readonly Repair Regional = new RegionalStsRepair();

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(CredentialUseRules.GlobalStsEndpoint.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => AllRepairs.Of(Regional);

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => Regional.RegisterAsync(context);
}
