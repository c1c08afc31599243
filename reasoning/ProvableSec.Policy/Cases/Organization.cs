using System.Collections.Immutable;

namespace ProvableSec.Policy.Cases;

/// <summary>The organization a case lies in; without one no <c>aws:…OrgID</c> key is sent.</summary>
/// <param name="Id">The organization's id, <c>o-…</c>; null where the paths of its accounts say it, which all begin with it.</param>
/// <param name="ManagementAccount">Its management account, which no SCP or RCP binds.</param>
/// <param name="Accounts">Each member account and its path, <c>o-…/r-…/ou-…/</c>.</param>
public sealed record Organization(string? Id, string? ManagementAccount, ImmutableDictionary<string, string> Accounts)
{
    /// <summary>The organization's id; null where neither it nor a path is given.</summary>
    public string? Id { get; init; } = Id ?? InPaths(Accounts);

    /// <summary>
    /// Whether a text has the form of an organization's id: <c>o-</c> and lower-case letters and digits (Organizations API Reference, Organization).
    /// AWS's own ids have ten or more of them; shorter ones, as examples have them, are taken too.
    /// </summary>
    public static bool IsId(string text) =>
        text is { Length: > 2 and <= 34 } && text.StartsWith("o-", StringComparison.Ordinal)
            && text.Skip(2).All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9'));

    /// <summary>The id with which all paths begin (IAM User Guide, "Understand the AWS Organizations entity path").</summary>
    private static string? InPaths(ImmutableDictionary<string, string> accounts)
    {
        string? id = null;
        foreach (string path in accounts.Values)
        {
            int slash = path.IndexOf('/');
            if (slash <= 0 || (id is not null && path.Substring(0, slash) != id))
            {
                return null;
            }

            id = path.Substring(0, slash);
        }

        return id;
    }
}
