using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Assumptions;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Witnesses;

/// <summary>
/// Whether AWS could send a request that was made of a witness by changing its caller, action, resource or keys: what follows from one of these has to go with
/// it.
/// A model knows all facts of the world; this looks only at what such changes break, with the plain eyes of a reader of AWS's pages.
/// </summary>
/// <param name="query">The question.</param>
/// <param name="asking">Who asks.</param>
/// <param name="asks">The keys that the question asks about, in lower case: one that is not listed is absent, or follows.</param>
internal sealed class PossibleRequests(Query query, QuestionCallers asking, ICollection<string> asks)
{
    /// <summary>The keys that say in which organization somebody is: of the caller, and of the resource's owner.</summary>
    private const string CallersOrgId = "aws:principalorgid", CallersOrgPaths = "aws:principalorgpaths", OwnersOrgId = "aws:resourceorgid",
        OwnersOrgPaths = "aws:resourceorgpaths", SourceOwner = "aws:sourceowner";

    private readonly Organization? organization = query.Subject.Stack?.Organization ?? query.Baseline?.Stack?.Organization;

    /// <summary>Whether a request is possible as far as can be seen.</summary>
    public bool Has(AccessRequest request)
    {
        if (query.World == World.Free || query.Without.Contains(AssumptionName.LinkedKeys))
        {
            return true;
        }

        string? named = ArnFields.AccountOf(request.Resource), caller = request.Principal.Account is { Length: > 0 } account ? account : null,
            owner = request.ResourceAccount ?? named ?? caller;
        return (named is null || request.ResourceAccount is null || request.ResourceAccount == named)
            && (request.Resource != "*" || request.ResourceAccount is null || caller is null || request.ResourceAccount == caller)
            && !WitnessBuilder.LiesElsewhere(request.Resource, request.Principal)
            && (query.Without.Contains(AssumptionName.Shapes) || (HasPlainFields(request.Resource) && HasPlainValues(request)))
            && (IsOfAws(request) || !ReservedToAws.IsOwned(request.Action.ToLowerInvariant(), request.Resource))
            && !ReservedToAws.IsRefused(request.Principal, request.Action.ToLowerInvariant())
            && (!Sends(request, SourceOwner) || request.Principal.Kind == PrincipalKind.Service || (caller is not null && owner == caller))
            && !Array.Exists(WorldModel.AlwaysSent, k => Listed(request, k) is { IsEmpty: true }) && HasSessionKeys(request) && IsOfCaller(request)
            && HasBegun(request) && IsOfOneMoment(request) && HasOwner(request, owner) && ComesFromSomewhere(request)
            && AreTogether(request, CallersOrgId, CallersOrgPaths, null) && AreTogether(request, OwnersOrgId, OwnersOrgPaths, null)
            && AreBelow(request, CallersOrgId, CallersOrgPaths) && AreBelow(request, OwnersOrgId, OwnersOrgPaths)
            && ComesThroughServices(request) && HasAuthenticated(request) && NamesTags(request)
            && (caller is null || AreOf(request, caller, CallersOrgId, CallersOrgPaths))
            && (ResourceKeys.AreSentWith(request.Action) ? owner is null || AreOf(request, owner, OwnersOrgId, OwnersOrgPaths)
                : !Sends(request, OwnersOrgId) && !Sends(request, OwnersOrgPaths))
            && (named is null || Listed(request, ResourceKeys.Account) is not { IsEmpty: false } its || Is(its, named))
            && (owner is null || Listed(request, "s3:resourceaccount") is not { IsEmpty: false } owners || Is(owners, owner))
            && (caller is null || owner != caller || (AreTogether(request, CallersOrgId, OwnersOrgId, null) && AreSame(request, CallersOrgId, OwnersOrgId)))
            && request.Context.All(e => e.FoldedKey.IndexOf(":resourcetag/", StringComparison.Ordinal) is var tag and > 0
                ? (e.Values.IsDefaultOrEmpty || !asks.Contains("aws" + e.FoldedKey.Substring(tag)) || Sends(request, "aws" + e.FoldedKey.Substring(tag)))
                    && AreTogether(request, e.FoldedKey.StartsWith("aws:", StringComparison.Ordinal)
                        ? request.Action.Split(':')[0].ToLowerInvariant() + e.FoldedKey.Substring(tag)
                        : e.FoldedKey, "aws" + e.FoldedKey.Substring(tag), e.FoldedKey.Substring(0, tag))
                : AreInPartition(request, e));
    }

    /// <summary>Whether a service of AWS asks, itself or through a role that is linked to it.</summary>
    private static bool IsOfAws(AccessRequest request) => request.Principal.Kind switch
    {
        PrincipalKind.Service => true,
        PrincipalKind.Role => request.Principal.Path.StartsWith("aws-service-role/", StringComparison.Ordinal),
        PrincipalKind.AssumedRole => Listed(request, "aws:principalarn") is [var role, ..]
            && role.IndexOf(":role/aws-service-role/", StringComparison.Ordinal) > 0,
        _ => false,
    };

    /// <summary>Whether two keys, both of which the question asks about, are listed both or neither; those of a service on its own actions only.</summary>
    private bool AreTogether(AccessRequest request, string one, string other, string? service) => !asks.Contains(one) || !asks.Contains(other)
        || (service is not (null or "aws") && !request.Action.StartsWith(service + ":", StringComparison.OrdinalIgnoreCase))
        || Sends(request, one) == Sends(request, other);

    /// <summary>Whether an ARN has a service and a Region as AWS spells them, and belongs to an account, to AWS or to nobody.</summary>
    private static bool HasPlainFields(string resource) => resource == "*" || resource.Split([':'], 6) is not { Length: 6 } fields
        || (fields[2].Length > 0 && fields[2].All(IsOfName) && fields[3].All(IsOfName)
            && (fields[4] is "" or "aws" || CallerPrincipal.IsTwelveDigits(fields[4])));

    /// <summary>Whether each key has values as such keys have them.</summary>
    private static bool HasPlainValues(AccessRequest request)
    {
        foreach (ContextEntry entry in request.Context)
        {
            foreach (string value in entry.Values.IsDefault ? ImmutableArray<string>.Empty : entry.Values)
            {
                if (!KeyShapes.Fits(entry.FoldedKey, value))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsOfName(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-';

    private static bool AreSame(AccessRequest request, string one, string other) =>
        Listed(request, one) is not { IsEmpty: false } values || Listed(request, other) is not { IsEmpty: false } others || values.SequenceEqual(others);

    /// <summary>Whether the paths in an organization are in the one that another key names.</summary>
    private static bool AreBelow(AccessRequest request, string id, string paths) => Listed(request, id) is not [var one, ..]
        || Listed(request, paths) is not { IsEmpty: false } on || on.All(path => path.StartsWith(one + "/", StringComparison.Ordinal));

    /// <summary>Whether a request that says through which services it comes has a caller with an account, and says that it comes through one.</summary>
    private bool ComesThroughServices(AccessRequest request) => !Array.Exists(CallerKeys.CalledVia, key => Sends(request, key))
        || (request.Principal.Account.Length > 0 && (!asks.Contains(NetworkKeys.ViaService)
            || (Listed(request, NetworkKeys.ViaService) is [var via] && via.Equals("true", StringComparison.OrdinalIgnoreCase))));

    /// <summary>Whether a caller who authenticated with a second factor some time ago did.</summary>
    private bool HasAuthenticated(AccessRequest request) => !Sends(request, "aws:multifactorauthage") || !asks.Contains("aws:multifactorauthpresent")
        || (Listed(request, "aws:multifactorauthpresent") is [var factor] && factor.Equals("true", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the tags that are sent are among those whose names are.</summary>
    private bool NamesTags(AccessRequest request)
    {
        const string Tag = "aws:requesttag/", Names = "aws:tagkeys";
        return !asks.Contains(Names) || request.Context.All(e => e.Values.IsDefaultOrEmpty || !e.FoldedKey.StartsWith(Tag, StringComparison.Ordinal)
            || (Listed(request, Names) is { } names && names.Any(name => name.Equals(e.FoldedKey.Substring(Tag.Length), StringComparison.OrdinalIgnoreCase))));
    }

    private static bool Is(ImmutableArray<string> values, string one) => values.Length == 1 && values[0] == one;

    private static bool Sends(AccessRequest request, string key) => Listed(request, key) is { IsEmpty: false };

    /// <summary>The values that a request lists for a key, none where it says that the key is absent; null where it does not list it.</summary>
    private static ImmutableArray<string>? Listed(AccessRequest request, string key)
    {
        foreach (ContextEntry entry in request.Context)
        {
            if (entry.FoldedKey == key)
            {
                return entry.Values.IsDefault ? ImmutableArray<string>.Empty : entry.Values;
            }
        }

        return null;
    }

    /// <summary>Whether ARNs in a key lie where the caller and the resource do.</summary>
    private static bool AreInPartition(AccessRequest request, ContextEntry entry)
    {
        string partition = request.Principal.Partition.Length > 0 ? request.Principal.Partition : request.Resource.Split([':'], 3) is { Length: 3 } fields
            ? fields[1] : "";
        return partition.Length == 0 || entry.Values.IsDefaultOrEmpty || ServiceCatalogue.Default.FindKeyType(entry.FoldedKey)?.Type != ConditionKeyType.Arn
            || entry.Values.All(v => v.StartsWith($"arn:{partition}:", StringComparison.Ordinal));
    }

    /// <summary>Whether keys that come with every session of the caller's kind, and that the question asks about, are there; the name of a service is its
    /// own.</summary>
    private bool HasSessionKeys(AccessRequest request)
    {
        PrincipalKind kind = request.Principal.Kind;
        bool isRole = kind is PrincipalKind.Role or PrincipalKind.AssumedRole;
        return (request.Principal.Account.Length == 0 || kind == PrincipalKind.Federated
            || !Array.Exists(CallerKeys.OfEveryAccount, k => Listed(request, k) is { IsEmpty: true }))
            && (!asks.Contains("aws:tokenissuetime") || !(isRole || kind == PrincipalKind.FederatedUser) || Sends(request, "aws:tokenissuetime"))
            && (!asks.Contains("aws:userid") || !(isRole || kind == PrincipalKind.User) || Sends(request, "aws:userid"))
            && (kind != PrincipalKind.Service || Listed(request, "aws:principalservicename") is not { } services || Is(services, request.Principal.Name));
    }

    /// <summary>Whether keys that say who the caller is say it of this one.</summary>
    private static bool IsOfCaller(AccessRequest request)
    {
        CallerPrincipal caller = request.Principal;
        bool isUnsigned = caller.Kind is PrincipalKind.Anonymous or PrincipalKind.Federated;
        return (caller.Kind is not (PrincipalKind.Service or PrincipalKind.Federated) || caller.Account.Length > 0 || IsHost(caller.Name))
            && (!isUnsigned || !Array.Exists(CallerKeys.OfSignedRequests, k => Sends(request, k)))
            && (caller.Account.Length == 0 || caller.Kind == PrincipalKind.Federated || Listed(request, "kms:calleraccount") is not { IsEmpty: false } accounts
                || Is(accounts, caller.Account))
            && (caller.Kind is not (PrincipalKind.User or PrincipalKind.Role or PrincipalKind.Root)
                || Listed(request, "aws:principalarn") is not { IsEmpty: false } arns || Is(arns, caller.Name))
            && (Listed(request, "aws:userid") is not { IsEmpty: false } ids || IsIdOf(ids[0], caller))
            && (CallerKeys.TypeOf(caller.Kind) is not { } type || Listed(request, "aws:principaltype") is not { IsEmpty: false } types || Is(types, type));
    }

    private static bool IsIdOf(string id, CallerPrincipal caller) => caller.Kind switch
    {
        PrincipalKind.Root => id == caller.Account,
        PrincipalKind.FederatedUser => id == $"{caller.Account}:{caller.Path}",
        PrincipalKind.Anonymous => id == "anonymous",
        PrincipalKind.User or PrincipalKind.Role => CallerKeys.IsUniqueId(id, caller.Kind),
        PrincipalKind.AssumedRole => CallerKeys.IsUniqueId(id, caller.Kind) && id.EndsWith(":" + caller.Session, StringComparison.Ordinal),
        _ => true,
    };

    /// <summary>Whether a name is one of a host, as services and identity providers have them.</summary>
    private static bool IsHost(string name) => name.IndexOf('.') > 0 && name[name.Length - 1] != '.'
        && name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '-' or '/' or ':' or '_');

    /// <summary>Whether the two keys of the time, where both are listed, are one moment, to the second.</summary>
    private static bool IsOfOneMoment(AccessRequest request) => Moment(request, "aws:currenttime") is not { } one
        || Moment(request, "aws:epochtime") is not { } other || one.CompareTo(other) == 0;

    /// <summary>Whether it is known whose the resource is, where the question asks about it.</summary>
    private bool HasOwner(AccessRequest request, string? owner) =>
        owner is not null || !asks.Contains(ResourceKeys.Account) || !ResourceKeys.AreSentWith(request.Action) || Sends(request, ResourceKeys.Account);

    /// <summary>
    /// Whether a request that no service makes comes through a VPC endpoint, with all keys that say which, or has an address, as far as the question asks about
    /// these.
    /// </summary>
    private bool ComesFromSomewhere(AccessRequest request)
    {
        if (request.Principal.Kind == PrincipalKind.Service
            || (Listed(request, "aws:viaawsservice") is { Length: 1 } via && via[0].Equals("true", StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        bool throughEndpoint = asking.ComeThroughEndpoint || NetworkKeys.OfEndpoint.Concat(NetworkKeys.OfSomeEndpoints).Any(k => Sends(request, k));
        return throughEndpoint ? NetworkKeys.OfEndpoint.All(k => !asks.Contains(k) || Sends(request, k)) && !Sends(request, NetworkKeys.SourceIp)
            : !asks.Contains(NetworkKeys.SourceIp) || !NetworkKeys.OfEndpoint.Any(asks.Contains) || Sends(request, NetworkKeys.SourceIp);
    }

    /// <summary>Whether a session is not younger than the request.</summary>
    private static bool HasBegun(AccessRequest request) => Moment(request, "aws:tokenissuetime") is not { } issued
        || (Moment(request, "aws:currenttime") ?? Moment(request, "aws:epochtime")) is not { } now || issued.CompareTo(now) <= 0;

    private static ExactNumber? Moment(AccessRequest request, string key) =>
        Listed(request, key) is { Length: 1 } values && MomentText.TryParse(values[0], out ExactNumber seconds) ? seconds : null;

    /// <summary>Whether what a request lists about an account's organization is so of that account, where the question gives the organization.</summary>
    private bool AreOf(AccessRequest request, string account, string idKey, string pathsKey)
    {
        if (organization is null)
        {
            return true;
        }

        ImmutableArray<string>? ids = Listed(request, idKey), paths = Listed(request, pathsKey);
        if (organization.Accounts.TryGetValue(account, out string? path) || organization.ManagementAccount == account)
        {
            return (ids is { } said ? !said.IsEmpty && (organization.Id is null || Is(said, organization.Id)) : organization.Id is not null
                || !asks.Contains(idKey))
                && (paths is { } on ? !on.IsEmpty && (path is null ? organization.Id is null || on.All(IsBelow) : Is(on, path))
                    : path is not null || !asks.Contains(pathsKey));
        }

        return organization.Accounts.IsEmpty || organization.Id is null || (ids?.Contains(organization.Id) != true && paths?.Any(IsBelow) != true);

        bool IsBelow(string entity) => entity.StartsWith(organization.Id + "/", StringComparison.Ordinal);
    }
}
