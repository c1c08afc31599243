using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ProvableSec.Rules;

namespace ProvableSec.CodeFixes;

/// <summary>Calls STS in the Region where the program runs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RegionalStsFix))]
public sealed class RegionalStsFix() : RepairFix(
    [CredentialUseRules.GlobalStsEndpoint],
    new RegionalStsRepair());
