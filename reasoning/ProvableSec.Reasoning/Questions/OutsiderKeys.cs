using System.Globalization;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Questions;

/// <summary>
/// The condition keys whose values say who or where a caller is, so that an outsider does not have them: a list for each service and identity provider, not a
/// pattern of names (IAM User Guide, "AWS global condition context keys"; Amazon S3 User Guide, "Blocking public access", the meaning of "public"; Service
/// Authorization Reference for the keys of identity providers). What a caller chooses fixes nothing: tags of principals and requests, encryption
/// contexts, headers, names of sessions, kms:ViaService.
/// </summary>
internal static class OutsiderKeys
{
    public const string UserId = "aws:userid", OrgId = "aws:principalorgid", OrgPaths = "aws:principalorgpaths", SourceIp = "aws:sourceip",
        Cognito = "cognito-identity.amazonaws.com";

    private const string GitHub = "token.actions.githubusercontent.com";

    /// <summary>Ids of organizations.</summary>
    private static readonly HashSet<string> OrganizationIds = new(StringComparer.Ordinal) { OrgId, "aws:sourceorgid", "aws:vpceorgid" };

    /// <summary>Paths, which begin with the id of an organization; those of units repeat.</summary>
    private static readonly HashSet<string> OrganizationPaths = new(StringComparer.Ordinal) { OrgPaths, "aws:sourceorgpaths", "aws:vpceorgpaths" };

    /// <summary>Accounts, and ARNs of which the account has to be fixed, or the whole.</summary>
    private static readonly HashSet<string> Owners = new(StringComparer.Ordinal)
    {
        "aws:principalarn", "aws:principalaccount", "aws:sourceaccount", "aws:sourcearn", "aws:sourceowner", "aws:vpceaccount", "aws:sourcevpcarn",
        "kms:calleraccount", "s3:dataaccesspointaccount", "s3:dataaccesspointarn",
    };

    /// <summary>Networks, which are fixed by a name without wildcards.</summary>
    private static readonly HashSet<string> Networks = new(StringComparer.Ordinal) { "aws:sourcevpc", "aws:sourcevpce" };

    /// <summary>Of the first the policy of an access point decides who comes through it: not public as Amazon S3 says it, and no proof that outsiders stay
    /// out.</summary>
    private static readonly HashSet<string> Delegating = new(StringComparer.Ordinal) { "s3:dataaccesspointaccount", "s3:dataaccesspointarn" };

    /// <summary>Claims of shared identity providers that name somebody's own project, organization or user for good.</summary>
    private static readonly HashSet<string> Claims = new(StringComparer.Ordinal)
    {
        GitHub + ":repository", GitHub + ":repository_id", GitHub + ":repository_owner", GitHub + ":repository_owner_id", GitHub + ":enterprise_id",
        "gitlab.com:project_id", "gitlab.com:namespace_id",
        "agent.buildkite.com:organization_id", "agent.buildkite.com:pipeline_id", "agent.buildkite.com:cluster_id",
        "accounts.google.com:google/organization_number",
    };

    /// <summary>Whether the key is one of those of access points.</summary>
    public static bool IsDelegating(string key) => Delegating.Contains(key);

    /// <summary>Whether the key is true of no outsider: mount targets are reached from inside the VPC only (Amazon EFS User Guide, "Blocking public
    /// access").</summary>
    public static bool IsOfInsiders(string key) => key == "elasticfilesystem:accessedviamounttarget";

    /// <summary>Whether a value of the key names accounts, so that these count as named by the policy.</summary>
    public static bool NamesAccounts(string key) => Owners.Contains(key) || key == UserId;

    /// <summary>Whether a value says who or where one is, so that an outsider is not that.</summary>
    /// <param name="key">The key, in lower case.</param>
    /// <param name="value">A value that the policy compares it with.</param>
    /// <param name="isWild">Whether wildcards in the value are such.</param>
    /// <param name="zone">Who is trusted.</param>
    public static bool Fixes(string key, PolicyPattern value, bool isWild, TrustZone zone)
    {
        string text = value.Text;
        if (value.HasVariables)
        {
            return false;
        }

        if (OrganizationIds.Contains(key))
        {
            return !isWild && IsTrustedOrganization(text, zone);
        }

        if (OrganizationPaths.Contains(key))
        {
            int slash = text.IndexOf('/');
            string organization = slash < 0 ? text : text.Substring(0, slash);
            return organization.IndexOfAny(['*', '?']) < 0 && IsTrustedOrganization(organization, zone);
        }

        if (Owners.Contains(key))
        {
            string? owner = CallerPrincipal.IsTwelveDigits(text) ? text : ArnFields.AccountOf(text);
            return owner is null ? !isWild && !zone.IsGiven : IsTrustedAccount(owner, zone);
        }

        return key switch
        {
            SourceIp => IsNarrow(text),
            // A session chooses its own name, so the sessions of a role are not fixed.
            UserId => !isWild && !text.StartsWith("AROA", StringComparison.Ordinal) && text != "anonymous",
            _ when Networks.Contains(key) || Claims.Contains(key) => !isWild,
            _ when key.EndsWith(":sub", StringComparison.Ordinal) => !isWild || NamesOwner(text),
            _ => false,
        };
    }

    private static bool IsTrustedOrganization(string id, TrustZone zone) => !zone.IsGiven || zone.Organizations.Contains(id);

    private static bool IsTrustedAccount(string account, TrustZone zone) => !zone.IsGiven || zone.Accounts.Contains(account);

    /// <summary>A federated subject of which the owner is spelled out: <c>repo:OWNER/…</c>.</summary>
    private static bool NamesOwner(string subject)
    {
        int colon = subject.IndexOf(':'), slash = subject.IndexOf('/');
        return colon > 0 && slash > colon + 1 && subject.Substring(0, slash).IndexOfAny(['*', '?']) < 0;
    }

    /// <summary>A range of at most a /8 of IPv4, or a /32 of IPv6: narrow enough to say where one is.</summary>
    private static bool IsNarrow(string range)
    {
        int slash = range.IndexOf('/');
        bool six = range.IndexOf(':') >= 0;
        return slash < 0 || (int.TryParse(range.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            && length >= (six ? 32 : 8));
    }
}
