namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>The keys of organizations: an id and its paths together, those of the given organization for its accounts and for no others.</summary>
internal static class OrganizationRules
{
    public static IEnumerable<string> Violations(SentRequest request) =>
        Of(request, "aws:principalorg", request.HasAccount ? request.Caller.Account : null)
            .Concat(Of(request, "aws:resourceorg", request.SendsOwner ? request.Owner : null))
            .Concat(OneOrganization(request));

    private static IEnumerable<string> Of(SentRequest request, string keys, string? account)
    {
        string idKey = keys + "id", pathsKey = keys + "paths";
        string[]? id = request.Of(idKey), paths = request.Of(pathsKey);
        bool? member = account is null ? null : request.IsMember(account);
        if ((id is { Length: > 0 } && paths is { Length: 0 }) || (id is { Length: 0 } && paths is { Length: > 0 }))
        {
            yield return $"{idKey} and {pathsKey} are sent together";
        }

        if (id is [var one] && paths is { Length: > 0 } && !paths.All(p => p.StartsWith(one + "/", StringComparison.Ordinal)))
        {
            yield return $"{pathsKey} does not begin with {idKey}";
        }

        if (member == true)
        {
            if (id is { Length: 0 } || paths is { Length: 0 })
            {
                yield return $"{idKey} and {pathsKey} are always sent for members of the organization";
            }

            if (request.OrganizationId is { } given && (request.Differs(idKey, given)
                || paths?.All(p => p.StartsWith(given + "/", StringComparison.Ordinal)) == false))
            {
                yield return $"{idKey} or {pathsKey} of a member is not the organization's";
            }

            if (request.PathOf(account!) is { } path && paths is { Length: > 0 } && !paths.SequenceEqual([path]))
            {
                yield return $"{pathsKey} of a member is not its account's path";
            }
        }
        else if (member == false && request.OrganizationId is { } given
            && (id?.Contains(given) == true || paths?.Any(p => p.StartsWith(given + "/", StringComparison.Ordinal)) == true))
        {
            yield return $"{idKey} or {pathsKey} of an account outside the organization is the organization's";
        }
    }

    /// <summary>An account lies in one organization, whether it calls or owns.</summary>
    private static IEnumerable<string> OneOrganization(SentRequest request)
    {
        if (request.HasAccount && request.SendsOwner && request.Owner == request.Caller.Account && request.Of("aws:principalorgid") is { } callers
            && request.Of("aws:resourceorgid") is { } owners && !callers.SequenceEqual(owners))
        {
            yield return "the caller's account is in another organization as a caller than as an owner";
        }
    }
}
