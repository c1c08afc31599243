using System.Text.RegularExpressions;
using ProvableSec.Policy.Cases;

namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>Each kind of caller has the keys that AWS sends for it, with its own values, and no others.</summary>
internal static partial class CallerRules
{
    private static readonly string[] OfPrincipals =
    [
        "aws:calledvia", "aws:calledviafirst", "aws:calledvialast",
        "aws:principalarn", "aws:username", "aws:principalisawsservice", "aws:principalservicename", "aws:principalservicenameslist", "aws:principalorgid",
            "aws:principalorgpaths",
        "aws:tokenissuetime", "aws:multifactorauthpresent", "aws:multifactorauthage",
    ];

    private static readonly string[] Always = ["aws:securetransport", "aws:currenttime", "aws:epochtime", "aws:requestedregion", "aws:useragent",
        "aws:viaawsservice"];

    private static readonly string[] OfServicesOnly = ["aws:principalservicename", "aws:principalservicenameslist", "aws:sourcearn", "aws:sourceaccount",
        "aws:sourceorgid", "aws:sourceorgpaths"];

    /// <summary>What <c>aws:PrincipalType</c> is for a kind of caller; null when nobody says.</summary>
    public static string? TypeOf(PrincipalKind kind) => kind switch
    {
        PrincipalKind.Root => "Account",
        PrincipalKind.User => "User",
        PrincipalKind.Role or PrincipalKind.AssumedRole => "AssumedRole",
        PrincipalKind.FederatedUser => "FederatedUser",
        PrincipalKind.Anonymous => "Anonymous",
        _ => null,
    };

    public static IEnumerable<string> Violations(SentRequest request)
    {
        PrincipalKind kind = request.Caller.Kind;
        bool service = kind == PrincipalKind.Service, anonymous = kind == PrincipalKind.Anonymous;
        foreach (string key in Always.Where(request.Lacks))
        {
            yield return $"{key} is always sent";
        }

        if (anonymous || kind == PrincipalKind.Federated)
        {
            foreach (string key in OfPrincipals.Concat(request.Keys().Where(k => k.StartsWith("aws:principaltag/", StringComparison.Ordinal)))
                .Where(request.Has))
            {
                yield return $"{key} is not sent for {(anonymous ? "anonymous callers" : "web identities and SAML subjects")}";
            }
        }

        if (request.HasAccount)
        {
            foreach (string key in ((string[])["aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:userid", "aws:principalisawsservice"])
                .Where(request.Lacks))
            {
                yield return $"{key} is always sent for callers of an account";
            }

            if (request.Of("aws:principalarn") is { Length: > 0 } arn && !(arn.Length == 1 && IsArnOf(request.Caller, arn[0])))
            {
                yield return "aws:principalarn is not the caller's";
            }

            if (request.Differs("aws:principalaccount", request.Caller.Account))
            {
                yield return "aws:principalaccount is not the caller's";
            }
        }

        if (anonymous)
        {
            foreach (string key in ((string[])["aws:principalaccount", "aws:principaltype", "aws:userid"]).Where(request.Lacks))
            {
                yield return $"{key} is always sent";
            }

            if (request.Differs("aws:principalaccount", "anonymous"))
            {
                yield return "aws:principalaccount of an anonymous caller is not anonymous";
            }
        }

        if (TypeOf(kind) is { } type && request.Differs("aws:principaltype", type))
        {
            yield return "aws:principaltype is not the caller's";
        }

        if (request.Of("aws:userid") is { Length: > 0 } ids && !(ids.Length == 1 && IsUserId(request, ids[0])))
        {
            yield return "aws:userid is not the caller's";
        }

        if (kind == PrincipalKind.User)
        {
            if (request.Lacks("aws:username"))
            {
                yield return "aws:username is always sent for users";
            }

            if (request.Differs("aws:username", request.Caller.Path.Split('/')[^1]))
            {
                yield return "aws:username is not the caller's";
            }
        }
        else if (request.Has("aws:username"))
        {
            yield return "aws:username is sent for users only";
        }

        if ((request.HasAccount || service) && request.Has("aws:principalisawsservice")
            && !request.IsTruth("aws:principalisawsservice", service ? "true" : "false", whenOpen: true))
        {
            yield return "aws:principalisawsservice is not the caller's";
        }

        if ((request.IsRoleSession || kind == PrincipalKind.FederatedUser) && request.Lacks("aws:tokenissuetime"))
        {
            yield return "aws:tokenissuetime is always sent with temporary credentials";
        }

        if (!service)
        {
            foreach (string key in OfServicesOnly.Where(request.Has))
            {
                yield return $"{key} is sent by services only";
            }

            // What SNS writes into a topic's default policy: callers of the topic's own account have it too.
            if (request.Has("aws:sourceowner") && !(request.HasAccount && request.Caller.Account == request.Owner))
            {
                yield return "aws:sourceowner is sent by services and callers of the resource's account only";
            }
        }
        else
        {
            if (request.Lacks("aws:principalisawsservice") || request.Lacks("aws:principalservicename"))
            {
                yield return "aws:principalisawsservice and aws:principalservicename are always sent by services";
            }

            if (request.Differs("aws:principalservicename", request.Caller.Name))
            {
                yield return "aws:principalservicename is not the caller's";
            }

            foreach (string key in ((string[])["aws:principalorgid", "aws:principalorgpaths"]).Where(request.Has))
            {
                yield return $"{key} is sent for members of an organization only";
            }

            foreach (string key in ((string[])["aws:calledvia", "aws:calledviafirst", "aws:calledvialast"]).Where(request.Has))
            {
                yield return $"{key} is sent where a service calls in the name of a user or role";
            }
        }
    }

    /// <summary>Whether <c>aws:PrincipalArn</c> is a caller's: a session's is its role's, with the path that the session's own ARN leaves out.</summary>
    private static bool IsArnOf(CallerPrincipal caller, string arn) => caller.Kind != PrincipalKind.AssumedRole ? arn == caller.Name
        : $"arn:{caller.Partition}:iam::{caller.Account}:role/" is var role && arn.StartsWith(role, StringComparison.Ordinal) && arn[role.Length..] is var path
            && path.Split('/')[^1] == caller.Path && NameRules.IsPathAndName(path);

    private static bool IsUserId(SentRequest request, string id)
    {
        CallerPrincipal caller = request.Caller;
        return caller.Kind switch
        {
            PrincipalKind.Root => id == caller.Account,
            PrincipalKind.User => UserId.IsMatch(id),
            PrincipalKind.FederatedUser => id == $"{caller.Account}:{caller.Path}",
            PrincipalKind.Role or PrincipalKind.AssumedRole => id.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && RoleId.IsMatch(id[..colon])
                && (caller.Session.Length > 0 ? id[(colon + 1)..] == caller.Session : NameRules.IsOneName(id[(colon + 1)..])),
            PrincipalKind.Anonymous => id == "anonymous",
            _ => true,
        };
    }

    [GeneratedRegex(@"^AIDA[A-Z0-9]+\z")]
    private static partial Regex UserId { get; }

    [GeneratedRegex(@"^AROA[A-Z0-9]+\z")]
    private static partial Regex RoleId { get; }
}
