namespace ProvableSec.Rules;

/// <summary>The rules about how code gets and uses credentials; only the compiler sees it.</summary>
internal static class CredentialUseRules
{
    private const int InsufficientlyProtectedCredentials = 522;
    private const int FixedNetworkResource = 1051;
    private const int InsufficientSessionExpiration = 613;
    private const int PasswordInConfiguration = 260;

    /// <summary>An access key read from configuration.</summary>
    public static Rule LongLivedKey { get; } = new(
        "PSEC1013",
        "Long-term access key instead of a role",
        RuleSeverity.Warning,
        "A key in configuration works until somebody deactivates it, for everybody who has read the file.",
        "Give the program a role (of the instance, task, function or pod) and construct the client without credentials; then delete the key.",
        InsufficientlyProtectedCredentials)
    {
        Reference = RuleReference.BestPractices,
        Controls = ControlMapping.LongLived,
    };

    /// <summary>STS called at its global endpoint or nowhere in particular.</summary>
    public static Rule GlobalStsEndpoint { get; } = new(
        "PSEC1014",
        "Global STS endpoint",
        RuleSeverity.Warning,
        "Session tokens of the global endpoint are not valid in Regions that an account must opt in to, and from there every call goes to us-east-1.",
        "Call STS in the Region where the program runs; tokens of a Regional endpoint are valid in all Regions.",
        FixedNetworkResource)
    {
        Reference = new("AWS STS Regional endpoints", "https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html"),
        Controls = new(["T1550.001"], ControlMapping.Exploitation, "PR.PS-01", [], ["A.8.9"], ControlMapping.Infrastructure),
    };

    /// <summary>A role assumed for as long as a role can be.</summary>
    public static Rule LongestSession { get; } = new(
        "PSEC1015",
        "Role assumed for the maximum duration",
        RuleSeverity.Warning,
        "Whoever gets hold of the session's credentials has twelve hours, unless somebody revokes the role's sessions.",
        "Request the duration that the work needs, one hour or less; the SDK assumes the role again by itself.",
        InsufficientSessionExpiration)
    {
        Reference = new("AWS STS API Reference, AssumeRole", "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html"),
        Controls = ControlMapping.LongLived,
    };

    /// <summary>A connection string or database password read from configuration, though a service for secrets is at hand.</summary>
    public static Rule PlainDatabasePassword { get; } = new(
        "PSEC1016",
        "Database password from plain configuration",
        RuleSeverity.Info,
        "Configuration is copied, logged and committed; the program already uses a service that stores secrets and records who reads them.",
        "Read the connection string from Secrets Manager or Parameter Store, or use IAM database authentication, and remove the password from the "
            + "configuration.",
        PasswordInConfiguration)
    {
        Reference = RuleReference.HardCodedSecrets,
    };

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<Rule> All { get; } = [LongLivedKey, GlobalStsEndpoint, LongestSession, PlainDatabasePassword];
}
