using System.Collections.Immutable;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>
/// Turns a stack into the formula of what it allows (docs/semantics.md, lines 11 to 18; IAM User Guide, "How AWS enforcement code logic
/// evaluates requests to allow or deny access" and "Cross-account policy evaluation logic").
/// </summary>
/// <param name="formulas">Where the formulas are made.</param>
/// <param name="policies">Translates the documents.</param>
/// <param name="callers">Who may ask.</param>
/// <param name="ownership">Whose the resource is.</param>
/// <param name="open">What the question leaves open.</param>
internal sealed class StackTranslator(RequestFormulas formulas, PolicyTranslator policies, CallerTranslator callers, OwnershipTranslator ownership,
    StackOpenness open)
{
    private const string PrincipalArn = "aws:principalarn";

    private static readonly TextSet BucketPolicy = ActionSets.Of("s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"),
        Lattice = ActionSets.Of("vpc-lattice-svcs:*"),
        TrustActions = ActionSets.Of("sts:assumerole*", "sts:tagsession", "sts:setsourceidentity"),
        KeyActions = ActionSets.Of("kms:*"), Sts = ActionSets.Of("sts:*"),
            ServiceLinkedRoles = ArnSets.Of("*", "iam", "*", "*", "role/aws-service-role/*", "*"), Roles = ArnSets.Of("*", "iam", "*", "*", "role/*", "*"),
            Keys = ArnSets.Of("*", "kms", "*", "*", "key/*", "*");

    /// <summary>The calls of <see cref="NeedsNoPermission"/>.</summary>
    public static readonly TextSet NoPermission = ActionSets.Of("sts:getcalleridentity", "sts:getsessiontoken");

    private static readonly TextSet GatewayActions = ActionSets.Of("s3:*", "dynamodb:*");

    private readonly FormulaBuilder graph = formulas.Graph;
    private readonly ReservedToAws reserved = new(formulas, callers);

    /// <summary>True where a caller's own policies, which no stack of the question gives, allow it what a resource policy grants it.</summary>
    public Formula OwnPoliciesAllow => formulas.Free(OwnPolicies);

    /// <summary>Name of that Boolean.</summary>
    public const string OwnPolicies = "own-policies";

    /// <summary>Names of the Booleans that a resource policy nobody gave lets in whom the caller's account allows, grants directly, and denies.</summary>
    public const string LetsIn = "resource-policy-lets-in", GrantsDirectly = "resource-policy-grants", DeniesRequest = "resource-policy-denies";

    /// <summary>Names of the Booleans that it grants by the caller's own ARN, and to everyone, so that policies of the caller's side limit the grant.</summary>
    public const string GrantsByName = "resource-policy-names-caller", GrantsEveryone = "resource-policy-names-everyone";

    /// <summary>Whether some stack translated so far has a resource policy that nobody gave.</summary>
    public bool HasUnknownResourcePolicy { get; private set; }

    /// <summary>Whether some stack translated so far leaves open what the caller's own policies allow.</summary>
    public bool HasUnknownOwnPolicies { get; private set; }

    /// <summary>Whether these may allow more than the resource policy grants.</summary>
    public bool OwnPoliciesMayAllowMore { get; private set; }

    /// <summary>The resource policy that nobody gave grants the caller the request by itself.</summary>
    public Formula DirectGrant => open.LimitedGrants ? graph.Or(Unlimited, ByName, ToEveryone) : Unlimited;

    private Formula Unlimited => formulas.Free(GrantsDirectly);

    private Formula ByName => graph.And(callers.Is(CallerKinds.User | CallerKinds.Role | CallerKinds.RoleSession), formulas.Free(GrantsByName));

    private Formula ToEveryone => formulas.Free(GrantsEveryone);

    /// <summary>It lets in whom the caller's account allows.</summary>
    public Formula LetIn => formulas.Free(LetsIn);

    /// <summary>It denies the request.</summary>
    public Formula Denial => formulas.Free(DeniesRequest);

    /// <summary>A request of the resource's own account that no resource policy has to allow.</summary>
    public Formula NeedsNoResourcePolicy => graph.And(ownership.OwnAccount, !NeedsResourcePolicy());

    /// <summary>What one layer says: that it allows, that it denies, and as what its grants name the caller.</summary>
    private readonly record struct Outcome(Formula Allows, Formula Denies, PrincipalFormulas Grants);

    /// <summary>What a subject allows.</summary>
    public Formula Allowed(Subject subject, SetAside aside = default) =>
        subject.Document is not { } document ? Allowed(subject.Stack!, aside)
        : subject.LetsThrough ? !policies.Denied(document)
        : policies.Alone(document);

    private Formula Allowed(PolicyStack stack, SetAside aside)
    {
        Formula hasAccount = callers.HasAccount, isRoot = callers.Is(CallerKinds.Root);
        Formula hasIdentity = callers.Is(CallerKinds.WithAccount & ~CallerKinds.Root);
        bool hasBoundary = stack.PermissionsBoundary is not null;
        Outcome Layer(PolicyLayer layer, IEnumerable<PolicyDocument> documents, int level = -1) =>
            Of(documents, layer, hasBoundary, aside, new PolicySlot(layer, level));

        Outcome identity = Layer(PolicyLayer.IdentityPolicies, stack.IdentityPolicies ?? ImmutableArray<PolicyDocument>.Empty);
        Formula own = stack.IdentityPolicies is not null ? Formula.False
            : stack.ResourcePolicy is { } granting && !open.OwnPolicies ? graph.And(OwnPoliciesAllow, policies.Alone(granting))
            : OwnPoliciesAllow;
        HasUnknownOwnPolicies |= stack.IdentityPolicies is null;
        OwnPoliciesMayAllowMore |= stack.IdentityPolicies is null && (stack.ResourcePolicy is null || open.OwnPolicies);
        Outcome boundary = stack.PermissionsBoundary is { } limit ? Layer(PolicyLayer.PermissionsBoundary, [limit]) : NoLayer(Formula.True);
        Outcome session = stack.SessionPolicies is { } passed ? Layer(PolicyLayer.SessionPolicies, passed) : NoLayer(Formula.True);
        Outcome resource = stack.ResourcePolicy is { } policy ? Layer(PolicyLayer.ResourcePolicy, [policy])
            : stack.HasNoResourcePolicy ? NoLayer(Formula.False)
            : UnknownResourcePolicy();

        var required = new List<Formula>();
        var denied = new List<Formula>
        {
            graph.And(hasIdentity, identity.Denies),
            graph.And(hasIdentity, boundary.Denies),
            graph.And(hasAccount, session.Denies),
            graph.And(resource.Denies, !IsBucketOwnersRoot()),
        };
        for (int i = 0; !stack.VpcEndpointPolicies.IsDefault && i < stack.VpcEndpointPolicies.Length; i++)
        {
            Outcome endpoint = Of([stack.VpcEndpointPolicies[i]], PolicyLayer.VpcEndpointPolicies, hasBoundary, aside,
                new PolicySlot(PolicyLayer.VpcEndpointPolicies, -1, i));
            required.Add(endpoint.Allows);
            denied.Add(endpoint.Denies);
        }

        if (stack.ServiceControlPolicies is { } controls)
        {
            Formula binds = graph.And(
                hasAccount,
                !callers.IsServiceLinked,
                Members(stack.Organization) is { } members ? callers.InAccounts(members) : Formula.True,
                stack.Organization?.ManagementAccount is { } management ? !callers.InAccount(management) : Formula.True);
            for (int level = 0; level < controls.Length; level++)
            {
                Outcome control = Layer(PolicyLayer.ServiceControlPolicies, controls[level], level);
                required.Add(graph.Or(!binds, control.Allows));
                denied.Add(graph.And(binds, control.Denies));
            }
        }

        if (stack.ResourceControlPolicies is { Length: > 0 } resourceControls)
        {
            Formula binds = graph.And(
                formulas.Exists(formulas.Action, ResourceControlReach.Actions),
                !formulas.Exists(formulas.Action, ResourceControlReach.Exempt),
                !callers.IsServiceLinked,
                !graph.And(formulas.Exists(formulas.Action, Sts), formulas.Exists(formulas.Resource, ServiceLinkedRoles)),
                Members(stack.Organization) is { } members ? graph.Or([.. members.Select(ownership.ResourceIn)]) : Formula.True,
                stack.Organization?.ManagementAccount is { } management ? !ownership.ResourceIn(management) : Formula.True);
            for (int level = 0; level < resourceControls.Length; level++)
            {
                // RCPFullAWSAccess is attached at every level: only a Deny matters.
                denied.Add(graph.And(binds, Layer(PolicyLayer.ResourceControlPolicies, resourceControls[level], level).Denies));
            }
        }

        Formula granted = Granted(stack, graph.If(isRoot, Formula.True, graph.Or(identity.Allows, own)), boundary.Allows, session.Allows, resource);
        required.Add(granted);
        required.AddRange(denied.Select(formula => !formula));
        return graph.And(!reserved.Refused, graph.Or(graph.And(hasAccount, NeedsNoPermission), graph.And(required)));
    }

    /// <summary>The accounts that an organization's control policies may bind, where the question says which it has: everybody else is outside.</summary>
    private static string[]? Members(Organization? organization) => organization is { Accounts.Count: > 0 }
        ? [.. organization.Accounts.Keys.OrderBy(a => a, StringComparer.Ordinal)] : null;

    /// <summary>
    /// The owner's root user keeps the bucket's policy in hand whatever that policy denies (Amazon S3 API Reference, PutBucketPolicy, GetBucketPolicy and
    /// DeleteBucketPolicy).
    /// </summary>
    private Formula IsBucketOwnersRoot() => (callers.Kinds & CallerKinds.Root) == 0 ? Formula.False
        : graph.And(callers.Is(CallerKinds.Root), ownership.OwnAccount, formulas.Exists(formulas.Action, BucketPolicy));

    /// <summary>
    /// Of one request a policy says whether it denies it, grants it directly, or lets in whom the caller's account allows. What nobody gave may say any
    /// of these, the same in all stacks of the question.
    /// </summary>
    private Outcome UnknownResourcePolicy()
    {
        HasUnknownResourcePolicy = true;
        return new Outcome(graph.Or(LetIn, DirectGrant), open.Denial ? Denial : Formula.False, PrincipalFormulas.Nobody with
        {
            Account = LetIn,
            Session = Unlimited,
            User = open.LimitedGrants ? graph.And(callers.Is(CallerKinds.User), ByName) : Formula.False,
            Role = open.LimitedGrants ? graph.And(callers.Is(CallerKinds.Role | CallerKinds.RoleSession), ByName) : Formula.False,
            Everyone = open.LimitedGrants ? ToEveryone : Formula.False,
        });
    }

    private static Outcome NoLayer(Formula allows) => new(allows, Formula.False, PrincipalFormulas.Nobody);

    /// <summary>What the caller's and the owner's side grant together, denies apart.</summary>
    private Formula Granted(PolicyStack stack, Formula identity, Formula boundaryAllows, Formula sessionAllows, Outcome resource)
    {
        Formula hasAccount = callers.HasAccount, isRoot = callers.Is(CallerKinds.Root);
        Formula outsider = graph.And(!hasAccount, resource.Allows);
        if (hasAccount == Formula.False)
        {
            return outsider;
        }

        // The root user has no boundary.
        Formula boundary = graph.Or(isRoot, boundaryAllows), both = graph.And(boundary, sessionAllows);
        Formula sameAccount = ownership.OwnAccount;
        Formula needsResource = graph.Or(!sameAccount, NeedsResourcePolicy());
        Formula hasSessionPolicy = stack.SessionPolicies is not null ? Formula.True
            : graph.Or(!callers.Is(CallerKinds.FederatedUser), formulas.Reading(Reading.FederationWithoutPolicyKeepsUser));
        Formula byIdentity = graph.And(identity, both, graph.Or(!needsResource, resource.Allows), hasSessionPolicy);

        PrincipalFormulas grants = resource.Grants;
        Formula everyone = graph.And(grants.Everyone, graph.Or(both, !formulas.Reading(Reading.EveryoneGrantIsLimited)));
        Formula direct = graph.If(
            isRoot,
            graph.And(resource.Allows, sessionAllows),
            graph.Or(grants.Session, graph.And(grants.User, sessionAllows), graph.And(grants.Role, both), everyone));
        return graph.Or(
            outsider,
            grants.Unknown,
            graph.And(hasAccount, !ownership.CrossesPartition,
                graph.Or(byIdentity, graph.And(sameAccount, direct, !IsLattice()))));
    }

    private Outcome Of(IEnumerable<PolicyDocument> documents, PolicyLayer layer, bool hasBoundary, SetAside aside, PolicySlot slot)
    {
        List<Formula> allows = [], denies = [];
        PrincipalFormulas grants = PrincipalFormulas.Nobody;
        foreach (PolicyDocument document in documents)
        {
            foreach (Statement statement in document.Statements)
            {
                if (statement.Effect == Effect.Deny && statement == aside.Deny)
                {
                    continue;
                }

                Formula speaks = policies.Speaks(statement);
                PrincipalFormulas named = Named(statement, layer, hasBoundary);
                Formula matches = graph.And(speaks, named.Any(graph));
                (statement.Effect == Effect.Allow ? allows : denies).Add(matches);
                if (statement.Effect == Effect.Allow && layer == PolicyLayer.ResourcePolicy)
                {
                    grants = grants.Or(Reaching(statement, named).Where(speaks, graph), graph);
                }
            }
        }

        return new Outcome(aside.Layer == slot ? Formula.True : graph.Or(allows), graph.Or(denies), grants);
    }

    private PrincipalFormulas Named(Statement statement, PolicyLayer layer, bool hasBoundary)
    {
        if (statement.Principal is not { } clause)
        {
            // A resource or endpoint policy's statement speaks of nobody then, any other of all that the policy binds.
            return layer is PolicyLayer.ResourcePolicy or PolicyLayer.VpcEndpointPolicies ? PrincipalFormulas.Nobody : PrincipalFormulas.All;
        }

        PrincipalFormulas named = policies.Principals.Translate(clause, statement.Effect, hasBoundary);
        if (layer != PolicyLayer.VpcEndpointPolicies || clause.IsNot || named.Account == Formula.False)
        {
            return named;
        }

        // On a gateway endpoint an account as Principal means its root user (AWS PrivateLink Guide, "Gateway endpoints").
        Formula gateway = formulas.Exists(formulas.Action, GatewayActions);
        return named with { Account = graph.And(named.Account, graph.Or(callers.Is(CallerKinds.Root), !gateway)) };
    }

    /// <summary>A grant to everyone that looks at aws:PrincipalArn reaches as far as one to a session's own ARN: no other policy limits it.</summary>
    private static PrincipalFormulas Reaching(Statement statement, PrincipalFormulas named) =>
        statement.Conditions.Any(c => c.FoldedKey == PrincipalArn)
            ? named with { Session = named.Everyone == Formula.False ? named.Session : named.Everyone } : named;

    /// <summary>Calls that are allowed even under a deny (STS API Reference, GetCallerIdentity and GetSessionToken).</summary>
    public Formula NeedsNoPermission => formulas.Exists(formulas.Action, NoPermission);

    /// <summary>Role trust policies, KMS key policies and VPC Lattice auth policies must allow, also within one account (docs/semantics.md, line 13).</summary>
    private Formula NeedsResourcePolicy() => graph.Or(
        graph.And(formulas.Exists(formulas.Action, TrustActions), formulas.Exists(formulas.Resource, Roles)),
        graph.And(formulas.Exists(formulas.Action, KeyActions), formulas.Exists(formulas.Resource, Keys)),
        IsLattice());

    private Formula IsLattice() => formulas.Exists(formulas.Action, Lattice);
}
