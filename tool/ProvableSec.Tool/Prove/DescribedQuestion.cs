using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Prove;

/// <summary>A question as a command line describes it: files and texts that are still to be read.</summary>
internal sealed record DescribedQuestion
{
    public required Question Question { get; init; }

    public string? Policy { get; init; }

    public string? Baseline { get; init; }

    /// <summary>The file of the property.</summary>
    public string? Property { get; init; }

    /// <summary>The actions of a property that has no file.</summary>
    public IReadOnlyList<string>? PropertyActions { get; init; }

    /// <summary>The resources of such a property.</summary>
    public IReadOnlyList<string> PropertyResources { get; init; } = ["*"];

    public IReadOnlyList<string> Identity { get; init; } = [];

    public string? Boundary { get; init; }

    /// <summary>Files, level by level.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ServiceControlPolicies { get; init; } = [];

    public IReadOnlyList<string> Session { get; init; } = [];

    public string? ResourcePolicy { get; init; }

    /// <summary>True when the resource is said to have no policy.</summary>
    public bool HasNoResourcePolicy { get; init; }

    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>Files, level by level.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ResourceControlPolicies { get; init; } = [];

    /// <summary>Who is not an outsider.</summary>
    public TrustZone Zone { get; init; } = TrustZone.None;

    public string? Account { get; init; }

    public PolicyType? Type { get; init; }

    public World World { get; init; }

    public ImmutableArray<string> Without { get; init; } = [];

    public string? Request { get; init; }

    public string? Principal { get; init; }

    public string? Action { get; init; }

    public string? Resource { get; init; }

    public IReadOnlyList<string> Context { get; init; } = [];

    /// <summary>True when the policy does not stand alone.</summary>
    public bool IsStack => Identity.Count > 0 || Session.Count > 0 || Boundary is not null || ResourcePolicy is not null || HasNoResourcePolicy
        || Endpoints.Count > 0
        || ServiceControlPolicies.Count > 0 || ResourceControlPolicies.Count > 0 || Account is not null;

    /// <summary>True when the caller's own policies are part of it: else it speaks of any principal. The account of a public resource is its owner's.</summary>
    public bool HasIdentity => Identity.Count > 0 || Policy is not null
        || (Account is not null && ResourcePolicy is not null && Question != Question.NoPublicAccess);
}
