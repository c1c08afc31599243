namespace ProvableSec.Analytics.Findings;

/// <summary>Phases of the kill chain (Hutchins, Cloppert, Amin 2011) that findings of AWS speak of. Which fits is our judgement.</summary>
internal static class KillChain
{
    /// <summary>The phase of a purpose of GuardDuty, or a tactic of a type of Security Hub; null for none that is known.</summary>
    /// <param name="purpose">What a type of GuardDuty begins with, or the second part of a type of Security Hub, without spaces.</param>
    public static string? PhaseOf(string purpose) => purpose switch
    {
        "Recon" or "Discovery" or "PenTest" => "Reconnaissance",
        "InitialAccess" => "Delivery",
        "UnauthorizedAccess" or "Execution" or "CredentialAccess" or "Collection" => "Exploitation",
        "Persistence" or "PrivilegeEscalation" or "DefenseEvasion" or "Stealth" or "Policy" => "Installation",
        "Backdoor" or "Trojan" or "Behavior" or "CommandandControl" => "Command and Control",
        "Exfiltration" or "Impact" or "CryptoCurrency" or "DataExfiltration" or "DataDestruction" or "ResourceConsumption" or "AttackSequence" =>
            "Actions on Objectives",
        _ => null,
    };
}
