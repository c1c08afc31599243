using System.Collections.Immutable;

namespace ProvableSec.Reasoning.Questions;

/// <summary>Who is not an outsider, and how strictly that is taken, for <see cref="Question.NoPublicAccess"/>. Immutable.</summary>
public sealed record TrustZone
{
    /// <summary>No zone: whoever the policy names is not an outsider.</summary>
    public static TrustZone None { get; } = new();

    /// <summary>Trusted accounts, by their twelve digits.</summary>
    public ImmutableArray<string> Accounts { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>Trusted organizations, by their ids.</summary>
    public ImmutableArray<string> Organizations { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>Trusted services, by the names of their principals.</summary>
    public ImmutableArray<string> Services { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>True when services are outsiders too: they may act for anybody.</summary>
    public bool ConfusedDeputy { get; init; }

    /// <summary>True to leave out the conventions about keys that an outsider cannot choose.</summary>
    public bool Strict { get; init; }

    /// <summary>True when accounts or organizations are given: then those that the policy names besides are outsiders as well.</summary>
    public bool IsGiven => !Accounts.IsEmpty || !Organizations.IsEmpty;
}
