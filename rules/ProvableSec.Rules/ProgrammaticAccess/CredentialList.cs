using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Cases;
using ProvableSec.Rules.Accounts;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Reach;

namespace ProvableSec.Rules.ProgrammaticAccess;

/// <summary>Everybody who has credentials that work until somebody takes them away, by what they reach, then by age.</summary>
/// <param name="Entries">In that order.</param>
/// <param name="WithoutCredentials">How many users the credential report says to have none.</param>
internal sealed record CredentialList(IReadOnlyList<CredentialEntry> Entries, int WithoutCredentials)
{
    private const string PublicAccess = "PSEC2001";

    /// <summary>Makes the list.</summary>
    /// <param name="dump">The users and roles.</param>
    /// <param name="reported">The lines of credential reports.</param>
    /// <param name="found">Findings about users and roles, with the ARN of each.</param>
    /// <param name="accessed">What Access Advisor knows, by ARN.</param>
    /// <param name="reach">Says what somebody reaches.</param>
    public static CredentialList Of(
        AccountDump dump, IReadOnlyList<ReportedUser> reported, IEnumerable<(PolicyFinding Finding, string Owner)> found,
        IReadOnlyDictionary<string, LastAccessed> accessed, Func<string, PrincipalReach> reach)
    {
        ILookup<string, PolicyFinding> about = found.Where(one => IsAboutCredentials(one.Finding.Rule)).ToLookup(one => one.Owner, one => one.Finding,
            StringComparer.Ordinal);
        Dictionary<string, ReportedUser> lines = reported.GroupBy(user => user.Arn).ToDictionary(same => same.Key, same => same.First(),
            StringComparer.Ordinal);
        string[] users = [.. dump.Principals.Where(principal => principal.Caller.Kind == PrincipalKind.User).Select(principal => principal.Caller.Name)
            .Concat(lines.Keys.Where(arn => !lines[arn].IsRoot)).Distinct()];

        // Of an account without a report it is not known who has credentials.
        HashSet<string> accounts = [.. lines.Keys.Select(AccountOf)];
        string[] holders = [.. users.Where(user => lines.TryGetValue(user, out ReportedUser? line) ? HasCredentials(line)
            : !accounts.Contains(AccountOf(user)))];
        IEnumerable<CredentialEntry> roots = lines.Values.Where(line => line.IsRoot && HasCredentials(line))
            .Select(line => Entry(line.Arn, CredentialHolder.Root, new PrincipalReach(line.Arn) { IsAdministrator = true }));
        IEnumerable<CredentialEntry> guests = about.Where(group => group.Any(finding => finding.Rule.Id == PublicAccess) && dump.Principals.Any(principal =>
            principal.Caller.Kind == PrincipalKind.Role && principal.Caller.Name == group.Key))
            .Select(group => Entry(group.Key, CredentialHolder.PublicRole, reach(group.Key)));
        return new CredentialList(
            [
                .. roots.Concat(holders.Select(user => Entry(user, CredentialHolder.User, reach(user)))).Concat(guests)
                    .OrderByDescending(entry => entry.Rank).ThenBy(entry => entry.Holder == CredentialHolder.Root ? 0 : 1)
                    .ThenByDescending(entry => entry.Reach.Open.Count > 0).ThenByDescending(entry => entry.Age)
                    .ThenBy(entry => entry.Principal, StringComparer.Ordinal),
            ],
            users.Length - holders.Length);

        CredentialEntry Entry(string arn, CredentialHolder holder, PrincipalReach reached) => new(arn, holder,
            lines.TryGetValue(arn, out ReportedUser? line) ? line : null,
            reached,
            [.. (line?.Check() ?? []).Concat(about[arn]).GroupBy(finding => (finding.Rule.Id, finding.Message)).Select(same => same.First())
                .OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Rule.Id, StringComparer.Ordinal)],
            accessed.TryGetValue(arn, out LastAccessed? advised) ? advised : null);
    }

    private static bool HasCredentials(ReportedUser user) => user.HasPassword || user.Keys.Count > 0;

    /// <summary>The rules about credentials and whose they are; what policies allow is what is reached.</summary>
    private static bool IsAboutCredentials(Rule rule) => rule.Id is PublicAccess or "PSEC2009" || rule.Id.StartsWith("PSEC22", StringComparison.Ordinal);

    private static string AccountOf(string arn) => arn.Split(':') is { Length: > 4 } fields ? fields[4] : "";
}
