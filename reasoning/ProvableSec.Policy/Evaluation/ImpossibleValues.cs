using System.Collections.Immutable;
using ProvableSec.Policy.Cases;

namespace ProvableSec.Policy.Evaluation;

/// <summary>
/// Listed values that no request of the caller carries, of keys whose value does not follow from the case (IAM User Guide, "Global condition context keys"
/// and "Variables and tags", the table of principal key values).
/// </summary>
internal static class ImpossibleValues
{
    /// <summary>Why the values cannot be; null where they can.</summary>
    public static string? Reason(EvaluationRun run, KnownKey key, ImmutableArray<string> listed)
    {
        if (listed.IsDefaultOrEmpty)
        {
            return null;
        }

        CallerPrincipal caller = run.Request.Principal;
        if (!Carries(caller.Kind, key))
        {
            return $"a caller of kind {CallerPrincipal.Word(caller.Kind)} does not carry it";
        }

        return key switch
        {
            KnownKey.UserId => UserId(caller, listed[0]),
            KnownKey.PrincipalOrgId => Membership(run, run.CallerAccount, listed[0]),
            KnownKey.ResourceOrgId => Membership(run, run.ResourceAccount, listed[0]),
            _ => null,
        };
    }

    /// <summary>Which keys a caller of a kind may carry; of services AWS documents little, so that most are possible.</summary>
    private static bool Carries(PrincipalKind kind, KnownKey key) => key switch
    {
        KnownKey.PrincipalArn or KnownKey.PrincipalIsAwsService or KnownKey.TokenIssueTime or KnownKey.MultiFactorAuthPresent or KnownKey.MultiFactorAuthAge =>
            kind is not (PrincipalKind.Anonymous or PrincipalKind.Federated),
        KnownKey.PrincipalAccount or KnownKey.PrincipalType or KnownKey.UserId => kind != PrincipalKind.Federated,
        KnownKey.UserName => kind is PrincipalKind.User or PrincipalKind.Service,
        KnownKey.PrincipalServiceName or KnownKey.PrincipalServiceNamesList => kind == PrincipalKind.Service,
        KnownKey.PrincipalOrgId or KnownKey.PrincipalOrgPaths => kind is not (PrincipalKind.Anonymous or PrincipalKind.Service or PrincipalKind.Federated),
        _ => true,
    };

    private static string? UserId(CallerPrincipal caller, string listed)
    {
        bool user = caller.Kind == PrincipalKind.User, role = caller.Kind is PrincipalKind.Role or PrincipalKind.AssumedRole;
        if ((user && !listed.StartsWith("AIDA", StringComparison.Ordinal)) || (role && !listed.StartsWith("AROA", StringComparison.Ordinal)))
        {
            return user ? "the id of a user begins with AIDA" : "the id of a role session begins with AROA";
        }

        int colon = listed.IndexOf(':');
        return role && (colon < 0 || (caller.Session.Length > 0 && listed.Substring(colon + 1) != caller.Session))
            ? "the id of a role session ends in a colon and the name of the session"
            : null;
    }

    private static string? Membership(EvaluationRun run, string? account, string listed) =>
        account is not null
        && run.Stack.Organization is { Accounts.IsEmpty: false } organization
        && organization.Id == listed
        && RequestKeys.OrganizationId(run, account) is null
            ? $"account {account} is not in that organization"
            : null;
}
