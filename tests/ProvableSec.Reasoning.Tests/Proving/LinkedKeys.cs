using ProvableSec.Policy.Cases;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>What the world of AWS says of a condition key of a request.</summary>
internal enum Sending
{
    /// <summary>It may be sent, with any value, or not.</summary>
    Free,

    /// <summary>It is sent, with any value.</summary>
    Always,

    /// <summary>It is not sent.</summary>
    Never,

    /// <summary>Whether it is sent, and with which value, follows from the rest of the request.</summary>
    Follows,
}

/// <summary>
/// The table of linked keys (docs/semantics.md; IAM User Guide, "AWS global condition context keys" and the principal key values of
/// "IAM policy elements: Variables and tags"), written apart from the prover's assumptions.
/// </summary>
internal static class LinkedKeys
{
    /// <summary>How a key is sent with a request.</summary>
    /// <param name="key">The key in lower case.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="action">The action.</param>
    /// <param name="owner">The account of the resource; null when nobody says.</param>
    /// <param name="organization">The organization of the question.</param>
    /// <param name="throughServices">Whether a service may act for the caller.</param>
    public static Sending Of(string key, CallerPrincipal caller, string action, string? owner, Organization? organization, bool throughServices)
    {
        PrincipalKind kind = caller.Kind;
        bool anonymous = kind == PrincipalKind.Anonymous, service = kind == PrincipalKind.Service, session = kind is PrincipalKind.Role
            or PrincipalKind.AssumedRole;
        bool hasAccount = caller.Account.Length > 0 && kind != PrincipalKind.Federated;
        switch (key)
        {
            case "aws:securetransport" or "aws:currenttime" or "aws:requestedregion" or "aws:useragent" or "aws:viaawsservice":
                return Sending.Always;
            case "aws:principalarn":
                return hasAccount ? Sending.Follows : anonymous ? Sending.Never : Sending.Free;
            case "aws:principalaccount" or "aws:principaltype":
                return hasAccount || anonymous ? Sending.Follows : Sending.Free;
            case "aws:principalisawsservice":
                return hasAccount || service ? Sending.Follows : anonymous ? Sending.Never : Sending.Free;
            case "aws:userid":
                return session || kind == PrincipalKind.User ? Sending.Always : hasAccount || anonymous ? Sending.Follows : Sending.Free;
            case "aws:username":
                return kind == PrincipalKind.User ? Sending.Follows : Sending.Never;
            case "aws:tokenissuetime":
                return session || kind == PrincipalKind.FederatedUser ? Sending.Always : anonymous ? Sending.Never : Sending.Free;
            case "aws:multifactorauthpresent":
                return session ? Sending.Always : anonymous ? Sending.Never : Sending.Free;
            case "aws:principalservicename":
                return service ? Sending.Follows : Sending.Never;
            case "aws:principalservicenameslist" or "aws:sourcearn" or "aws:sourceaccount" or "aws:sourceowner" or "aws:sourceorgid" or "aws:sourceorgpaths":
                return service || throughServices ? Sending.Free : Sending.Never;
            case "aws:principalorgid" or "aws:principalorgpaths":
                return anonymous ? Sending.Never : hasAccount && IsMember(caller.Account) ? Sending.Follows : Sending.Free;
            case "aws:resourceaccount":
                return Sending.Follows;
            case "aws:resourceorgid" or "aws:resourceorgpaths":
                return IsSentWithoutOwner(action) ? Sending.Never : owner is not null && IsMember(owner) ? Sending.Follows : Sending.Free;
            default:
                return Sending.Free;
        }

        bool IsMember(string account) => organization?.Accounts.ContainsKey(account) == true
            || (organization?.ManagementAccount == account && key.EndsWith("orgid", StringComparison.Ordinal));
    }

    /// <summary>Of the actions that are sent without the resource's account, those that the requests of these tests have.</summary>
    private static bool IsSentWithoutOwner(string action) =>
        action.Equals("ec2:CopyImage", StringComparison.OrdinalIgnoreCase) || action.StartsWith("ebs:", StringComparison.OrdinalIgnoreCase);
}
