using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ProvableSec.Rules;

namespace ProvableSec.CodeFixes;

/// <summary>Replaces an access key that is handed to the SDK: by what the SDK finds itself, or by a role.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AccessKeyFix))]
public sealed class AccessKeyFix() : RepairFix(
    [CredentialRules.AccessKey, CredentialRules.AccessKeyId, CredentialRules.SecretAccessKey, CredentialRules.SessionToken],
    new DefaultCredentialsRepair(), new AssumedRoleRepair());
