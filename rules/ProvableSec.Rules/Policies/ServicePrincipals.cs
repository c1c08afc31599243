namespace ProvableSec.Rules.Policies;

/// <summary>Names of services as principals (IAM User Guide, "AWS service principals").</summary>
internal static class ServicePrincipals
{
    private static readonly string[] Suffixes = [".amazonaws.com", ".amazonaws.com.cn", ".aws.internal", ".amazon.com", ".api.aws", ".aws.com", ".c2s.ic.gov",
        ".sc2s.sgov.gov"];

    /// <summary>True for <c>service.amazonaws.com</c>, also with a Region or a further part before it.</summary>
    public static bool IsWellFormed(string text)
    {
        foreach (string suffix in Suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                string name = text.Substring(0, text.Length - suffix.Length);
                return name.Length > 0 && name[0] != '.'
                    && name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '.' or '_');
            }
        }

        return false;
    }
}
