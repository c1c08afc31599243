using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies;

/// <summary>
/// The formats of ARNs by their service field, which is not always the prefix of the service whose resources they are: Network Firewall's rule groups,
/// say, are named by WAF too. The service with the prefix is asked first; only if it has no format that fits are all services read.
/// </summary>
internal static class ArnFormats
{
    /// <summary>
    /// What the Service Authorization Reference leaves out, with the page that has it: documents, parameters and views that AWS owns have no account (Systems
    /// Manager User Guide, "Public parameters"; Resource Explorer User Guide, "Managed views"), transforms (CloudFormation User Guide, "Controlling access
    /// with IAM"), recovery points of Backup itself (Backup Developer Guide, "Access control"), change tokens (WAF Classic API Reference,
    /// GetChangeToken), tags and version 2 paths of API Gateway (API Gateway Developer Guide, "Tag-based access control").
    /// </summary>
    private static readonly string[] Unlisted =
    [
        "arn:${Partition}:ssm:${Region}::document/${DocumentName}",
        "arn:${Partition}:ssm:${Region}::automation-definition/${AutomationDefinitionName}:${VersionId}",
        "arn:${Partition}:ssm:${Region}::parameter/${ParameterName}",
        "arn:${Partition}:resource-explorer-2:${Region}::view/${ViewName}",
        "arn:${Partition}:cloudformation:${Region}:aws:transform/${TransformName}",
        "arn:${Partition}:cloudformation:${Region}:${Account}:transform/${TransformName}",
        "arn:${Partition}:backup:${Region}:${Account}:recovery-point:${RecoveryPointId}",
        "arn:${Partition}:waf::${Account}:changetoken/${Token}",
        "arn:${Partition}:waf-regional:${Region}:${Account}:changetoken/${Token}",
        "arn:${Partition}:apigateway:${Region}::/tags/${ResourceArn}",
        "arn:${Partition}:apigateway:${Region}::/v2/${Path}",
    ];

    private static readonly ConditionalWeakTable<ServiceCatalogue, Index> Indexes = new();

    /// <summary>All formats with the ARN's service; empty when the service is a pattern or not known.</summary>
    public static IReadOnlyList<ArnFormat> Of(ServiceCatalogue catalogue, PolicyArn arn)
    {
        if (!arn.IsComplete || !PolicyArn.IsLiteral(arn.Service))
        {
            return [];
        }

        Index index = Indexes.GetValue(catalogue, known => new Index(known));
        IReadOnlyList<ArnFormat> own = index.Own(arn.Service);
        return own.Any(format => GlobText.Overlap(arn.Resource, format.Resource)) ? own : index.All(arn.Service);
    }

    /// <summary>Those of <see cref="Of"/> whose last field fits the ARN's.</summary>
    public static IReadOnlyList<ArnFormat> Fitting(ServiceCatalogue catalogue, PolicyArn arn) =>
        [.. Of(catalogue, arn).Where(format => GlobText.Overlap(arn.Resource, format.Resource))];

    /// <summary>True when no service has the prefix and no resource's ARN names it.</summary>
    public static bool IsUnknownService(ServiceCatalogue catalogue, string service) =>
        !catalogue.TryGetService(service, out _) && Indexes.GetValue(catalogue, known => new Index(known)).All(service).Count == 0;

    /// <summary>A format to show: the one that begins most like the ARN.</summary>
    public static string Nearest(IReadOnlyList<ArnFormat> formats, PolicyArn arn) =>
        formats.OrderByDescending(format => CommonLength(format.Resource, arn.Resource)).First().Text;

    private static int CommonLength(string a, string b)
    {
        int length = 0;
        while (length < a.Length && length < b.Length && a[length] == b[length])
        {
            length++;
        }

        return length;
    }

    private sealed class Index(ServiceCatalogue catalogue)
    {
        private readonly ConcurrentDictionary<string, ArnFormat[]> own = new(StringComparer.Ordinal);
        private readonly Lazy<ILookup<string, ArnFormat>> all = new(() =>
            catalogue.ServicePrefixes.SelectMany(prefix => Read(catalogue, prefix)).Concat(Unlisted.Select(Parse)).ToLookup(format => format.Service, StringComparer.Ordinal));

        public IReadOnlyList<ArnFormat> Own(string service) =>
            own.GetOrAdd(service, prefix => [.. Read(catalogue, prefix).Concat(Unlisted.Select(Parse)).Where(format => format.Service == prefix)]);

        public IReadOnlyList<ArnFormat> All(string service) => [.. all.Value[service]];

        private static IEnumerable<ArnFormat> Read(ServiceCatalogue catalogue, string prefix)
        {
            if (!catalogue.TryGetService(prefix, out Service? service))
            {
                yield break;
            }

            foreach (ResourceType type in service.ResourceTypes)
            {
                foreach (string text in type.ArnFormats)
                {
                    yield return Parse(text);
                }
            }
        }

        private static ArnFormat Parse(string text)
        {
            PolicyArn format = PolicyArn.TryParse(text)!;
            return new ArnFormat(format.Service, format.Region, format.Account, format.Resource, text);
        }
    }
}
