using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Testing.Sources;

/// <summary>What a test asks about: policies as they are under some conditions of a template, or as they are.</summary>
/// <param name="When">The conditions in words; empty where there are none.</param>
/// <param name="Subject">The policies, taken by the most that they can allow.</param>
/// <param name="Type">The type of a document standing alone.</param>
internal sealed record Variant(string When, Subject Subject, PolicyType Type)
{
    /// <summary>What is known only at deployment.</summary>
    public IEnumerable<string> Open => Subject.Documents().SelectMany(document => LoadedPolicy.Of(document)?.Open ?? ImmutableArray<string>.Empty).Distinct();

    /// <summary>The same by the least that they can allow.</summary>
    public Subject AtLeast => Subject.Document is { } alone ? Subject.Of(Least(alone)) : Subject.Of(Leasts(Subject.Stack!));

    /// <summary>The policies as a stack, to which others can be added.</summary>
    public PolicyStack Stack => Subject.Stack ?? Type switch
    {
        PolicyType.Identity => PolicyStack.Empty with { IdentityPolicies = ImmutableArray.Create(Subject.Document!) },
        PolicyType.Resource or PolicyType.Trust => PolicyStack.Empty with { ResourcePolicy = Subject.Document },
        _ => throw new PolicySourceException(
            $"{Subject.Document!.Source.Name} is {Words(Type)}, which grants nothing by itself: begin with the policies of a user or role, and add it to them"),
    };

    /// <summary>The policies with others.</summary>
    public Variant With(Func<PolicyStack, PolicyStack> change) => this with { Subject = Subject.Of(change(Stack)) };

    /// <summary>A type of policy in words, with its article.</summary>
    public static string Words(PolicyType type) => QuestionNames.WordsOf(type);

    private static PolicyDocument Least(PolicyDocument document) => LoadedPolicy.Of(document)?.AtLeast ?? document;

    private static PolicyStack Leasts(PolicyStack stack) => stack with
    {
        IdentityPolicies = Each(stack.IdentityPolicies),
        PermissionsBoundary = stack.PermissionsBoundary is { } boundary ? Least(boundary) : null,
        SessionPolicies = Each(stack.SessionPolicies),
        ResourcePolicy = stack.ResourcePolicy is { } resource ? Least(resource) : null,
        VpcEndpointPolicies = Each(stack.VpcEndpointPolicies)!.Value,
        ServiceControlPolicies = stack.ServiceControlPolicies?.Select(level => Each(level)!.Value).ToImmutableArray(),
        ResourceControlPolicies = stack.ResourceControlPolicies?.Select(level => Each(level)!.Value).ToImmutableArray(),
    };

    private static ImmutableArray<PolicyDocument>? Each(ImmutableArray<PolicyDocument>? documents) => documents?.Select(Least).ToImmutableArray();
}
