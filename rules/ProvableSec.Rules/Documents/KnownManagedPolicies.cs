namespace ProvableSec.Rules.Documents;

/// <summary>
/// AWS managed policies that give away an account, each in short: what it allows as far as the checks look at it (AWS Managed Policy Reference). A name
/// alone attaches them.
/// </summary>
internal static class KnownManagedPolicies
{
    private const string Prefix = ":iam::aws:policy/";

    private static readonly Dictionary<string, string> Documents = new(StringComparer.Ordinal)
    {
        ["AdministratorAccess"] = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""",
        ["PowerUserAccess"] = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":["iam:*","organizations:*","account:*"],"Resource":"*"}]}""",
        ["IAMFullAccess"] = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*"}]}""",
    };

    /// <summary>What a managed policy allows; null for one that is not known to give away much.</summary>
    /// <param name="name">Its ARN, or its name as SAM and the CDK write it.</param>
    public static string? Find(string name)
    {
        int at = name.IndexOf(Prefix, StringComparison.Ordinal);
        return Documents.TryGetValue(at >= 0 ? name.Substring(at + Prefix.Length) : name, out string? document) ? document : null;
    }
}
