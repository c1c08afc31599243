using System.Collections.Immutable;
using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Tool.Diff;

/// <summary>The policies of a stack that grant nothing and limit what others grant.</summary>
internal static class LimitParts
{
    /// <summary>One of them.</summary>
    /// <param name="Words">What it is called.</param>
    /// <param name="Document">The policy.</param>
    /// <param name="Removed">The stack without it.</param>
    internal sealed record Part(string Words, PolicyDocument Document, Func<PolicyStack, PolicyStack> Removed);

    /// <summary>All that can block something.</summary>
    public static IReadOnlyList<Part> Of(PolicyStack stack)
    {
        var parts = new List<Part>();
        foreach ((PolicySlot slot, PolicyDocument document) in stack.Documents().Where(placed => !IsFull(placed.Document)))
        {
            Func<PolicyStack, PolicyStack>? removed = slot.Layer switch
            {
                PolicyLayer.PermissionsBoundary => without => without with { PermissionsBoundary = null },
                PolicyLayer.ServiceControlPolicies => without => without with { ServiceControlPolicies = Freed(without.ServiceControlPolicies, document) },
                PolicyLayer.ResourceControlPolicies => without => without with { ResourceControlPolicies = Freed(without.ResourceControlPolicies, document) },
                PolicyLayer.SessionPolicies => without => without with { SessionPolicies = null },
                PolicyLayer.VpcEndpointPolicies => without => without with { VpcEndpointPolicies = without.VpcEndpointPolicies.Remove(document) },
                _ => null,
            };
            if (removed is not null && !parts.Exists(part => ReferenceEquals(part.Document, document)))
            {
                parts.Add(new Part($"the {Kind(slot.Layer)} {PolicyName.OfFile(document.Source.Name)}", document, removed));
            }
        }

        return parts;
    }

    /// <summary>The stack without anything that limits.</summary>
    public static PolicyStack None(PolicyStack stack) => stack with
    {
        PermissionsBoundary = null,
        SessionPolicies = null,
        ServiceControlPolicies = null,
        ResourceControlPolicies = null,
        VpcEndpointPolicies = [],
    };

    private static string Kind(PolicyLayer layer) => layer switch
    {
        PolicyLayer.ServiceControlPolicies => "SCP",
        PolicyLayer.ResourceControlPolicies => "RCP",
        PolicyLayer.PermissionsBoundary => "permissions boundary",
        PolicyLayer.SessionPolicies => "session policy",
        _ => "VPC endpoint policy",
    };

    /// <summary>A policy in a list is not taken out but made to allow everything: a level without policies would allow nothing.</summary>
    private static ImmutableArray<ImmutableArray<PolicyDocument>>? Freed(ImmutableArray<ImmutableArray<PolicyDocument>>? levels, PolicyDocument document) =>
        levels?.Select(level => level.Select(one => ReferenceEquals(one, document) ? OrganizationControls.FullAccess : one).ToImmutableArray())
            .ToImmutableArray();

    private static bool IsFull(PolicyDocument document) => document.Statements is [var all] && AllowsAll(all);

    /// <summary>Whether a statement allows everything.</summary>
    public static bool AllowsAll(Statement all) => all is { Effect: Effect.Allow, Conditions.IsEmpty: true }
        && all.Action is { IsNot: false, Patterns: [{ Text: "*" }] } && all.Resource is { IsNot: false, Patterns: [{ Text: "*" }] };
}
