using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Which requests carry a condition key of a service.</summary>
internal static class KeyCarriers
{
    // From the pages "Actions, resources, and condition keys" of IAM and Amazon EC2.
    private static readonly Dictionary<string, string[]> Few = new(StringComparer.OrdinalIgnoreCase)
    {
        ["iam:PassedToService"] = ["iam:PassRole"],
        ["iam:AssociatedResourceArn"] = ["iam:PassRole"],
        ["ec2:CreateAction"] = ["ec2:CreateTags"],
    };

    // Amazon S3 User Guide, "Amazon S3 condition keys": the parameters of requests that list.
    private static readonly string[] OfListing = ["s3:prefix", "s3:delimiter", "s3:max-keys"];

    private static readonly string[] Listing = ["s3:ListBucket", "s3:ListBucketVersions"];

    /// <summary>The actions that carry a key, as the page about the key says; null where only the Service Authorization Reference lists actions.</summary>
    public static string[]? DocumentedFor(string key) => OfListing.Contains(key, StringComparer.OrdinalIgnoreCase) ? Listing : OnlyActionsOf(key);

    /// <summary>The actions that alone carry a key; null for keys that more carry.</summary>
    public static string[]? OnlyActionsOf(string key) => Few.TryGetValue(key, out string[]? actions) ? actions : null;

    /// <summary>The service a key belongs to; null for global keys, those that several services send, and those of identity providers.</summary>
    public static string? PrefixOf(string key)
    {
        int colon = key.IndexOf(':');
        string prefix = colon > 0 ? key.Substring(0, colon) : "";
        return prefix.Length == 0 || prefix.Equals("aws", StringComparison.OrdinalIgnoreCase) || prefix.IndexOf('.') >= 0 ? null : prefix;
    }

    /// <summary>Whether requests for an action may carry a key: its own keys and those of its resources.</summary>
    public static bool Carries(ServiceAction action, string key) =>
        action.ConditionKeys.Any(known => known.Matches(key))
            || action.ResourceTypes.Any(reference => reference.ConditionKeys.Any(known => known.Matches(key))
                || reference.ResourceType.ConditionKeys.Any(known => known.Matches(key)));
}
