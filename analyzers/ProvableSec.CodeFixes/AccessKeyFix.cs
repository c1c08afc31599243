using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ProvableSec.Rules;

namespace ProvableSec.CodeFixes;

/// <summary>Replaces an access key that is handed to the SDK: by what the SDK finds itself, by a role, or by what is configured where it is only the
/// fallback.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AccessKeyFix))]
public sealed class AccessKeyFix() : RepairFix(
    [CredentialRules.AccessKey, CredentialRules.AccessKeyId, CredentialRules.SecretAccessKey, CredentialRules.SessionToken],
    new DefaultCredentialsRepair(), new AssumedRoleRepair(), new FallbackRepair());
