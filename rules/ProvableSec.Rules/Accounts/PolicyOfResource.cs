using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Access;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Accounts;

/// <summary>Finds out which resource a policy belongs to: what an answer of the AWS CLI says, else the only resource that the policy names.</summary>
internal static class PolicyOfResource
{
    /// <summary>The policies of resources in a file, a policy itself or an answer of the AWS CLI; none for other files.</summary>
    /// <param name="source">The file.</param>
    /// <param name="accounts">The accounts that are known: a bucket belongs to the only one, because its ARN does not say whose it is.</param>
    /// <param name="refuse">Takes why a policy of a resource cannot be taken into account.</param>
    public static IReadOnlyList<ResourceWithPolicy> In(DocumentText source, IReadOnlyCollection<string> accounts, Action<string> refuse)
    {
        JsonTree json = JsonTreeReader.Read(source);
        var like = new PolicyContext(PolicyType.Resource);
        IReadOnlyList<FoundPolicy> found = json.Problems.Any(problem => problem.IsError) ? []
            : PolicyDocuments.KindOf(json.Root) == DocumentKind.Policy ? PolicyDocuments.In(json, null, like)
            : PolicyDocuments.IsCliAnswer(json.Root) ? PolicyDocuments.InCliAnswer(json, like) : [];
        string? named = json.Root.Kind == JsonKind.Object && json.Root.TryGetProperty("ARN", out JsonItem arn) && arn.Kind == JsonKind.String ? arn.Text : null;
        var resources = new List<ResourceWithPolicy>();
        foreach (FoundPolicy policy in found)
        {
            PolicyDocument document = RelocatedPolicy.In(PolicyReader.Read(new DocumentText(policy.Text.Text)), source, policy.Text.SourceOf);
            if (!document.Statements.Any(statement => statement.Principal is not null && statement.Resource is not null))
            {
                continue;
            }

            if (document.Problems.Any(problem => problem.IsError))
            {
                refuse($"{source.Name}: {document.Problems.First(problem => problem.IsError).Message}, so the policy is not taken into account");
            }
            else if (PatternsOf(document, named) is not { } patterns)
            {
                refuse($"{source.Name}: the policy does not say which one resource it belongs to, so it is not taken into account");
            }
            else if (AccountOf(patterns[0], accounts) is not { } account)
            {
                refuse($"{source.Name}: which account {patterns[0]} belongs to is not known, so its policy is not taken into account");
            }
            else
            {
                resources.Add(new ResourceWithPolicy(patterns, account, document));
            }
        }

        return resources;
    }

    private static ImmutableArray<string>? PatternsOf(PolicyDocument document, string? named)
    {
        if (named is not null)
        {
            return ImmutableArray.Create(named);
        }

        string[] texts = [.. document.Statements.SelectMany(statement => statement.Resource is { IsNot: false } resource
            ? resource.Patterns.Select(pattern => pattern.Text) : ["*"]).Distinct()];
        string[] resources = [.. texts.Select(text => text.Split(':') is [_, _, "s3", "", "", var bucket]
            ? $"{text.Substring(0, text.Length - bucket.Length)}{bucket.Split('/')[0]}" : text)
            .Distinct()];
        return resources is not [var only] || only.IndexOfAny(['*', '?', '$']) >= 0 || only.Split(':').Length < 6 ? null
            : only.Split(':')[2] == "s3" ? ImmutableArray.Create(only, only + "/*") : ImmutableArray.Create(only);
    }

    private static string? AccountOf(string arn, IReadOnlyCollection<string> accounts) =>
        arn.Split(':')[4] is { Length: > 0 } account ? account : accounts.Count == 1 ? accounts.First() : null;
}
