using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ProvableSec.Rules;

namespace ProvableSec.CodeFixes;

/// <summary>Reads a connection string from Secrets Manager instead of the code.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConnectionStringFix))]
public sealed class ConnectionStringFix : CodeFixProvider
{
    private static readonly Repair Retrieval = new SecretRetrievalRepair();

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(CredentialRules.DatabasePassword.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => AllRepairs.Of(Retrieval);

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => Retrieval.RegisterAsync(context);
}
