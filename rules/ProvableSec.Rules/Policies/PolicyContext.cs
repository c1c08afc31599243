using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies;

/// <summary>What is known about a policy from where it was found.</summary>
/// <param name="Type">The part it plays.</param>
/// <param name="ResourceType">
/// For a resource-based policy the type of its resource as CloudFormation names it, such as <c>AWS::S3::Bucket</c>; null when that is not known.
/// </param>
/// <param name="IsForUser">True for an identity policy of one IAM user.</param>
public sealed record PolicyContext(PolicyType Type, string? ResourceType = null, bool IsForUser = false)
{
    /// <summary>Accounts and organizations that are not outsiders; when some are given, all others are.</summary>
    public TrustZone Zone { get; init; } = TrustZone.None;

    /// <summary>Patterns of resources that are meant to be public.</summary>
    public IReadOnlyList<string> PublicResources { get; init; } = [];

    /// <summary>What else those have who have the policy, holder by holder.</summary>
    internal IReadOnlyList<PoliciesBeside> Beside { get; init; } = [];

    /// <summary>What looking at <see cref="Beside"/> may cost for all policies of the document.</summary>
    internal TogetherBudget Together { get; init; } = new();

    /// <summary>True where they have too much for <see cref="Beside"/>.</summary>
    internal bool HasTooMuchBeside { get; init; }

    /// <summary>Checks of the project's own; those that do not apply are passed over.</summary>
    public IReadOnlyList<OwnCheck> OwnChecks { get; init; } = [];

    /// <summary>What Access Advisor knows of those who have the policy; null for nothing.</summary>
    public LastAccessed? LastAccessed { get; init; }

    /// <summary>The language of service control policies.</summary>
    public ScpDialect ScpDialect { get; init; } = ScpDialect.Full;

    /// <summary>The day, as yyyy-MM-dd, before which no request is made: what has ended by then has expired.</summary>
    public string AsOf { get; init; } = ServiceCatalogue.Default.Date;

    /// <summary>What AWS publishes about its services.</summary>
    public ServiceCatalogue Catalogue { get; init; } = ServiceCatalogue.Default;
}
