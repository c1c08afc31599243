using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Rules.Stacks;

/// <summary>A role or user that a template or plan makes, with its policies in each deployment that makes others of them.</summary>
/// <param name="Id">Its logical id, or its address.</param>
/// <param name="Variants">Its stacks.</param>
internal sealed record DeployedPrincipal(string Id, ImmutableArray<Variant> Variants)
{
    /// <summary>Why policies are not known that it has, in clauses.</summary>
    public ImmutableArray<string> Unknown { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>Why policies are not known that can only take away from what it may do.</summary>
    public ImmutableArray<string> UnknownLimits { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>Who it is, where its ARN is known.</summary>
    public CallerPrincipal? Caller { get; init; }

    /// <summary>Its trust policy; null for a user.</summary>
    public FoundPolicy? Trust { get; init; }

    /// <summary>Puts together what a template or plan says of one.</summary>
    /// <param name="id">Its logical id, or its address.</param>
    /// <param name="policies">Its policies.</param>
    /// <param name="document">The template or plan.</param>
    /// <param name="account">The account; null where only the ARN may say.</param>
    public static DeployedPrincipal Of(string id, HolderPolicies policies, IDeployedDocument document, string? account)
    {
        ImmutableArray<string>.Builder unknown = policies.Unknown.ToBuilder();
        CallerPrincipal? caller = policies.Arn is { } arn ? CallerPrincipal.TryParse(arn, null, out string _) : null;
        ImmutableArray<Variant> variants = DeploymentVariants.Of(policies, document, unknown, (identity, boundary) => PolicyStack.Empty with
        {
            IdentityPolicies = identity,
            PermissionsBoundary = boundary,
            Account = account ?? caller?.Account,
        });
        return new DeployedPrincipal(id, variants)
        {
            Unknown = unknown.ToImmutable(),
            UnknownLimits = policies.UnknownLimits,
            Caller = caller,
            Trust = policies.Trust,
        };
    }
}
