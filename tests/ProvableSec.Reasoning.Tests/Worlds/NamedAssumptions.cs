using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Proving;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>
/// What an answer says that it assumed, beyond what the validator knows: a request that breaks it says nothing against the answer. An answer that
/// does not name the assumption has to hold without.
/// </summary>
internal static partial class NamedAssumptions
{
    // Keys that AWS sends with calls of any service, whatever the service data list (IAM User Guide, "AWS global condition context keys").
    private static readonly string[] OfAllServices =
    [
        "ec2:roledelivery", "ec2:sourceinstancearn", "glue:roleassumedby", "glue:credentialissuingservice", "codebuild:buildarn", "codebuild:projectarn",
            "lambda:sourcefunctionarn", "ssm:sourceinstancearn", "identitystore:userid", "ses:apiversion",
    ];

    // How many actions of a service list a key, and what a format's ARNs look like: asked again for every request.
    private static readonly ConcurrentDictionary<(string Service, string Key), int> Listing = new();
    private static readonly ConcurrentDictionary<string, Regex> Shapes = new(StringComparer.Ordinal);

    public static bool Allow(Query query, Answer answer, AccessRequest request, Organization? organization) =>
        (!answer.Assumptions.Contains("linked-keys") || LiesAsSaid(query, request))
        && (!answer.Assumptions.Contains("catalogue") || IsInCatalogue(request, new SentRequest(request, organization, false, null)))
        && (!answer.Assumptions.Contains("session-age") || !IsOldSession(new SentRequest(request, organization, false, null)));

    /// <summary>Whether the caller's account lies in the partition that the documents say it does, where they say one.</summary>
    private static bool LiesAsSaid(Query query, AccessRequest request)
    {
        Statement[] statements = [.. Agreement.Documents(query).SelectMany(d => d.Statements)];
        string[] said =
        [
            .. statements.SelectMany(s => s.Principal?.Entries ?? []).Select(e => e.Value)
                .Concat(statements.SelectMany(s => (s.Resource?.Patterns ?? []).Concat(s.Conditions.SelectMany(c => c.Values))).Select(p => p.Text))
                .Select(arn => arn.Split(':')).Where(f => f.Length >= 6 && f[4] == request.Principal.Account).Select(f => f[1]).Distinct(),
        ];
        return said.Length != 1 || request.Principal.Account.Length == 0 || said[0] == request.Principal.Partition;
    }

    private static bool IsOldSession(SentRequest request) =>
        request.Of("aws:tokenissuetime") is [var issued] && request.Of("aws:currenttime") is [var now] && LinkRules.Moment(issued) is { } from
            && LinkRules.Moment(now) is { } to && to - from > 36 * 3600;

    /// <summary>Whether the service data, read as narrowly as they are complete, know such a request. Actions that they do not know are possible, with
    /// anything.</summary>
    private static bool IsInCatalogue(AccessRequest request, SentRequest sent)
    {
        if (!ServiceCatalogue.Default.TryGetAction(request.Action, out ServiceAction? action)
            || !ServiceCatalogue.Default.TryGetService(sent.Service, out Service? service))
        {
            return true;
        }

        return sent.Keys().All(key => !IsNeverSent(key, action, service)) && HasShape(request, sent, action);
    }

    /// <summary>A key of the service itself that is listed for others of its actions, but for few of them, and not for this one.</summary>
    private static bool IsNeverSent(string key, ServiceAction action, Service service)
    {
        if (!key.StartsWith(service.Prefix + ":", StringComparison.OrdinalIgnoreCase) || OfAllServices.Contains(key)
            || key.Contains(":resourcetag/", StringComparison.Ordinal) || key.StartsWith("kms:encryptioncontext", StringComparison.Ordinal)
            || IsListed(action, key))
        {
            return false;
        }

        int listed = Listing.GetOrAdd((service.Prefix, key), _ => service.Actions.Count(a => IsListed(a, key)));
        return listed > 0 && listed < service.Actions.Count * 0.8;
    }

    private static bool IsListed(ServiceAction action, string key) =>
        action.ConditionKeys.Concat(action.ResourceTypes.SelectMany(r => r.ConditionKeys.Concat(r.ResourceType.ConditionKeys))).Any(c => c.Matches(key));

    private static bool HasShape(AccessRequest request, SentRequest sent, ServiceAction action)
    {
        if (action.ResourceTypes.Count == 0)
        {
            return request.Resource == "*" || (!action.FullName.StartsWith("ec2:Describe", StringComparison.Ordinal) && sent.ResourceArn?[2] == sent.Service
                && (sent.Owner is null || sent.Owner == sent.Caller.Account));
        }

        return action.ResourceTypes.SelectMany(r => r.ResourceType.ArnFormats).Any(f => Shapes.GetOrAdd(f, Shape).IsMatch(request.Resource));
    }

    /// <summary>What the ARNs of a format look like. AWS's own resources and Multi-Region Access Points leave the region or the account empty, or write a word
    /// for the account.</summary>
    private static Regex Shape(string format)
    {
        IEnumerable<string> fields = format.Split(':', 6).Select((field, i) => Regex.Escape(Placeholder.Replace(field, "\u0001"))
            .Replace("\u0001", i is 3 or 4 ? "[^:]*" : i == 1 ? "[^:]+" : ".+", StringComparison.Ordinal).Replace("\\*", ".*", StringComparison.Ordinal));
        return new Regex($"^{string.Join(':', fields)}\\z", RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    [GeneratedRegex(@"\$\{[^}]*\}")]
    private static partial Regex Placeholder { get; }
}
