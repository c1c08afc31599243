using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Rules.Stacks;

/// <summary>What a template or plan says of the policies of a role or user.</summary>
internal sealed record HolderPolicies
{
    /// <summary>Its identity policies.</summary>
    public ImmutableArray<FoundPolicy> Identity { get; init; } = ImmutableArray<FoundPolicy>.Empty;

    /// <summary>Identity policies whose text is from elsewhere, each with the conditions under which they are attached.</summary>
    public ImmutableArray<(PolicyDocument Document, IReadOnlyList<(string Condition, bool IsMet)> Needed)> Managed { get; init; } =
        ImmutableArray<(PolicyDocument, IReadOnlyList<(string, bool)>)>.Empty;

    /// <summary>Its boundary, of the template or from elsewhere.</summary>
    public FoundPolicy? Boundary { get; init; }

    /// <inheritdoc cref="Boundary"/>
    public PolicyDocument? ManagedBoundary { get; init; }

    /// <summary>Its trust policy.</summary>
    public FoundPolicy? Trust { get; init; }

    /// <summary>Its ARN, where that is known.</summary>
    public string? Arn { get; init; }

    /// <summary>Identity policies that are not known.</summary>
    public ImmutableArray<string> Unknown { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>Policies that could only take away, and are not known.</summary>
    public ImmutableArray<string> UnknownLimits { get; init; } = ImmutableArray<string>.Empty;
}
