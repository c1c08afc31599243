namespace ProvableSec.Rules.Accounts;

/// <summary>What is looked for in a credential report of IAM.</summary>
internal static class CredentialReportRules
{
    /// <summary>The root user has an access key.</summary>
    public static Rule RootKey { get; } = new(
        "PSEC2201", "Access key of the root user", RuleSeverity.Error,
        "Nothing limits the root user, so whoever has the key has the account; no task needs such a key.",
        "Delete the key; let programs assume a role.", 250)
    {
        Reference = RuleReference.RootUser,
        Controls = ControlMapping.Privileged with { KillChain = ControlMapping.Exploitation, NistCsf = "PR.AA-01" },
    };

    /// <summary>The root user signs in without MFA.</summary>
    public static Rule RootWithoutMfa { get; } = new(
        "PSEC2202", "Root user without MFA", RuleSeverity.Error,
        "A guessed or phished password is enough to take over the account.",
        "Register a hardware security key or passkey for the root user, or remove its password centrally in the organization.", 308)
    {
        Reference = RuleReference.RootUser,
        Controls = ControlMapping.SignIn,
    };

    /// <summary>A user signs in without MFA.</summary>
    public static Rule PasswordWithoutMfa { get; } = new(
        "PSEC2203", "Password without MFA", RuleSeverity.Warning,
        "A guessed or phished password is enough to sign in as the user.",
        "Register an MFA device, or let people sign in through IAM Identity Center.", 308)
    {
        Reference = RuleReference.InIam("AWS multi-factor authentication in IAM", "id_credentials_mfa"),
        Controls = ControlMapping.SignIn,
    };

    /// <summary>An access key has not been rotated for ninety days.</summary>
    public static Rule OldKey { get; } = new(
        "PSEC2204", "Access key older than 90 days", RuleSeverity.Warning,
        "The longer a key is valid, the more places it has been copied to, and the longer a leaked one works.",
        "Use a role, whose credentials expire; otherwise create a new key, switch to it, and delete the old one.", 324)
    {
        Reference = RuleReference.AccessKeys,
        Controls = ControlMapping.LongLived,
    };

    /// <summary>A credential has not been used for ninety days.</summary>
    public static Rule Unused { get; } = new(
        "PSEC2205", "Unused credential", RuleSeverity.Warning,
        "Nobody would notice if someone else used it.",
        "Deactivate it, and delete it if nothing breaks.", 286)
    {
        Reference = RuleReference.InIam("Find unused AWS credentials", "id_credentials_finding-unused"),
        Controls = ControlMapping.Unused,
    };

    /// <summary>All, by id.</summary>
    public static IReadOnlyList<Rule> All { get; } = [RootKey, RootWithoutMfa, PasswordWithoutMfa, OldKey, Unused];
}
