using System.Collections.Immutable;
using System.Globalization;
using ProvableSec.Policy.Cases;

namespace ProvableSec.Policy.Evaluation;

/// <summary>
/// The context of a request: the keys the case lists, and those that follow from the caller, the resource and the organization
/// (IAM User Guide, "Global condition context keys"). Nothing comes from a clock or a network.
/// </summary>
internal static class RequestKeys
{
    /// <summary>Finds a key by its name, however it is capitalised. Notes a key that AWS always sends and the case lacks.</summary>
    public static KeyValues Find(EvaluationRun run, string key, out KnownKey known)
    {
        known = KnownKeys.Find(key);
        return Find(run, key, known);
    }

    /// <inheritdoc cref="Find(EvaluationRun, string, out KnownKey)"/>
    public static KeyValues Find(EvaluationRun run, string key, KnownKey known)
    {
        if (TryListed(run, default, key.AsSpan(), known, out KeyValues values))
        {
            return values;
        }

        if (known == KnownKey.None)
        {
            return SameTag(run, key);
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
        ImmutableArray<ContextEntry> context = run.Request.Context;
        for (int i = 0; i < context.Length; i++)
        {
            ContextEntry entry = context[i];
            KnownKey known = run.KeyAt(i);
            if (known == KnownKey.None && entry.FoldedKey.StartsWith("aws:", StringComparison.Ordinal))
            {
                // Of two names for a tag the service's own is held against the global one.
                continue;
            }

            KeyValues derived = known == KnownKey.None ? SameTag(run, entry.FoldedKey) : Derive(run, known);
            string? follows = derived.IsAbsent ? ImpossibleValues.Reason(run, known, entry.Values)
                : Contradicts(run, known, entry.Values, derived) ? $"{derived[0].ToString()}{(derived.Count > 1 ? ", …" : "")} follows from the case"
                : null;
            if (follows is not null)
            {
                string listed = entry.Values.IsDefaultOrEmpty ? "absent" : string.Join(", ", entry.Values);
                run.Warn($"{entry.Key} is listed as {listed}, but {follows}; the listed value is used");
            }
        }
    }

    /// <summary>Whether the request comes through a VPC endpoint, where <c>aws:SourceIp</c> is not sent.</summary>
    public static bool ComesThroughEndpoint(EvaluationRun run) =>
        !run.Stack.VpcEndpointPolicies.IsDefaultOrEmpty || IsListed(run, KnownKey.SourceVpce) || IsListed(run, KnownKey.SourceVpc)
            || IsListed(run, KnownKey.VpcSourceIp);

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
        ImmutableArray<ContextEntry> context = run.Request.Context;
        for (int i = run.PlaceOfValue(KnownKey.PrincipalArn); i >= 0 && i < context.Length; i++)
        {
            ImmutableArray<string> values = context[i].Values;
            if (run.KeyAt(i) == KnownKey.PrincipalArn && values.Length == 1 && IsArnOfRole(values[0], caller))
            {
                return values[0];
            }
        }

        return caller.RoleArn;
    }

    /// <summary>The id of the case's organization for its accounts; null for others.</summary>
    public static string? OrganizationId(EvaluationRun run, string? account)
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

    /// <summary>A key in two parts, so that none needs to be put together.</summary>
    private static bool TryListed(EvaluationRun run, ReadOnlySpan<char> prefix, ReadOnlySpan<char> rest, KnownKey known, out KeyValues values)
    {
        ImmutableArray<ContextEntry> context = run.Request.Context;
        if (known != KnownKey.None)
        {
            int place = run.PlaceOf(known);
            values = place < 0 ? default : KeyValues.Listed(context[place].Values);
            return place >= 0;
        }

        (int first, int last) = run.ListedKeys is { } listed ? listed.Find(prefix, rest) : (-1, -1);
        for (int i = 0; i < context.Length && run.ListedKeys is null; i++)
        {
            ReadOnlySpan<char> key = context[i].FoldedKey.AsSpan();
            if (key.Length == prefix.Length + rest.Length && CaseFold.Equal(key.Slice(prefix.Length), rest) && CaseFold.StartsWith(key, prefix))
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

        int chosen = first != last && run.Takes(Reading.LastOfCaseVariantTags) ? last : first;
        values = KeyValues.Listed(context[chosen].Values);
        return true;
    }

    /// <summary>
    /// A tag of the resource under its other name: on a service's own actions <c>SERVICE:ResourceTag/K</c> and <c>aws:ResourceTag/K</c> are one.
    /// </summary>
    private static KeyValues SameTag(EvaluationRun run, string key)
    {
        int colon = key.IndexOf(':');
        if (colon <= 0 || !CaseFold.StartsWith(key.AsSpan(colon), ":resourcetag/".AsSpan()))
        {
            return default;
        }

        ReadOnlySpan<char> action = run.Request.Action.AsSpan(), prefix = key.AsSpan(0, colon);
        ReadOnlySpan<char> service = action.Slice(0, Math.Max(0, action.IndexOf(':'))), global = "aws".AsSpan();
        bool isGlobal = CaseFold.Equal(prefix, global);
        if (!isGlobal && !CaseFold.Equal(prefix, service))
        {
            return default;
        }

        TryListed(run, isGlobal ? service : global, key.AsSpan(colon), KnownKey.None, out KeyValues values);
        return values;
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
                return KeyValues.Single(OrganizationId(run, run.CallerAccount)
                    ?? (run.CallerAccount is null ? null : OrganizationOf(run, KnownKey.PrincipalOrgPaths)));
            case KnownKey.PrincipalOrgPaths:
                return KeyValues.Single(OrganizationPath(run, run.CallerAccount));
            case KnownKey.ResourceAccount:
                return !ServiceFacts.SendsResourceAccount(run.Request.Action) ? default
                    : run.ResourceAccount is { } owner ? KeyValues.Single(owner)
                    : IsOf(run, "s3:") ? ListedFor(run, KnownKey.S3ResourceAccount)
                    : default;
            case KnownKey.S3ResourceAccount:
                return IsOf(run, "s3:") ? Find(run, KnownKeys.NameOf(KnownKey.ResourceAccount), out _) : default;
            case KnownKey.KmsCallerAccount:
                return IsOf(run, "kms:") && !anonymous ? Find(run, KnownKeys.NameOf(KnownKey.PrincipalAccount), out _) : default;
            case KnownKey.ResourceOrgId:
                return KeyValues.Single(ServiceFacts.SendsResourceAccount(run.Request.Action)
                    ? OrganizationId(run, run.ResourceAccount) ?? OrganizationOf(run, KnownKey.ResourceOrgPaths)
                    : null);
            case KnownKey.ResourceOrgPaths:
                return KeyValues.Single(ServiceFacts.SendsResourceAccount(run.Request.Action) ? OrganizationPath(run, run.ResourceAccount) : null);
            case KnownKey.TagKeys:
                return KeyValues.TagKeysOf(run.Request);
            case KnownKey.CurrentTime:
                return KeyValues.Single(ListedMoment(run, KnownKey.EpochTime) is { } epoch ? epoch.ToText() : null);
            case KnownKey.EpochTime:
                return KeyValues.Single(ListedMoment(run, KnownKey.CurrentTime) is { } current ? current.Seconds.ToString(CultureInfo.InvariantCulture) : null);
            case KnownKey.ViaAwsService:
                // Only a service that calls on the caller's behalf is called via.
                return KeyValues.Single(IsListed(run, KnownKey.CalledVia) || IsListed(run, KnownKey.CalledViaFirst) || IsListed(run, KnownKey.CalledViaLast)
                    ? "true" : null);
            case KnownKey.MultiFactorAuthPresent:
                return KeyValues.Single(IsListed(run, KnownKey.MultiFactorAuthAge) ? "true" : null);
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
            KnownKey.SecureTransport or KnownKey.CurrentTime or KnownKey.EpochTime or KnownKey.RequestedRegion or KnownKey.UserAgent
                or KnownKey.ViaAwsService => true,
            KnownKey.SourceIp => kind != PrincipalKind.Service && !ComesThroughEndpoint(run),
            KnownKey.UserId => temporary || kind == PrincipalKind.User,
            KnownKey.TokenIssueTime => temporary || kind == PrincipalKind.FederatedUser,
            KnownKey.PrincipalServiceNamesList => kind == PrincipalKind.Service,
            KnownKey.ResourceAccount => ServiceFacts.SendsResourceAccount(run.Request.Action),

            // In an organization, but the case does not say where.
            KnownKey.PrincipalOrgPaths => OrganizationId(run, run.CallerAccount) is not null || IsListed(run, KnownKey.PrincipalOrgId),
            KnownKey.ResourceOrgPaths => ServiceFacts.SendsResourceAccount(run.Request.Action)
                && (OrganizationId(run, run.ResourceAccount) is not null || IsListed(run, KnownKey.ResourceOrgId)),
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
                // Each derives from the other: the same second written in another way is not a contradiction.
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
            case KnownKey.PrincipalIsAwsService or KnownKey.ViaAwsService or KnownKey.MultiFactorAuthPresent:
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

    private static bool IsListed(EvaluationRun run, KnownKey key) => run.PlaceOfValue(key) >= 0;

    private static KeyValues ListedFor(EvaluationRun run, KnownKey key) =>
        run.PlaceOfValue(key) is var place and >= 0 ? KeyValues.Listed(run.Request.Context[place].Values) : default;

    /// <summary>The organization in which listed paths begin.</summary>
    private static string? OrganizationOf(EvaluationRun run, KnownKey paths)
    {
        KeyValues listed = ListedFor(run, paths);
        int slash = listed.IsAbsent ? -1 : listed[0].IndexOf('/');
        return slash > 0 ? listed[0].Slice(0, slash).ToString() : null;
    }

    private static bool IsOf(EvaluationRun run, string service) => CaseFold.StartsWith(run.Request.Action.AsSpan(), service.AsSpan());

    private static Moment? ListedMoment(EvaluationRun run, KnownKey key)
    {
        ImmutableArray<ContextEntry> context = run.Request.Context;
        for (int i = run.PlaceOfValue(key); i >= 0 && i < context.Length; i++)
        {
            ImmutableArray<string> values = context[i].Values;
            if (run.KeyAt(i) == key && values.Length == 1 && Moment.TryParse(values[0].AsSpan(), out Moment moment))
            {
                return moment;
            }
        }

        return null;
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
