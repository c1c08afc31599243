namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Global keys that AWS has replaced.</summary>
internal static class DeprecatedKeys
{
    /// <summary>True for a key that no request carries any more.</summary>
    public static bool IsUnsupported(string key) => key.Equals("aws:ARN", StringComparison.OrdinalIgnoreCase);

    /// <summary>The key to use instead of one that some services still send; null for others.</summary>
    public static string? SuccessorOf(string key) => key.Equals("aws:SourceOwner", StringComparison.OrdinalIgnoreCase) ? "aws:SourceAccount" : null;
}
