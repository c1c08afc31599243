using System.Collections.Immutable;
using ProvableSec.Policy.Cases;

namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>
/// A request as AWS would see it: its keys with what follows from the rest of it, written apart from evaluator and prover. A key that is neither
/// listed nor asked about is open: the request stands for every one that has it or not.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="organization">The organization that is given, if any.</param>
/// <param name="throughEndpoint">Whether the policies of the VPC endpoint that it comes through are given.</param>
/// <param name="asked">The keys that somebody asks about, in lower case: such a key is absent where it is not listed. Null when that is not known.</param>
internal sealed class SentRequest(AccessRequest request, Organization? organization, bool throughEndpoint, IReadOnlySet<string>? asked)
{
    // IAM User Guide, "AWS global condition context keys", aws:ResourceAccount.
    private static readonly HashSet<string> WithoutOwner = new(StringComparer.OrdinalIgnoreCase)
    {
        "auditmanager:UpdateAssessmentFrameworkShare", "detective:AcceptInvitation", "ds:AcceptSharedDirectory", "ec2:AcceptTransitGatewayPeeringAttachment",
            "ec2:AcceptVpcEndpointConnections",
        "ec2:AcceptVpcPeeringConnection", "ec2:CopyImage", "ec2:CopySnapshot", "ec2:CreateTransitGatewayPeeringAttachment", "ec2:CreateVolume",
            "ec2:CreateVpcEndpoint", "ec2:CreateVpcPeeringConnection",
        "ec2:DeleteTransitGatewayPeeringAttachment", "ec2:DeleteVpcPeeringConnection", "ec2:RejectTransitGatewayPeeringAttachment",
            "ec2:RejectVpcEndpointConnections", "ec2:RejectVpcPeeringConnection",
        "events:PutEvents", "guardduty:AcceptAdministratorInvitation", "macie2:AcceptInvitation", "es:AcceptInboundConnection",
            "route53:AssociateVpcWithHostedZone", "route53:CreateVPCAssociationAuthorization",
        "route53:DeleteVPCAssociationAuthorization", "route53:DisassociateVPCFromHostedZone", "route53:ListHostedZonesByVPC",
            "securityhub:AcceptAdministratorInvitation",
    };

    private static readonly string[] Nothing = [];

    public CallerPrincipal Caller => request.Principal;

    public string Action => request.Action;

    /// <summary>The action's service, in lower case.</summary>
    public string Service { get; } = request.Action.Split(':')[0].ToLowerInvariant();

    public string Resource => request.Resource;

    /// <summary>The account that the case gives the resource to, if it says so.</summary>
    public string? GivenOwner => request.ResourceAccount;

    public Organization? Organization => organization;

    public bool ThroughEndpoint => throughEndpoint;

    public ImmutableArray<ContextEntry> Context => request.Context;

    /// <summary>The six fields of the resource's ARN; null when it is none.</summary>
    public string[]? ResourceArn { get; } = Arn(request.Resource);

    /// <summary>Whether the caller is an account's: its root, a user, a session.</summary>
    public bool HasAccount => Caller.Kind is PrincipalKind.Root or PrincipalKind.User or PrincipalKind.Role or PrincipalKind.AssumedRole
        or PrincipalKind.FederatedUser;

    public bool IsRoleSession => Caller.Kind is PrincipalKind.Role or PrincipalKind.AssumedRole;

    /// <summary>The account that the ARN names, if it is one of a customer.</summary>
    public string? NamedOwner => ResourceArn is { } fields && IsAccount(fields[4]) ? fields[4] : null;

    /// <summary>Whose the resource is: as the case says, as its ARN does, else the caller's account's.</summary>
    public string? Owner => GivenOwner ?? NamedOwner ?? (HasAccount ? Caller.Account : null);

    public bool SendsOwner => !WithoutOwner.Contains(Action) && Service != "ebs";

    /// <summary>Whether a service calls, or may call in the caller's name: then what is sent about the network is free.</summary>
    public bool MayComeFromService => Caller.Kind == PrincipalKind.Service || !IsTruth("aws:viaawsservice", "false", whenOpen: false);

    /// <summary>The values of a key, none when it is absent, null when it is open.</summary>
    /// <param name="key">The key in lower case.</param>
    public string[]? Of(string key)
    {
        foreach (ContextEntry entry in request.Context)
        {
            if (string.Equals(entry.FoldedKey, key, StringComparison.OrdinalIgnoreCase))
            {
                return [.. entry.Values];
            }
        }

        return Following(key) ?? (asked?.Contains(key) == true ? Nothing : null);
    }

    public bool Has(string key) => Of(key) is { Length: > 0 };

    public bool Lacks(string key) => Of(key) is { Length: 0 };

    /// <summary>Whether a key is sent with another value than this one.</summary>
    public bool Differs(string key, string value) => Of(key) is { Length: > 0 } values && !(values.Length == 1 && values[0] == value);

    /// <summary>Whether a key has one of the values true and false, however it is written.</summary>
    public bool IsTruth(string key, string truth, bool whenOpen) =>
        Of(key) is not { } values ? whenOpen : values.Length == 1 && values[0].Equals(truth, StringComparison.OrdinalIgnoreCase);

    /// <summary>The keys that are listed with a value, in lower case.</summary>
    public IEnumerable<string> Keys() => request.Context.Where(e => e.Values.Length > 0).Select(e => e.FoldedKey);

    public static bool IsAccount(string text) => text.Length == 12 && text.All(char.IsAsciiDigit);

    /// <summary>The fields of an ARN, or null.</summary>
    public static string[]? Arn(string text) => text.Split(':', 6) is { Length: 6 } fields && fields[0] == "arn" ? fields : null;

    /// <summary>Whether an account lies in the given organization; null when none is given.</summary>
    public bool? IsMember(string account) => organization is null ? null : organization.Accounts.ContainsKey(account)
        || organization.ManagementAccount == account;

    /// <summary>The id of the given organization, which its paths begin with.</summary>
    public string? OrganizationId => organization?.Id ?? organization?.Accounts.Values.FirstOrDefault()?.Split('/')[0];

    /// <summary>Where an account lies in the given organization; null when that is not given.</summary>
    public string? PathOf(string account) => organization?.Accounts.GetValueOrDefault(account);

    private string[]? Following(string key)
    {
        PrincipalKind kind = Caller.Kind;
        string? owner = SendsOwner ? Owner : null;
        string? value = key switch
        {
            "aws:principalarn" => kind == PrincipalKind.AssumedRole ? $"arn:{Caller.Partition}:iam::{Caller.Account}:role/{Caller.Path}" : HasAccount
                ? Caller.Name : null,
            "aws:principalaccount" => HasAccount ? Caller.Account : kind == PrincipalKind.Anonymous ? "anonymous" : null,
            "aws:principaltype" => CallerRules.TypeOf(kind),
            "aws:userid" => kind switch
            {
                PrincipalKind.Root => Caller.Account,
                PrincipalKind.FederatedUser => $"{Caller.Account}:{Caller.Path}",
                PrincipalKind.Anonymous => "anonymous",
                _ => null,
            },
            "aws:username" => kind == PrincipalKind.User ? Caller.Path.Split('/')[^1] : null,
            "aws:principalisawsservice" => kind == PrincipalKind.Service ? "true" : HasAccount ? "false" : null,
            "aws:principalservicename" => kind == PrincipalKind.Service ? Caller.Name : null,
            "aws:principalorgid" => HasAccount && IsMember(Caller.Account) == true ? OrganizationId : null,
            "aws:principalorgpaths" => HasAccount ? PathOf(Caller.Account) : null,
            "aws:resourceaccount" => owner,
            "aws:resourceorgid" => owner is not null && IsMember(owner) == true ? OrganizationId : null,
            "aws:resourceorgpaths" => owner is null ? null : PathOf(owner),
            "aws:multifactorauthpresent" => IsListed("aws:multifactorauthage") ? "true" : null,
            "aws:viaawsservice" => IsListed("aws:calledvia") || IsListed("aws:calledviafirst") || IsListed("aws:calledvialast") ? "true" : null,
            "aws:currenttime" => Listed("aws:epochtime"),
            "aws:epochtime" => Listed("aws:currenttime"),
            _ => null,
        };
        if (key == "aws:tagkeys" && request.Context.Where(e => e.Values.Length > 0).Select(TagOf).OfType<string>().ToArray() is { Length: > 0 } tags)
        {
            return tags;
        }

        // Another name of a key that is sent.
        string? common = key == "s3:resourceaccount" && Service == "s3" ? "aws:resourceaccount" : key == "kms:calleraccount" && Service == "kms" && HasAccount
            ? "aws:principalaccount" : null;
        return common is not null ? Of(common) : value is null ? null : [value];
    }

    /// <summary>The key of the tag that an entry asks for, or null.</summary>
    public static string? TagOf(ContextEntry entry) =>
        entry.FoldedKey.StartsWith("aws:requesttag/", StringComparison.Ordinal) ? entry.Key["aws:RequestTag/".Length..] : null;

    private bool IsListed(string key) => request.Context.Any(e => e.FoldedKey == key && e.Values.Length > 0);

    // Either of the two ways to write a moment will do.
    private string? Listed(string key) => request.Context.FirstOrDefault(e => e.FoldedKey == key) is { Values: { IsDefault: false, Length: 1 } values }
        ? values[0] : null;
}
