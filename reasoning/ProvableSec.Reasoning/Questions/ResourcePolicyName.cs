namespace ProvableSec.Reasoning.Questions;

/// <summary>What the policy of a resource is called, by the service that is asked.</summary>
internal static class ResourcePolicyName
{
    /// <summary>The name, for an action or the beginning of one.</summary>
    public static string Of(string action) => action.StartsWith("kms:", StringComparison.OrdinalIgnoreCase) ? "key policy"
        : action.StartsWith("sts:", StringComparison.OrdinalIgnoreCase) ? "role's trust policy"
        : Any;

    /// <summary>The name where several services are asked.</summary>
    public const string Any = "resource's policy";
}
