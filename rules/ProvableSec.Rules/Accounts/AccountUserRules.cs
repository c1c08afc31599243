namespace ProvableSec.Rules.Accounts;

/// <summary>What is looked for among the users of an account.</summary>
public static class AccountUserRules
{
    /// <summary>A user has two active access keys.</summary>
    public static Rule TwoKeys { get; } = new(
        "PSEC2206", "Two active access keys", RuleSeverity.Info,
        "The second key is there to rotate the first; where both stay, twice as many can leak, and nobody knows who uses which.",
        "Find out which is used (access_key_N_last_used_date), deactivate the other, and delete it when nothing breaks.", 286);

    /// <summary>A user that is a program.</summary>
    public static Rule UserForProgram { get; } = new(
        "PSEC2207", "User that should be a role", RuleSeverity.Info,
        "A user without a password and with an access key is a program: its key works from everywhere until somebody deactivates it.",
        "Give the program a role: of the instance, task, function or pod, by OIDC in CI, by IAM Roles Anywhere elsewhere. Where it must be a user, one policy of its own with aws:SourceIp.", 522);

    /// <summary>A user has policies of its own.</summary>
    public static Rule DirectGrant { get; } = new(
        "PSEC2208", "Policy attached to a user", RuleSeverity.Info,
        "Who may do what is then known user by user, and stays with somebody who changes jobs.",
        "Attach the policy to a group, or give people permission sets of IAM Identity Center; a program's user may have one policy of its own.", 1220);

    /// <summary>A user may do everything, always.</summary>
    public static Rule AdministratorUser { get; } = new(
        "PSEC2209", "User with administrator access", RuleSeverity.Warning,
        "A user's password and keys do not expire, and with them whoever has them has the account.",
        "Let people assume an administrator role with MFA for the time that they need it; take the policy from the user or group.", 250);

    /// <summary>All, by id.</summary>
    public static IReadOnlyList<Rule> All { get; } = [TwoKeys, UserForProgram, DirectGrant, AdministratorUser];
}
