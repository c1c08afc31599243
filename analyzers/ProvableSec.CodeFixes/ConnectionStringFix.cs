using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ProvableSec.Rules;

namespace ProvableSec.CodeFixes;

/// <summary>Reads a connection string from Secrets Manager instead of the code.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConnectionStringFix))]
public sealed class ConnectionStringFix() : RepairFix(
    [CredentialRules.DatabasePassword],
    new SecretRetrievalRepair());
