namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Condition keys whose name ends in the key of a tag.</summary>
internal static class TagKeys
{
    private static readonly string[] Families = ["ResourceTag", "RequestTag", "PrincipalTag"];

    /// <summary>True for <c>aws:ResourceTag</c> and the like without <c>/key</c>.</summary>
    public static bool LackTag(string key)
    {
        int colon = key.IndexOf(':');
        string name = key.Substring(colon + 1);
        bool noKey = name.IndexOf('/') is var slash && (slash < 0 || slash == name.Length - 1);
        return colon > 0 && noKey && Families.Contains(name.TrimEnd('/'), StringComparer.OrdinalIgnoreCase);
    }
}
