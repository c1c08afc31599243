using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Policies;
using ProvableSec.ServiceData;

namespace ProvableSec.Tool.Checking;

/// <summary>What is known of the policies that are checked.</summary>
internal record CheckSettings
{
    /// <summary>The type of policies that are files of their own; null to tell it by file name or content.</summary>
    public PolicyType? Type { get; init; }

    /// <summary>The CloudFormation type of the resource of such policies; null for not known.</summary>
    public string? ResourceType { get; init; }

    public ScpDialect ScpDialect { get; init; }

    /// <summary>Who is not an outsider.</summary>
    public TrustZone Zone { get; init; } = TrustZone.None;

    /// <summary>Patterns of resources that are meant to be public.</summary>
    public IReadOnlyList<string> PublicResources { get; init; } = [];

    /// <summary>The checks of the project's own.</summary>
    public IReadOnlyList<OwnCheck> OwnChecks { get; init; } = [];

    /// <summary>What Access Advisor knows of those who have the policies; null for nothing.</summary>
    public LastAccessed? LastAccessed { get; init; }

    /// <summary>The day that ages in a credential report are counted to.</summary>
    public DateTime AsOf { get; init; }

    /// <summary>The day, as yyyy-MM-dd, before which proofs take no request to be made; null for that of the service data.</summary>
    public string? ProofsAsOf { get; init; }

    /// <summary>The path of the file from the root of the repository, or of the run, which fingerprints of passwords depend on; null for what messages call
    /// it.</summary>
    public string? FromRoot { get; init; }

    /// <summary>What is known of the policies; the type of each replaces this one's.</summary>
    public PolicyContext Context => new(Type ?? PolicyType.Identity, ResourceType)
    {
        ScpDialect = ScpDialect,
        Zone = Zone,
        PublicResources = PublicResources,
        OwnChecks = OwnChecks,
        LastAccessed = LastAccessed,
        AsOf = ProofsAsOf ?? ServiceCatalogue.Default.Date
    };
}
