using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Stacks;

/// <summary>What is asked about: policies as they are under some conditions of a template, or as they are.</summary>
/// <param name="When">The conditions in words; empty where there are none.</param>
/// <param name="Subject">The policies, taken by the most that they can allow.</param>
/// <param name="Type">The type of a document standing alone.</param>
internal sealed record Variant(string When, Subject Subject, PolicyType Type)
{
    /// <summary>What is known only at deployment.</summary>
    public IEnumerable<string> Open => Subject.Documents().SelectMany(document => LoadedPolicy.Of(document)?.Open ?? ImmutableArray<string>.Empty).Distinct();

    /// <summary>The same by the least that they can allow.</summary>
    public Subject AtLeast => Replaced(document => LoadedPolicy.Of(document)?.AtLeast);

    /// <summary>The same with names for what is known only at deployment.</summary>
    public Subject Named => Replaced(document => LoadedPolicy.Of(document)?.Named);

    private Subject Replaced(Func<PolicyDocument, PolicyDocument?> other)
    {
        return Subject.Document is { } alone ? Subject.Of(Of(alone)) : Subject.Of(Subject.Stack! with
        {
            IdentityPolicies = Each(Subject.Stack!.IdentityPolicies),
            PermissionsBoundary = Subject.Stack.PermissionsBoundary is { } boundary ? Of(boundary) : null,
            SessionPolicies = Each(Subject.Stack.SessionPolicies),
            ResourcePolicy = Subject.Stack.ResourcePolicy is { } resource ? Of(resource) : null,
            VpcEndpointPolicies = Each(Subject.Stack.VpcEndpointPolicies)!.Value,
            ServiceControlPolicies = Subject.Stack.ServiceControlPolicies?.Select(level => Each(level)!.Value).ToImmutableArray(),
            ResourceControlPolicies = Subject.Stack.ResourceControlPolicies?.Select(level => Each(level)!.Value).ToImmutableArray(),
        });

        PolicyDocument Of(PolicyDocument document) => other(document) ?? document;

        ImmutableArray<PolicyDocument>? Each(ImmutableArray<PolicyDocument>? documents) => documents?.Select(Of).ToImmutableArray();
    }
}
