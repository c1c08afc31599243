using System.Collections.Concurrent;
using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies;

/// <summary>
/// Whether resources in a policy are all that an action has, in the caller's partition: whatever they look like, an ARN of any Region, any account and any name
/// must
/// be among them (AWS Service Authorization Reference, "Resource types defined by"). What fixes Region or account is not every one.
/// </summary>
/// <param name="policy">The policy that they stand in.</param>
/// <param name="resources">The resources.</param>
internal sealed class EveryResource(CheckedPolicy policy, CheckedValues resources)
{
    private const string AnyAccount = "????????????", AnyRegion = "??-?*-?", AnyName = "?*", AwsPartition = "aws";

    /// <summary>An access point is another door to the objects of a bucket (Amazon S3 User Guide, "Managing access to shared datasets with access
    /// points").</summary>
    private const string AccessPoint = ":accesspoint/";

    private static readonly string[] Star = ["*"];

    // Of the formats that the service data list, which are not many.
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);
    private static readonly Func<string, string> InAws = format => Made(format, AwsPartition);

    private readonly string[] patterns = [.. resources.Items.Where(item => item.HasWildcard).Select(item => item.Text)];
    private readonly bool hasStar = resources.Items.Any(item => GlobText.IsEverything(item.Text));
    private readonly Dictionary<string, bool> known = new(StringComparer.Ordinal);
    private string[]? partitions;

    /// <summary>All resources that the action has, as patterns that they cover; null where they are not all of them, or where the action has none.</summary>
    public IReadOnlyList<string>? Of(ServiceAction action)
    {
        if (hasStar || patterns.Length == 0)
        {
            return hasStar && action.ResourceTypes.Count > 0 ? Star : null;
        }

        string[] all = [.. action.ResourceTypes.SelectMany(reference => reference.ResourceType.ArnFormats).Distinct(StringComparer.Ordinal)];
        string[] own = [.. all.Where(format => format.IndexOf(AccessPoint, StringComparison.Ordinal) < 0)];
        own = own.Length > 0 ? own : all;
        partitions ??= [.. resources.Items.Select(item => PolicyArn.TryParse(item.Text)?.Partition ?? "")
            .Where(partition => partition.Length > 0 && PolicyArn.IsLiteral(partition)).Append(AwsPartition).Distinct(StringComparer.Ordinal)];
        return own.Length == 0 ? null : partitions.Select(partition => Array.ConvertAll(own, format => Pattern(format, partition)))
            .FirstOrDefault(formats => formats.All(Covers));
    }

    /// <summary>The ARNs of a format, as a pattern.</summary>
    private static string Pattern(string format, string partition) => partition == AwsPartition ? Known.GetOrAdd(format, InAws) : Made(format, partition);

    private static string Made(string format, string partition)
    {
        PolicyArn arn = PolicyArn.TryParse(format)!;
        return $"arn:{Filled(arn.Partition, partition)}:{Filled(arn.Service, AnyName)}:{Filled(arn.Region, AnyRegion)}:{Filled(arn.Account, AnyAccount)}:"
            + $"{Filled(arn.Resource, AnyName)}";
    }

    private static string Filled(string field, string by) => GlobText.Filled(field, by);

    private bool Covers(string format)
    {
        if (!known.TryGetValue(format, out bool covers))
        {
            known.Add(format, covers = GlobUnion.Covers(format, patterns, policy.Budget));
        }

        return covers;
    }
}
