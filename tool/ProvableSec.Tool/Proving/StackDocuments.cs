using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Proving;

/// <summary>The documents of a stack with their places, in the order of the case format.</summary>
internal static class StackDocuments
{
    public static IEnumerable<(PolicySlot Slot, PolicyDocument Document)> Of(PolicyStack stack)
    {
        IEnumerable<(PolicySlot, PolicyDocument)> all = List(PolicyLayer.IdentityPolicies, stack.IdentityPolicies);
        if (stack.PermissionsBoundary is { } boundary)
        {
            all = all.Append((new PolicySlot(PolicyLayer.PermissionsBoundary), boundary));
        }

        all = all.Concat(List(PolicyLayer.SessionPolicies, stack.SessionPolicies));
        if (stack.ResourcePolicy is { } resource)
        {
            all = all.Append((new PolicySlot(PolicyLayer.ResourcePolicy), resource));
        }

        return all
            .Concat(List(PolicyLayer.VpcEndpointPolicies, stack.VpcEndpointPolicies))
            .Concat(Levels(PolicyLayer.ServiceControlPolicies, stack.ServiceControlPolicies))
            .Concat(Levels(PolicyLayer.ResourceControlPolicies, stack.ResourceControlPolicies));
    }

    /// <summary>The documents of whatever a question is about.</summary>
    public static IEnumerable<PolicyDocument> Of(Subject subject) =>
        subject.Document is { } alone ? [alone] : Of(subject.Stack!).Select(placed => placed.Document);

    private static IEnumerable<(PolicySlot Slot, PolicyDocument Document)> List(PolicyLayer layer, ImmutableArray<PolicyDocument>? documents, int level = -1) =>
        (documents ?? []).Select((document, index) => (new PolicySlot(layer, level, index), document));

    private static IEnumerable<(PolicySlot Slot, PolicyDocument Document)> Levels(PolicyLayer layer, ImmutableArray<ImmutableArray<PolicyDocument>>? levels) =>
        (levels ?? []).SelectMany((documents, level) => List(layer, documents, level));
}
