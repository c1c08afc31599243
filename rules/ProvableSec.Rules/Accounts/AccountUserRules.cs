namespace ProvableSec.Rules.Accounts;

/// <summary>The rules about the users of an account.</summary>
public static class AccountUserRules
{
    /// <summary>A user has two active access keys.</summary>
    public static Rule TwoKeys { get; } = new(
        "PSEC2206", "Two active access keys", RuleSeverity.Info,
        "A second key exists so that the first can be rotated; while both stay active, either can leak, and it is unclear who uses which.",
        "Find out which key is used (access_key_1_last_used_date, access_key_2_last_used_date), deactivate the other, and delete it once nothing breaks.", 286)
    {
        Reference = RuleReference.AccessKeys,
        Controls = ControlMapping.Unused,
    };

    /// <summary>A user with an access key and no password.</summary>
    public static Rule UserForProgram { get; } = new(
        "PSEC2207", "Long-term access key of a program", RuleSeverity.Info,
        "A user that has an access key but no password is used by a program: the key works from anywhere until someone deactivates it.",
        "Give the program a role: that of its instance, task, function or pod; OIDC in CI; IAM Roles Anywhere elsewhere. If it must remain a user, attach a "
            + "policy that limits it with aws:SourceIp.", 522)
    {
        Reference = RuleReference.BestPractices,
        Controls = ControlMapping.LongLived,
    };

    /// <summary>A user has inline or attached policies.</summary>
    public static Rule DirectGrant { get; } = new(
        "PSEC2208", "Policy attached to a user", RuleSeverity.Info,
        "Permissions then have to be reviewed user by user, and they stay with a person who changes jobs.",
        "Attach the policy to a group, or assign permission sets in IAM Identity Center; a user for a program may keep a single policy.", 1220)
    {
        Reference = RuleReference.BestPractices,
        Controls = ControlMapping.Broad,
    };

    /// <summary>A user has the managed policy AdministratorAccess.</summary>
    public static Rule AdministratorUser { get; } = new(
        "PSEC2209", "User with administrator access", RuleSeverity.Warning,
        "A user's password and access keys do not expire; anyone who obtains them controls the account.",
        "Have people assume an administrator role with MFA when they need it, and detach the policy from the user or group.", 250)
    {
        Reference = RuleReference.BestPractices,
        Controls = ControlMapping.Privileged,
    };

    /// <summary>All, by id.</summary>
    public static IReadOnlyList<Rule> All { get; } = [TwoKeys, UserForProgram, DirectGrant, AdministratorUser];
}
