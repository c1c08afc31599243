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
        || action.ResourceTypes.Any(reference => reference.ConditionKeys.Any(known => known.Matches(key)) || reference.ResourceType.ConditionKeys.Any(known => known.Matches(key)));
}
