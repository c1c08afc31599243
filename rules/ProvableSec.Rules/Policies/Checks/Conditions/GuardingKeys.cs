namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Keys that tell one's own accounts, organization and networks from others.</summary>
internal static class GuardingKeys
{
    private const int FixedCharacters = 6;

    private static readonly string[] Whole =
    [
        "aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:ResourceAccount", "aws:ResourceOrgID", "aws:SourceAccount", "aws:SourceOwner", "aws:SourceOrgID",
        "aws:SourceVpc", "aws:SourceVpce", "aws:VpceAccount", "aws:VpceOrgID",
    ];

    private static readonly string[] Paths = ["aws:PrincipalOrgPaths", "aws:ResourceOrgPaths", "aws:SourceOrgPaths", "aws:VpceOrgPaths"];

    /// <summary>Whether something other than a fixed character may not stand at a place of the key's value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="at">Where it stands; negative for nowhere.</param>
    public static bool TooEarly(string key, string value, int at)
    {
        if (at < 0)
        {
            return false;
        }

        if (key.Equals("aws:userid", StringComparison.OrdinalIgnoreCase))
        {
            int colon = value.IndexOf(':');
            return colon < 0 || at < colon;
        }

        return Whole.Contains(key, StringComparer.OrdinalIgnoreCase) || (Paths.Contains(key, StringComparer.OrdinalIgnoreCase) && at < FixedCharacters);
    }
}
