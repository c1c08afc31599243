using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Documents;

namespace ProvableSec.Rules.Stacks;

/// <summary>Policies of a template or plan in each deployment that makes others of them: a claim must hold in all of them.</summary>
internal static class DeploymentVariants
{
    private const int MostDeployments = 64;

    /// <summary>The stacks of a role or user.</summary>
    /// <param name="policies">Its policies.</param>
    /// <param name="document">The template or plan.</param>
    /// <param name="unknown">Gets what cannot be used.</param>
    /// <param name="stack">Makes a stack of identity policies and boundary.</param>
    public static ImmutableArray<Variant> Of(
        HolderPolicies policies, IDeployedDocument document, ImmutableArray<string>.Builder unknown,
        Func<ImmutableArray<PolicyDocument>, PolicyDocument?, PolicyStack> stack)
    {
        PolicyAlternatives[] identity = [.. policies.Identity.Select(p => Read(p, document, unknown)),
            .. policies.Managed.Select(p => new PolicyAlternatives(p.Document, p.Needed))];
        PolicyAlternatives? boundary = policies.Boundary is { } found ? Read(found, document, unknown) : null;
        return Deployments(boundary is null ? identity : [.. identity, boundary], document, unknown).Select(one => new Variant(
            one.When,
            Subject.Of(stack(
                one.Documents.Take(identity.Length).OfType<PolicyDocument>().ToImmutableArray(),
                one.Documents.Skip(identity.Length).FirstOrDefault() ?? policies.ManagedBoundary)),
            PolicyType.Identity)).ToImmutableArray();
    }

    /// <summary>A policy standing alone.</summary>
    public static ImmutableArray<Variant> Of(FoundPolicy policy, IDeployedDocument document, ImmutableArray<string>.Builder unknown) =>
        Deployments([Read(policy, document, unknown)], document, unknown).Where(one => one.Documents[0] is not null)
            .Select(one => new Variant(one.When, Subject.Of(one.Documents[0]!), policy.Context.Type)).ToImmutableArray();

    private static PolicyAlternatives Read(FoundPolicy policy, IDeployedDocument document, ImmutableArray<string>.Builder unknown)
    {
        if (document.NotAllOf(policy) is { } more)
        {
            unknown.Add(more);
        }

        return new PolicyAlternatives(policy, document.Source, unknown);
    }

    /// <summary>The policies in each deployment, with the words for it.</summary>
    private static List<(string When, List<PolicyDocument?> Documents)> Deployments(IReadOnlyList<PolicyAlternatives> all, IDeployedDocument document,
        ImmutableArray<string>.Builder unknown)
    {
        List<Dictionary<string, string>> deployments = [new(StringComparer.Ordinal)];
        string[] open = [];
        foreach (IGrouping<string, string> about in all.SelectMany(policy => policy.Words).GroupBy(word => word.Name, word => word.Word,
            StringComparer.Ordinal))
        {
            string[] words = !about.Any(PolicyAlternatives.IsCondition) ? [.. about.Distinct(StringComparer.Ordinal)]
                : document.IsMet(about.Key) is { } met ? [PolicyAlternatives.Either(about.Key)[met ? 0 : 1]]
                : PolicyAlternatives.Either(about.Key);
            open = words.Length > 1 ? [.. open, about.Key] : open;
            deployments = [.. deployments.SelectMany(_ => words, (before, word) =>
                new Dictionary<string, string>(before, StringComparer.Ordinal) { [about.Key] = word })];
            if (deployments.Count > MostDeployments)
            {
                unknown.Add(
                    $"it depends on more conditions and parameters of the template than are looked at: {string.Join(", ", open)}; {document.Hints.Choices}");
                return [];
            }
        }

        var made = new List<(string, List<PolicyDocument?>)>();
        foreach (Dictionary<string, string> deployment in deployments)
        {
            var documents = new List<PolicyDocument?>();
            if (all.All(policy =>
            {
                bool isOne = policy.TryIn(deployment, out PolicyDocument? one);
                documents.Add(one);
                return isOne;
            }))
            {
                made.Add((string.Join(" and ", deployment.Values.Where(word => word.Length > 0)), documents));
            }
        }

        if (made.Count == 0)
        {
            unknown.Add("the template has no deployment of which all is true that is said of it");
        }

        return made;
    }
}
