namespace ProvableSec.Rules.Policies;

/// <summary>Unique ids of users and roles (IAM User Guide, "IAM identifiers: Unique identifiers").</summary>
internal static class PrincipalIds
{
    private const int ShortestId = 16;

    /// <summary>True for the id of a user or role.</summary>
    public static bool IsUniqueId(string text) =>
        text.Length >= ShortestId
        && (text.StartsWith("AROA", StringComparison.Ordinal) || text.StartsWith("AIDA", StringComparison.Ordinal))
        && text.All(c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9'));
}
