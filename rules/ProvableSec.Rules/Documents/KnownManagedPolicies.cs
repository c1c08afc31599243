namespace ProvableSec.Rules.Documents;

/// <summary>
/// AWS managed policies that give away an account, each in short: what it allows as far as the checks look at it (AWS Managed Policy Reference). A name
/// alone attaches them.
/// </summary>
internal static class KnownManagedPolicies
{
    private const string Prefix = ":iam::aws:policy/";

    private static readonly Dictionary<string, (string Element, string[] Actions)> Allowed = new(StringComparer.Ordinal)
    {
        ["AdministratorAccess"] = ("Action", ["*"]),
        ["PowerUserAccess"] = ("NotAction", ["iam:*", "organizations:*", "account:*"]),
        ["IAMFullAccess"] = ("Action", ["iam:*"]),
    };

    /// <summary>What a managed policy allows; null for one that is not known to give away much.</summary>
    /// <param name="name">Its ARN, or its name as SAM and the CDK write it.</param>
    public static string? Find(string name)
    {
        int at = name.IndexOf(Prefix, StringComparison.Ordinal);
        return Allowed.TryGetValue(at >= 0 ? name.Substring(at + Prefix.Length) : name, out (string Element, string[] Actions) allowed)
            ? $"{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"{allowed.Element}\":[\"{string.Join("\",\"", allowed.Actions)}"
                + $"\"],\"Resource\":\"*\"}}]}}"
            : null;
    }
}
