using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Accounts;

/// <summary>An organization and the control policies attached in it. Immutable.</summary>
public sealed class OrganizationControls
{
    internal static readonly PolicyDocument FullAccess = FullAccessPolicy.Named("FullAWSAccess");

    /// <summary>No organization and no control policies.</summary>
    public static OrganizationControls None { get; } = new(null, ControlPolicies.None, ControlPolicies.None);

    /// <summary>Creates the controls of an organization.</summary>
    /// <param name="organization">The organization; null when it is not known.</param>
    /// <param name="serviceControlPolicies">Its SCPs.</param>
    /// <param name="resourceControlPolicies">Its RCPs.</param>
    public OrganizationControls(Organization? organization, ControlPolicies serviceControlPolicies, ControlPolicies resourceControlPolicies)
    {
        Organization = organization;
        ServiceControlPolicies = serviceControlPolicies;
        ResourceControlPolicies = resourceControlPolicies;
    }

    /// <summary>The organization; null when it is not known.</summary>
    public Organization? Organization { get; }

    /// <summary>Its SCPs.</summary>
    public ControlPolicies ServiceControlPolicies { get; }

    /// <summary>Its RCPs.</summary>
    public ControlPolicies ResourceControlPolicies { get; }

    /// <summary>The levels of SCPs that bind the principals of an account, from the root down; null for the management account and outsiders.</summary>
    public ImmutableArray<ImmutableArray<PolicyDocument>>? ServiceControlLevels(string account) =>
        Levels(ServiceControlPolicies, account, ImmutableArray.Create(FullAccess));

    /// <summary>The levels of RCPs that bind the resources of an account, from the root down; null for the management account and outsiders.</summary>
    public ImmutableArray<ImmutableArray<PolicyDocument>>? ResourceControlLevels(string account) =>
        Levels(ResourceControlPolicies, account, ImmutableArray<PolicyDocument>.Empty);

    private ImmutableArray<ImmutableArray<PolicyDocument>>? Levels(ControlPolicies policies, string account, ImmutableArray<PolicyDocument> unnamed)
    {
        if (Organization?.ManagementAccount == account)
        {
            return null;
        }

        if (policies.Levels is { } levels)
        {
            return levels;
        }

        if (policies.Targets.Count == 0 || Organization is null || !Organization.Accounts.TryGetValue(account, out string? path))
        {
            return null;
        }

        // The path begins with the organization, to which nothing is attached.
        return path.Split(['/'], StringSplitOptions.RemoveEmptyEntries).Skip(1).Append(account)
            .Select(target => policies.Targets.TryGetValue(target, out ImmutableArray<PolicyDocument> attached) ? attached : unnamed)
            .ToImmutableArray();
    }
}
