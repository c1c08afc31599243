using System.Collections.Frozen;

namespace ProvableSec.Analytics.Findings;

/// <summary>Phases of the kill chain (Hutchins, Cloppert, Amin 2011) that findings of AWS speak of. Which fits is our judgement.</summary>
internal static class KillChain
{
    private static readonly (string Phase, string[] Purposes)[] Table =
    [
        ("Reconnaissance", ["Recon", "Discovery", "PenTest"]),
        ("Delivery", ["InitialAccess"]),
        ("Exploitation", ["UnauthorizedAccess", "Execution", "CredentialAccess", "Collection"]),
        ("Installation", ["Persistence", "PrivilegeEscalation", "DefenseEvasion", "Stealth", "Policy"]),
        ("Command and Control", ["Backdoor", "Trojan", "Behavior", "CommandandControl"]),
        ("Actions on Objectives",
            ["Exfiltration", "Impact", "CryptoCurrency", "DataExfiltration", "DataDestruction", "ResourceConsumption", "AttackSequence"]),
    ];

    /// <summary>The phase of each purpose that is known.</summary>
    public static FrozenDictionary<string, string> Phases { get; } = Table.SelectMany(row => row.Purposes, (row, purpose) => (purpose, row.Phase))
        .ToFrozenDictionary(pair => pair.purpose, pair => pair.Phase, StringComparer.Ordinal);

    /// <summary>The phase of a purpose of GuardDuty, or a tactic of a type of Security Hub; null for none that is known.</summary>
    /// <param name="purpose">What a type of GuardDuty begins with, or the second part of a type of Security Hub, without spaces.</param>
    public static string? PhaseOf(string purpose) => Phases.GetValueOrDefault(purpose);
}
