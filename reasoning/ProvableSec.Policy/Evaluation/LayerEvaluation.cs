using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Evaluation;

/// <summary>
/// The layers of a decision and how they combine (IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny access",
/// and "Cross-account policy evaluation logic").
/// </summary>
internal static class LayerEvaluation
{
    private static readonly ImmutableArray<PolicyLayer>[] LayerSets = new ImmutableArray<PolicyLayer>[1 << PolicyLayers.All.Length];

    public static Decision Decide(EvaluationRun run)
    {
        RequestKeys.WarnOfContradictions(run);
        string? refusal = Refusal(run);
        if (refusal is not null)
        {
            run.Warn(refusal);
        }
        else if (NeedsNoPermission(run))
        {
            return Answer(run, DecisionReason.Allowed, 0, 0);
        }

        PolicyStack stack = run.Stack;
        PrincipalKind kind = run.Request.Principal.Kind;
        bool isRoot = kind == PrincipalKind.Root;
        bool hasAccount = run.CallerAccount is not null, hasIdentity = hasAccount && !isRoot;
        uint denied = 0, unallowed = 0;

        PolicyOutcome identity = hasIdentity ? All(run, stack.IdentityPolicies, PolicyLayer.IdentityPolicies, ref denied)
            : new PolicyOutcome(isRoot, false, default);
        WarnOfIdleLayers(run, hasIdentity);
        bool boundary = !hasIdentity || stack.PermissionsBoundary is null
            || One(run, stack.PermissionsBoundary, PolicyLayer.PermissionsBoundary, -1, ref denied).Allows;
        bool session = !hasAccount || stack.SessionPolicies is null || All(run, stack.SessionPolicies, PolicyLayer.SessionPolicies, ref denied).Allows;
        PolicyOutcome resource = stack.ResourcePolicy is null || KeepsBucketPolicy(run) ? default
            : One(run, stack.ResourcePolicy, PolicyLayer.ResourcePolicy, -1, ref denied);
        if (!EveryEndpointAllows(run, ref denied))
        {
            unallowed |= Bit(PolicyLayer.VpcEndpointPolicies);
        }

        if (BindsServiceControl(run) && !EveryLevelAllows(run, stack.ServiceControlPolicies!.Value, PolicyLayer.ServiceControlPolicies, ref denied))
        {
            unallowed |= Bit(PolicyLayer.ServiceControlPolicies);
        }

        if (BindsResourceControl(run))
        {
            if (run.ResourceAccount is null && stack.Organization is { Accounts.IsEmpty: false })
            {
                run.Warn("the owner of the resource is not known, so it is taken as lying in the organization; give resourceAccount");
            }

            // RCPFullAWSAccess is attached at every level: only a Deny matters.
            EveryLevelAllows(run, stack.ResourceControlPolicies!.Value, PolicyLayer.ResourceControlPolicies, ref denied);
        }

        uint ungranted = Ungranted(run, identity.Allows, boundary, session, resource, isRoot);
        if ((denied | unallowed) == 0 && refusal is null && ResourcePolicyDecides(run, ungranted))
        {
            run.NoteMissingResourcePolicy();
        }

        unallowed |= ungranted;
        return denied != 0 ? Answer(run, DecisionReason.ExplicitDeny, denied | unallowed, unallowed)
            : unallowed != 0 || refusal is not null ? Answer(run, DecisionReason.ImplicitDeny, unallowed, unallowed)
            : Answer(run, DecisionReason.Allowed, 0, 0);
    }

    /// <summary>Why AWS refuses the call whatever policies allow; null when policies decide.</summary>
    private static string? Refusal(EvaluationRun run)
    {
        AccessRequest request = run.Request;
        return CallerLimits.Refusal(request.Principal, request.Action)
            ?? (run.CallerAccount is not null && ReservedResources.Refusal(request.Action, run.Resource) is { } reserved && !IsServiceLinked(run) ? reserved
                : null);
    }

    /// <summary>The layers that keep the caller's and the owner's side from granting; none when the request is granted.</summary>
    private static uint Ungranted(EvaluationRun run, bool identity, bool boundary, bool session, PolicyOutcome resource, bool isRoot)
    {
        uint noResource = resource.Allows ? 0 : Bit(PolicyLayer.ResourcePolicy);
        if (run.CallerAccount is null)
        {
            // Anonymous callers, services and providers have no side of their own.
            return noResource;
        }

        if (CrossesPartition(run))
        {
            run.Warn("the caller and the resource lie in different partitions, between which no access is possible");
            return Bit(PolicyLayer.IdentityPolicies) | Bit(PolicyLayer.ResourcePolicy);
        }

        uint limits = (boundary ? 0 : Bit(PolicyLayer.PermissionsBoundary)) | (session ? 0 : Bit(PolicyLayer.SessionPolicies));
        bool bothSides = BothSidesMustAllow(run);
        bool needsResource = bothSides || ResourcePolicyMustAllow(run);
        if (!bothSides && IsGrantedDirectly(run, boundary, session, resource.Grants, isRoot))
        {
            return 0;
        }

        uint blocked = limits | (needsResource ? noResource : 0);
        if (!identity)
        {
            // In one account either of the two would do, and neither does.
            bool delegatesOnly = bothSides || resource.Grants is PrincipalMatch.None or PrincipalMatch.Account;
            blocked |= delegatesOnly ? Bit(PolicyLayer.IdentityPolicies) : 0;
            blocked |= run.Stack.ResourcePolicy is null ? 0 : noResource;
        }
        else if (blocked == 0 && LacksSessionPolicy(run))
        {
            blocked = Bit(PolicyLayer.SessionPolicies);
        }

        return blocked;
    }

    /// <summary>Whether nobody said what the resource's policy is, and one could turn the answer: it must allow, and the rest does or is not asked.</summary>
    private static bool ResourcePolicyDecides(EvaluationRun run, uint ungranted)
    {
        uint resource = Bit(PolicyLayer.ResourcePolicy);
        if (run.Stack.ResourcePolicy is not null || run.Stack.HasNoResourcePolicy || (ungranted & resource) == 0)
        {
            return false;
        }

        // In one account a policy that names the caller needs no other, but for VPC Lattice.
        return ungranted == resource
            || (run.CallerAccount is not null && !BothSidesMustAllow(run) && !CrossesPartition(run));
    }

    /// <summary>
    /// Whether a resource policy of the caller's account grants without the identity's policies (IAM User Guide, "Evaluating identity-based
    /// policies with resource-based policies"). What each way of naming the caller is limited by differs.
    /// </summary>
    private static bool IsGrantedDirectly(EvaluationRun run, bool boundary, bool session, PrincipalMatch grants, bool isRoot)
    {
        if (isRoot)
        {
            // Root needs no grant but where the resource policy must allow, and there its account is itself.
            return grants != PrincipalMatch.None && session;
        }

        if ((grants & PrincipalMatch.Session) != 0
            || ((grants & PrincipalMatch.User) != 0 && session)
            || ((grants & PrincipalMatch.Role) != 0 && boundary && session))
        {
            return true;
        }

        return (grants & PrincipalMatch.Everyone) != 0
            && ((boundary && session) || !run.Takes(Reading.EveryoneGrantIsLimited));
    }

    /// <summary>A federated-user session made without a policy has no permissions but direct grants, or its user's: disputed.</summary>
    private static bool LacksSessionPolicy(EvaluationRun run) =>
        run.Request.Principal.Kind == PrincipalKind.FederatedUser
        && run.Stack.SessionPolicies is null
        && !run.Takes(Reading.FederationWithoutPolicyKeepsUser);

    /// <summary>
    /// Across accounts the caller's policies and the owner's must both allow; for VPC Lattice in one account too (Amazon VPC Lattice User Guide, "Auth
    /// policies").
    /// </summary>
    private static bool BothSidesMustAllow(EvaluationRun run) =>
        run.ResourceAccount != run.CallerAccount || CaseFold.StartsWith(run.Request.Action.AsSpan(), "vpc-lattice-svcs:".AsSpan());

    /// <summary>Role trust policies and KMS key policies must allow even what an identity of the same account may do.</summary>
    private static bool ResourcePolicyMustAllow(EvaluationRun run)
    {
        ReadOnlySpan<char> action = run.Request.Action.AsSpan(), service = run.Resource.Service, rest = run.Resource.Rest;
        if (service.SequenceEqual("iam".AsSpan()) && rest.StartsWith("role/".AsSpan()))
        {
            return CaseFold.StartsWith(action, "sts:AssumeRole".AsSpan())
                || CaseFold.Equal(action, "sts:TagSession".AsSpan())
                || CaseFold.Equal(action, "sts:SetSourceIdentity".AsSpan());
        }

        return service.SequenceEqual("kms".AsSpan()) && rest.StartsWith("key/".AsSpan()) && CaseFold.StartsWith(action, "kms:".AsSpan());
    }

    /// <summary>
    /// The root user of a bucket's owner reads, puts and deletes the bucket's policy whatever that policy denies (Amazon S3 API Reference, PutBucketPolicy):
    /// only endpoint policies and those of the organization stop it.
    /// </summary>
    private static bool KeepsBucketPolicy(EvaluationRun run)
    {
        if (run.Request.Principal.Kind != PrincipalKind.Root || run.ResourceAccount != run.CallerAccount)
        {
            return false;
        }

        ReadOnlySpan<char> action = run.Request.Action.AsSpan();
        return CaseFold.Equal(action, "s3:GetBucketPolicy".AsSpan()) || CaseFold.Equal(action, "s3:PutBucketPolicy".AsSpan())
            || CaseFold.Equal(action, "s3:DeleteBucketPolicy".AsSpan());
    }

    private static bool NeedsNoPermission(EvaluationRun run) =>
        run.CallerAccount is not null
            && (CaseFold.Equal(run.Request.Action.AsSpan(), "sts:GetCallerIdentity".AsSpan())
                || CaseFold.Equal(run.Request.Action.AsSpan(), "sts:GetSessionToken".AsSpan()));

    private static bool CrossesPartition(EvaluationRun run)
    {
        ReadOnlySpan<char> partition = run.Resource.Partition;
        return !partition.IsEmpty && !partition.SequenceEqual(run.Request.Principal.Partition.AsSpan());
    }

    private static bool BindsServiceControl(EvaluationRun run) =>
        run.Stack.ServiceControlPolicies is not null
        && run.CallerAccount is { } account
        && Binds(run.Stack.Organization, account)
        && !IsServiceLinked(run);

    private static bool BindsResourceControl(EvaluationRun run) =>
        run.Stack.ResourceControlPolicies is not null
        && (run.ResourceAccount is not { } owner || Binds(run.Stack.Organization, owner))
        && ServiceFacts.IsReachedByResourceControl(run.Request.Action)
        && !IsTrustOfServiceLinkedRole(run)
        && !IsServiceLinked(run);

    /// <summary>
    /// Whether an organization's control policies bind an account: never its management account and, where the case lists the accounts, none that is not
    /// listed.
    /// </summary>
    private static bool Binds(Organization? organization, string account) =>
        organization is null
        || (account != organization.ManagementAccount && (organization.Accounts.IsEmpty || organization.Accounts.ContainsKey(account)));

    private static bool IsServiceLinked(EvaluationRun run) => run.Request.Principal.Kind switch
    {
        PrincipalKind.Role => run.Request.Principal.Path.StartsWith("aws-service-role/", StringComparison.Ordinal),

        // The ARN of a session does not tell the path of its role.
        PrincipalKind.AssumedRole => run.PlaceOf(KnownKey.PrincipalArn) >= 0 && RequestKeys.RoleArn(run) is { } role
            && ArnPattern.Rest(role).StartsWith("role/aws-service-role/".AsSpan()),
        _ => false,
    };

    /// <summary>Which services assume their service-linked roles, no resource control policy says.</summary>
    private static bool IsTrustOfServiceLinkedRole(EvaluationRun run) =>
        CaseFold.StartsWith(run.Request.Action.AsSpan(), "sts:".AsSpan())
        && run.Resource.Service.SequenceEqual("iam".AsSpan())
        && run.Resource.Rest.StartsWith("role/aws-service-role/".AsSpan());

    private static bool EveryLevelAllows(EvaluationRun run, ImmutableArray<ImmutableArray<PolicyDocument>> levels, PolicyLayer layer, ref uint denied)
    {
        bool every = true;
        for (int level = 0; level < levels.Length; level++)
        {
            PolicyOutcome outcome = default;
            for (int i = 0; i < levels[level].Length; i++)
            {
                outcome = outcome.With(PolicyEvaluation.Evaluate(run, levels[level][i], new PolicySlot(layer, level, i)));
            }

            denied |= outcome.Denies ? Bit(layer) : 0;
            every &= outcome.Allows;
        }

        return every;
    }

    private static bool EveryEndpointAllows(EvaluationRun run, ref uint denied)
    {
        bool every = true;
        ImmutableArray<PolicyDocument> documents = run.Stack.VpcEndpointPolicies;
        for (int i = 0; !documents.IsDefault && i < documents.Length; i++)
        {
            every &= One(run, documents[i], PolicyLayer.VpcEndpointPolicies, i, ref denied).Allows;
        }

        return every;
    }

    private static PolicyOutcome All(EvaluationRun run, ImmutableArray<PolicyDocument>? documents, PolicyLayer layer, ref uint denied)
    {
        PolicyOutcome outcome = default;
        if (documents is { IsDefault: false } some)
        {
            for (int i = 0; i < some.Length; i++)
            {
                outcome = outcome.With(One(run, some[i], layer, i, ref denied));
            }
        }

        return outcome;
    }

    private static PolicyOutcome One(EvaluationRun run, PolicyDocument document, PolicyLayer layer, int index, ref uint denied)
    {
        PolicyOutcome outcome = PolicyEvaluation.Evaluate(run, document, new PolicySlot(layer, -1, index));
        denied |= outcome.Denies ? Bit(layer) : 0;
        return outcome;
    }

    private static void WarnOfIdleLayers(EvaluationRun run, bool hasIdentity)
    {
        if (hasIdentity)
        {
            return;
        }

        string caller = CallerPrincipal.Word(run.Request.Principal.Kind);
        if (run.Stack.IdentityPolicies is { IsDefaultOrEmpty: false })
        {
            run.Warn($"identityPolicies are ignored: a caller of kind {caller} has none");
        }

        if (run.Stack.PermissionsBoundary is not null)
        {
            run.Warn($"permissionsBoundary is ignored: a caller of kind {caller} has none");
        }
    }

    private static uint Bit(PolicyLayer layer) => 1u << (int)layer;

    private static Decision Answer(EvaluationRun run, DecisionReason reason, uint blocked, uint unallowed)
    {
        DecidingStatements by = run.Denies;
        if (reason != DecisionReason.ExplicitDeny)
        {
            by = run.Allows;
            by.Keep(reason == DecisionReason.Allowed ? Bit(PolicyLayer.IdentityPolicies) | Bit(PolicyLayer.ResourcePolicy) : ~unallowed);
        }

        return new Decision(reason, by.ToImmutable(), Layers(blocked), run.Missing(), run.Warnings(), run.Used);
    }

    /// <summary>The layers in order; each set of them is made once.</summary>
    private static ImmutableArray<PolicyLayer> Layers(uint bits)
    {
        ref ImmutableArray<PolicyLayer> layers = ref LayerSets[bits];
        if (layers.IsDefault)
        {
            layers = Listed(bits);
        }

        return layers;
    }

    private static ImmutableArray<PolicyLayer> Listed(uint bits) =>
        PolicyLayers.All.Where(info => (bits & Bit(info.Layer)) != 0).Select(info => info.Layer).ToImmutableArray();
}
