using System.Collections.Immutable;
using System.Globalization;
using ProvableSec.Policy.Cases;

namespace ProvableSec.Policy.Evaluation;

/// <summary>
/// The context of a request: the keys the case lists, and those that follow from the caller, the resource and the organisation
/// (IAM User Guide, "Global condition context keys"). Nothing comes from a clock or a network.
/// </summary>
internal static class RequestKeys
{
    /// <summary>Finds a key by its name, however it is capitalised. Notes a key that AWS always sends and the case lacks.</summary>
    public static KeyValues Find(EvaluationRun run, string key, out KnownKey known)
    {
        known = KnownKeys.Find(key);
        if (TryListed(run, key, known, out KeyValues values))
        {
            return values;
        }

        if (known == KnownKey.None)
        {
            return default;
        }

        values = Derive(run, known);
        if (values.IsAbsent && IsAlwaysSent(run, known))
        {
            run.NoteMissing(known);
        }

        return values;
    }

    /// <summary>Warns where the case lists another value than follows from the rest of it. The listed one is used.</summary>
    public static void WarnOfContradictions(EvaluationRun run)
    {
        foreach (ContextEntry entry in run.Request.Context)
        {
            KnownKey known = KnownKeys.Find(entry.FoldedKey);
            if (known == KnownKey.None)
            {
                continue;
            }

            KeyValues derived = Derive(run, known);
            if (!derived.IsAbsent && Contradicts(run, known, entry.Values, derived))
            {
                string listed = entry.Values.IsDefaultOrEmpty ? "absent" : string.Join(", ", entry.Values);
                run.Warn($"{entry.Key} is listed as {listed}, but {derived[0].ToString()}{(derived.Count > 1 ? ", …" : "")} follows from the case; the listed value is used");
            }
        }
    }

    /// <summary>Whether the request comes through a VPC endpoint, where <c>aws:SourceIp</c> is not sent.</summary>
    public static bool ComesThroughEndpoint(EvaluationRun run) =>
        !run.Stack.VpcEndpointPolicies.IsDefaultOrEmpty || IsListed(run, KnownKey.SourceVpce) || IsListed(run, KnownKey.SourceVpc) || IsListed(run, KnownKey.VpcSourceIp);

    /// <summary>The ARN of the caller's role, as <c>aws:PrincipalArn</c> gives it; null for other callers.</summary>
    public static string? RoleArn(EvaluationRun run)
    {
        CallerPrincipal caller = run.Request.Principal;
        if (caller.Kind == PrincipalKind.Role)
        {
            return caller.Name;
        }

        if (caller.Kind != PrincipalKind.AssumedRole)
        {
            return null;
        }

        // A session's ARN leaves out the role's path; aws:PrincipalArn has it.
        foreach (ContextEntry entry in run.Request.Context)
        {
            if (entry.Values.Length == 1 && KnownKeys.Find(entry.FoldedKey) == KnownKey.PrincipalArn && IsArnOfRole(entry.Values[0], caller))
            {
                return entry.Values[0];
            }
        }

        return caller.RoleArn;
    }

    private static bool TryListed(EvaluationRun run, string key, KnownKey known, out KeyValues values)
    {
        ImmutableArray<ContextEntry> context = run.Request.Context;
        int first = -1, last = -1;
        for (int i = 0; i < context.Length; i++)
        {
            if (CaseFold.Equal(context[i].FoldedKey.AsSpan(), key.AsSpan()))
            {
                first = first < 0 ? i : first;
                last = i;
            }
        }

        if (first < 0)
        {
            values = default;
            return false;
        }

        int chosen = first != last && known == KnownKey.None && run.Takes(Reading.LastOfCaseVariantTags) ? last : first;
        values = KeyValues.Listed(context[chosen].Values);
        return true;
    }

    private static KeyValues Derive(EvaluationRun run, KnownKey key)
    {
        CallerPrincipal caller = run.Request.Principal;
        PrincipalKind kind = caller.Kind;
        bool anonymous = kind == PrincipalKind.Anonymous;
        switch (key)
        {
            case KnownKey.PrincipalArn:
                return KeyValues.Single(kind switch
                {
                    PrincipalKind.Root or PrincipalKind.User or PrincipalKind.FederatedUser or PrincipalKind.Role => caller.Name,
                    PrincipalKind.AssumedRole => caller.RoleArn,
                    _ => null,
                });
            case KnownKey.PrincipalAccount:
                return KeyValues.Single(anonymous ? "anonymous" : run.CallerAccount);
            case KnownKey.PrincipalType:
                return KeyValues.Single(kind switch
                {
                    PrincipalKind.Root => "Account",
                    PrincipalKind.User => "User",
                    PrincipalKind.Role or PrincipalKind.AssumedRole => "AssumedRole",
                    PrincipalKind.FederatedUser => "FederatedUser",
                    PrincipalKind.Anonymous => "Anonymous",
                    _ => null,
                });
            case KnownKey.UserId:
                return KeyValues.Single(kind switch
                {
                    PrincipalKind.Root => caller.Account,
                    PrincipalKind.FederatedUser => caller.FederatedUserId,
                    PrincipalKind.Anonymous => "anonymous",
                    _ => null,
                });
            case KnownKey.UserName:
                return KeyValues.Single(kind == PrincipalKind.User ? caller.UserName : null);
            case KnownKey.PrincipalIsAwsService:
                return KeyValues.Single(kind == PrincipalKind.Service ? "true" : run.CallerAccount is null ? null : "false");
            case KnownKey.PrincipalServiceName:
                return KeyValues.Single(kind == PrincipalKind.Service ? caller.Name : null);
            case KnownKey.PrincipalOrgId:
                return KeyValues.Single(OrganizationId(run, run.CallerAccount));
            case KnownKey.PrincipalOrgPaths:
                return KeyValues.Single(OrganizationPath(run, run.CallerAccount));
            case KnownKey.ResourceAccount:
                return KeyValues.Single(ServiceFacts.SendsResourceAccount(run.Request.Action) ? run.ResourceAccount : null);
            case KnownKey.ResourceOrgId:
                return KeyValues.Single(ServiceFacts.SendsResourceAccount(run.Request.Action) ? OrganizationId(run, run.ResourceAccount) : null);
            case KnownKey.ResourceOrgPaths:
                return KeyValues.Single(ServiceFacts.SendsResourceAccount(run.Request.Action) ? OrganizationPath(run, run.ResourceAccount) : null);
            case KnownKey.TagKeys:
                return KeyValues.TagKeysOf(run.Request);
            case KnownKey.CurrentTime:
                return KeyValues.Single(ListedMoment(run, KnownKey.EpochTime) is { } epoch ? epoch.ToText() : null);
            case KnownKey.EpochTime:
                return KeyValues.Single(ListedMoment(run, KnownKey.CurrentTime) is { } current ? current.Seconds.ToString(CultureInfo.InvariantCulture) : null);
            default:
                return default;
        }
    }

    private static bool IsAlwaysSent(EvaluationRun run, KnownKey key)
    {
        PrincipalKind kind = run.Request.Principal.Kind;
        bool temporary = kind is PrincipalKind.Role or PrincipalKind.AssumedRole;
        return key switch
        {
            KnownKey.SecureTransport or KnownKey.CurrentTime or KnownKey.EpochTime or KnownKey.RequestedRegion or KnownKey.UserAgent or KnownKey.ViaAwsService => true,
            KnownKey.SourceIp => kind != PrincipalKind.Service && !ComesThroughEndpoint(run),
            KnownKey.UserId => temporary || kind == PrincipalKind.User,
            KnownKey.TokenIssueTime => temporary || kind == PrincipalKind.FederatedUser,
            KnownKey.MultiFactorAuthPresent => temporary,
            KnownKey.PrincipalServiceNamesList => kind == PrincipalKind.Service,
            KnownKey.ResourceAccount => ServiceFacts.SendsResourceAccount(run.Request.Action),

            // In the organisation, but the case does not say where.
            KnownKey.PrincipalOrgPaths => OrganizationId(run, run.CallerAccount) is not null,
            KnownKey.ResourceOrgPaths => ServiceFacts.SendsResourceAccount(run.Request.Action) && OrganizationId(run, run.ResourceAccount) is not null,
            _ => false,
        };
    }

    private static bool Contradicts(EvaluationRun run, KnownKey key, ImmutableArray<string> listed, KeyValues derived)
    {
        if (listed.IsDefaultOrEmpty)
        {
            return true;
        }

        CallerPrincipal caller = run.Request.Principal;
        switch (key)
        {
            case KnownKey.PrincipalArn when caller.Kind == PrincipalKind.AssumedRole:
                return listed.Length != 1 || !IsArnOfRole(listed[0], caller);
            case KnownKey.CurrentTime or KnownKey.EpochTime:
                // Each derives from the other: the same second written in another way is no contradiction.
                return listed.Length != 1
                    || (Moment.TryParse(listed[0].AsSpan(), out Moment one) && Moment.TryParse(derived[0], out Moment other) && one.Seconds != other.Seconds);
            case KnownKey.TagKeys:
                for (int i = 0; i < derived.Count; i++)
                {
                    if (!Holds(listed, derived[i]))
                    {
                        return true;
                    }
                }

                return false;
            case KnownKey.PrincipalIsAwsService:
                return listed.Length != 1 || !CaseFold.Equal(listed[0].AsSpan(), derived[0]);
            default:
                return listed.Length != 1 || !listed[0].AsSpan().SequenceEqual(derived[0]);
        }
    }

    private static bool Holds(ImmutableArray<string> listed, ReadOnlySpan<char> text)
    {
        foreach (string value in listed)
        {
            if (value.AsSpan().SequenceEqual(text))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsListed(EvaluationRun run, KnownKey key)
    {
        foreach (ContextEntry entry in run.Request.Context)
        {
            if (!entry.Values.IsDefaultOrEmpty && KnownKeys.Find(entry.FoldedKey) == key)
            {
                return true;
            }
        }

        return false;
    }

    private static Moment? ListedMoment(EvaluationRun run, KnownKey key)
    {
        foreach (ContextEntry entry in run.Request.Context)
        {
            if (entry.Values.Length == 1 && KnownKeys.Find(entry.FoldedKey) == key && Moment.TryParse(entry.Values[0].AsSpan(), out Moment moment))
            {
                return moment;
            }
        }

        return null;
    }

    private static string? OrganizationId(EvaluationRun run, string? account)
    {
        if (run.Stack.Organization is not { } organization || account is null)
        {
            return null;
        }

        if (organization.Accounts.TryGetValue(account, out string? path))
        {
            int slash = path.IndexOf('/');
            return organization.Id ?? (slash > 0 ? path.Substring(0, slash) : null);
        }

        return account == organization.ManagementAccount ? organization.Id : null;
    }

    private static string? OrganizationPath(EvaluationRun run, string? account) =>
        run.Stack.Organization is { } organization && account is not null && organization.Accounts.TryGetValue(account, out string? path) ? path : null;

    private static bool IsArnOfRole(string arn, CallerPrincipal caller)
    {
        ReadOnlySpan<char> rest = ArnPattern.Rest(arn);
        return ArnPattern.Field(arn, 0).SequenceEqual("arn".AsSpan())
            && ArnPattern.Field(arn, 1).SequenceEqual(caller.Partition.AsSpan())
            && ArnPattern.Field(arn, 2).SequenceEqual("iam".AsSpan())
            && ArnPattern.Field(arn, 4).SequenceEqual(caller.Account.AsSpan())
            && rest.StartsWith("role/".AsSpan())
            && rest.Slice(rest.LastIndexOf('/') + 1).SequenceEqual(caller.Path.AsSpan());
    }
}
