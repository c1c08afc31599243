using System.Collections.Concurrent;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Values;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Assumptions;

/// <summary>
/// The resources on which an action may act: those of its types in the service data, whatever their region and account, and those that other pages of AWS show
/// beside
/// them. An action without resource types is asked for on <c>*</c>, or on some ARN of its service in the caller's account, as AWS's error messages show.
/// </summary>
internal sealed class CatalogueResources
{
    // What belongs to AWS: Systems Manager User Guide, public parameters and documents; CloudFormation User Guide, transforms; Elastic Beanstalk Developer
    // Guide, platforms;
    // Amazon EC2 and Amazon Bedrock in the Service Authorization Reference, images, snapshots and foundation models.
    private static readonly string[] OfAws =
    [
        "arn:*:ssm:*::parameter/*", "arn:*:ssm:*::document/*", "arn:*:cloudformation:*:aws:transform/*", "arn:*:elasticbeanstalk:*::platform/*",
        "arn:*:elasticbeanstalk:*::solutionstack/*", "arn:*:bedrock:*::foundation-model/*", "arn:*:ec2:*::image/*", "arn:*:ec2:*::snapshot/*",
    ];

    // Of services without resources of their own: AWS Systems Manager User Guide, "ec2messages, ssmmessages, and other API operations".
    private static readonly Dictionary<string, string> ResourcesOfOthers = new(StringComparer.Ordinal) { ["ssmmessages"] = "ssm", ["ec2messages"] = "ssm" };

    // Amazon EC2 User Guide, "Resource-level permissions": its Describe actions support no resource but *.
    private static readonly TextSet OnStarOnly = ActionSets.Of("ec2:Describe*");

    // The same for all questions, and asked for again and again where a witness is given a real resource.
    private static readonly ConcurrentDictionary<ServiceAction, CatalogueResources> ByAction = new();

    private CatalogueResources(TextSet all, bool areOfCaller)
    {
        All = all;
        AreOfCaller = areOfCaller;
    }

    /// <summary>The resources.</summary>
    public TextSet All { get; }

    /// <summary>Whether those that are not <c>*</c> belong to the caller's account.</summary>
    public bool AreOfCaller { get; }

    /// <summary>The resources of an action.</summary>
    public static CatalogueResources Of(ServiceAction action) => ByAction.GetOrAdd(action, Find);

    /// <summary>Whether a request for the action may name its resource.</summary>
    public bool Has(AccessRequest request) => All.Contains(request.Resource, Policy.Reading.None)
        && (!AreOfCaller || request.ResourceAccount is not { } said || request.Principal.Account.Length == 0 || said == request.Principal.Account)
        && (!AreOfCaller || ArnFields.AccountOf(request.Resource) is not { } owner || request.Principal.Account.Length == 0
            || owner == request.Principal.Account);

    private static CatalogueResources Find(ServiceAction action)
    {
        var patterns = new List<CharPattern>();
        foreach (ResourceTypeReference reference in action.ResourceTypes)
        {
            foreach (string format in reference.ResourceType.ArnFormats)
            {
                patterns.Add(OfFormat(format));
            }
        }

        // Required or not, an action with resource types names one of them (docs/semantics.md, linked keys).
        bool hasTypes = patterns.Count > 0;
        if (!hasTypes)
        {
            patterns.Add(CharPattern.Of("*"));
            if (OnStarOnly.Contains(action.FullName.ToLowerInvariant(), Policy.Reading.None))
            {
                return new(new TextSet(new PatternSet(patterns)), areOfCaller: false);
            }

            patterns.AddRange(ArnServices(action).Select(s => ArnOf(s).Build()));
        }

        patterns.AddRange(OfAws.Where(a => a.Split(':')[2] == action.ServicePrefix.ToLowerInvariant()).Select(OfFormat));
        return new(new TextSet(new PatternSet(patterns)), !hasTypes);
    }

    /// <summary>What the ARNs of an action's service have in their third field.</summary>
    private static IEnumerable<string> ArnServices(ServiceAction action) => ServiceCatalogue.Default.TryGetService(action.ServicePrefix, out Service? service)
        ? service.ResourceTypes.SelectMany(t => t.ArnFormats).Select(f => f.Split([':'], 4)).Where(f => f.Length == 4).Select(f => f[2])
            .Append(action.ServicePrefix.ToLowerInvariant()).Append(ResourcesOfOthers.TryGetValue(action.ServicePrefix.ToLowerInvariant(), out string? other)
                ? other : "").Where(s => s.Length > 0 && s.IndexOfAny(['$', '*']) < 0).Distinct()
        : [action.ServicePrefix.ToLowerInvariant()];

    private static CharPattern.Builder ArnOf(string service) => new CharPattern.Builder().Exact("arn:").Add(PlaceKind.OneInField).Add(PlaceKind.StarInField)
        .Exact($":{service}:")
        .Add(PlaceKind.StarInField).Exact(":").Add(PlaceKind.StarInField).Exact(":").Add(PlaceKind.Star);

    /// <summary>An ARN format, its <c>${…}</c> read as "something"; a region or account may be empty, as in the ARNs of what belongs to AWS.</summary>
    private static CharPattern OfFormat(string format)
    {
        var builder = new CharPattern.Builder();
        int colons = 0;
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] == '$' && i + 1 < format.Length && format[i + 1] == '{' && format.IndexOf('}', i) is var close and > 0)
            {
                if (colons is not (3 or 4))
                {
                    // What the reference names otherwise is never empty in a real ARN.
                    builder.Add(colons < 5 || close < format.Length - 1 ? PlaceKind.OneInField : PlaceKind.One);
                }

                // A name that something follows holds no colon; the last one, of an object or a parameter, may.
                builder.Add(colons < 5 || close < format.Length - 1 ? PlaceKind.StarInField : PlaceKind.Star);
                i = close;
                continue;
            }

            colons += format[i] == ':' ? 1 : 0;
            builder.Add(format[i] == '*' ? colons < 5 ? PlaceKind.StarInField : PlaceKind.Star : PlaceKind.Exact, format[i] == '*' ? '\0' : format[i]);
        }

        return builder.Build();
    }
}
