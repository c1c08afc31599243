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
        return own.Any(format => arn.MayBe(format)) ? own : index.All(arn.Service);
    }

    /// <summary>Those of <see cref="Of"/> whose last field fits the ARN's.</summary>
    public static IReadOnlyList<ArnFormat> Fitting(ServiceCatalogue catalogue, PolicyArn arn) =>
        [.. Of(catalogue, arn).Where(arn.MayBe)];

    /// <summary>
    /// Names that hold no slash, so that what stands behind one is another resource (Amazon S3 User Guide, "Bucket naming rules"; Amazon DynamoDB Developer
    /// Guide, "Naming rules"; Amazon SQS, Amazon SNS and AWS Lambda API references). Of other names nothing is assumed.
    /// </summary>
    private static readonly string[] WithoutSlash = ["${BucketName}", "${TableName}", "${QueueName}", "${TopicName}", "${FunctionName}"];

    /// <summary>Whether a resource of a format may have an ARN; Region and account do not matter.</summary>
    public static bool MayFit(PolicyArn arn, string format)
    {
        ArnFormat parsed = Parse(format);
        return GlobText.Overlap(arn.Service, parsed.Service) && arn.MayBe(parsed) && !HasSlashInName(arn, parsed);
    }

    /// <summary>True when the ARN is of a form that AWS's pages show and the Service Authorization Reference does not list.</summary>
    public static bool IsOnlyUnlisted(ServiceCatalogue catalogue, PolicyArn arn) =>
        Unlisted.Select(Parse).Any(format => format.Service == arn.Service && arn.MayBe(format)) && !(catalogue.TryGetService(arn.Service, out Service? service)
            && service.ResourceTypes.SelectMany(type => type.ArnFormats).Any(format => MayFit(arn, format)));

    /// <summary>True where the last part of a format is such a name, and every resource of the pattern has a slash in its place.</summary>
    private static bool HasSlashInName(PolicyArn arn, ArnFormat format)
    {
        string? name = Array.Find(WithoutSlash, placeholder => format.Resource.EndsWith(placeholder, StringComparison.Ordinal));
        if (name is null || UnknownText.IsIn(arn.Resource) || arn.Resource.IndexOf("${", StringComparison.Ordinal) >= 0)
        {
            return false;
        }

        return arn.Resource.Count(c => c == '/') > format.Resource.Count(c => c == '/');
    }

    /// <summary>True when no service has the prefix and no resource's ARN names it.</summary>
    public static bool IsUnknownService(ServiceCatalogue catalogue, string service) =>
        !catalogue.TryGetService(service, out _) && Indexes.GetValue(catalogue, known => new Index(known)).All(service).Count == 0;

    /// <summary>A format to show: the one that begins most like the ARN.</summary>
    public static string Nearest(IReadOnlyList<ArnFormat> formats, PolicyArn arn) =>
        formats.OrderByDescending(format => CommonLength(format.Resource, arn.Resource)).First().Text;

    private static ArnFormat Parse(string text)
    {
        PolicyArn format = PolicyArn.TryParse(text)!;
        return new ArnFormat(format.Service, format.Region, format.Account, format.Resource, text);
    }

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
            catalogue.ServicePrefixes.SelectMany(prefix => Read(catalogue, prefix)).Concat(Unlisted.Select(Parse))
                .ToLookup(format => format.Service, StringComparer.Ordinal));

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
    }
}
