using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ProvableSec.Rules;

namespace ProvableSec.CodeFixes;

/// <summary>Replaces an access key that is handed to the SDK: by what the SDK finds itself, or by a role.</summary>
/// <remarks>
/// Not <c>[Shared]</c>: the attribute would bind this assembly to one version of System.Composition, and the oldest and newest compilers bring different ones.
/// </remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AccessKeyFix))]
public sealed class AccessKeyFix : CodeFixProvider
{
    private static readonly Repair[] Repairs = [new DefaultCredentialsRepair(), new AssumedRoleRepair()];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(CredentialRules.AccessKey.Id, CredentialRules.AccessKeyId.Id, CredentialRules.SecretAccessKey.Id, CredentialRules.SessionToken.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => AllRepairs.Of(Repairs);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Repair repair in Repairs)
        {
            await repair.RegisterAsync(context).ConfigureAwait(false);
        }
    }
}
