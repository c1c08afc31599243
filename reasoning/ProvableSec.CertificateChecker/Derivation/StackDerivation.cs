using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.ServiceData;
using static ProvableSec.CertificateChecker.Derivation.Formula;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>What a stack of policies allows (docs/semantics.md, lines 11 to 18), layer by layer as that page tells it.</summary>
internal sealed class StackDerivation(Atoms atoms, StatementDerivation statements, CallerDerivation callers, OwnershipDerivation ownership,
    CertifiedQuestion question)
{
    private static TextSet Free => PolicyText.Set(TextComparison.Action,
        [PolicyPattern.Plain("sts:GetCallerIdentity"), PolicyPattern.Plain("sts:GetSessionToken")]);
    private static TextSet AssumesRole => PolicyText.Set(TextComparison.Action,
        [PolicyPattern.Plain("sts:AssumeRole*"), PolicyPattern.Plain("sts:TagSession"), PolicyPattern.Plain("sts:SetSourceIdentity")]);
    private static TextSet OfKms => PolicyText.Set(TextComparison.Action, [PolicyPattern.Plain("kms:*")]);
    private static TextSet OfLattice => PolicyText.Set(TextComparison.Action, [PolicyPattern.Plain("vpc-lattice-svcs:*")]);
    private static TextSet OfBucketPolicy => PolicyText.Set(
        TextComparison.Action,
        [PolicyPattern.Plain("s3:GetBucketPolicy"), PolicyPattern.Plain("s3:PutBucketPolicy"), PolicyPattern.Plain("s3:DeleteBucketPolicy")]);

    /// <summary>The resource policy that nobody gave, one for all stacks of the question, grants the caller the request by itself.</summary>
    public Formula DirectGrant => !question.Compares ? Unlimited
        : Or("", Unlimited, Limited(PrincipalMeans.User), Limited(PrincipalMeans.Role), Limited(PrincipalMeans.Everyone));

    /// <summary>It denies the request.</summary>
    public Formula Denial => atoms.Free("a resource policy that is not given denies the request");

    /// <summary>A request of the resource's own account that no resource policy has to allow.</summary>
    public Formula NeedsNoResourcePolicy => And("", ownership.IsCallers, Not(ResourcePolicyMustAllow("")));

    private Formula Unlimited => atoms.Free("a resource policy that is not given grants the request by itself");

    /// <summary>It grants what policies of the caller's side still limit: of weight where one stack has other such policies than the one that it is compared
    /// with.</summary>
    private Formula Limited(PrincipalMeans means) => means switch
    {
        PrincipalMeans.User => And("", callers.Is(PrincipalKind.User), ByName),
        PrincipalMeans.Role => And("", callers.HasRole, ByName),
        PrincipalMeans.Everyone => atoms.Free("a resource policy that is not given grants the request to everyone"),
        PrincipalMeans.Session => Unlimited,
        _ => False,
    };

    private Formula ByName => atoms.Free("a resource policy that is not given grants the request to the caller's ARN");

    private Formula LetsIn => atoms.Free("a resource policy that is not given lets in whom the caller's account allows");

    private Formula IsLattice => atoms.In(atoms.Action, OfLattice);

    /// <summary>Whether a resource policy that nobody gave may deny: not where only what is allowed counts, nor where both sides of a comparison have the
    /// same.</summary>
    private bool MayDeny => question.Question == "granted"
        || (question.Compares && question.Subject.Stack is { HasUnknownResourcePolicy: true } != question.Baseline!.Stack
            is { HasUnknownResourcePolicy: true });

    private readonly ReservedDerivation reserved = new(atoms, callers);

    /// <summary>The stack allows the request.</summary>
    public Formula Allows(CertifiedStack stack, string origin)
    {
        bool hasBoundary = stack.PermissionsBoundary is not null;
        Formula hasAccount = callers.HasAccount, isRoot = callers.Is(PrincipalKind.Root), hasIdentity = And(origin, hasAccount, Not(isRoot));
        Formula identity = Or(origin, isRoot, Layer(stack.IdentityPolicies, hasBoundary, $"{origin}, identityPolicies"), OwnPolicies(stack, origin));
        Formula boundary = !hasBoundary ? True : Or(origin, Not(hasIdentity),
            Layer([stack.PermissionsBoundary!], hasBoundary, $"{origin}, permissionsBoundary"));
        Formula session = stack.SessionPolicies is null ? True
            : Or(origin, Not(hasAccount), Layer(stack.SessionPolicies, hasBoundary, $"{origin}, sessionPolicies"));
        Formula resource = stack.ResourcePolicy is { } policy ? Resource(policy, hasBoundary, Effect.Allow, PrincipalMeans.Anyhow)
            : stack.HasUnknownResourcePolicy ? Or(origin, LetsIn, DirectGrant)
            : False;
        Formula resourceDenies = stack.ResourcePolicy is { } denying ? Resource(denying, hasBoundary, Effect.Deny, PrincipalMeans.Anyhow)
            : stack.HasUnknownResourcePolicy && MayDeny ? Denial
            : False;

        // The owner's root user keeps the bucket's policy in hand whatever that policy denies.
        Formula isBucketOwner = And(origin, isRoot, ownership.IsCallers, atoms.In(atoms.Action, OfBucketPolicy));
        var needed = new List<Formula>
        {
            Granted(stack, hasBoundary, identity, boundary, session, resource, origin),
            Undenied(hasIdentity, [.. stack.IdentityPolicies ?? [], .. hasBoundary ? [stack.PermissionsBoundary!] : (CertifiedDocument[])[]], hasBoundary,
                origin),
            Undenied(hasAccount, stack.SessionPolicies ?? [], hasBoundary, origin),
            Not(And(origin, resourceDenies, Not(isBucketOwner))),
            Not(reserved.FromCustomers),
            Not(reserved.FromCaller),
            ControlAllows(stack, hasBoundary, origin),
            Not(ResourceControlDenies(stack, hasBoundary, origin)),
        };
        foreach (CertifiedDocument endpoint in stack.VpcEndpointPolicies)
        {
            needed.Add(Resource(endpoint, hasBoundary, Effect.Allow, PrincipalMeans.ThroughEndpoint));
            needed.Add(Not(Resource(endpoint, hasBoundary, Effect.Deny, PrincipalMeans.ThroughEndpoint)));
        }

        return Or(origin, And(origin, hasAccount, atoms.In(atoms.Action, Free)), And(origin, [.. needed]));
    }

    /// <summary>Some document of a layer allows.</summary>
    private Formula Layer(IReadOnlyList<CertifiedDocument>? documents, bool hasBoundary, string origin) =>
        Or(origin, [.. (documents ?? []).Select(d => statements.Some(d, Effect.Allow, hasBoundary))]);

    private Formula Undenied(Formula where, IReadOnlyList<CertifiedDocument> documents, bool hasBoundary, string origin) =>
        And(origin, [.. documents.Select(d => Not(And(d.Origin, where, statements.Some(d, Effect.Deny, hasBoundary))))]);

    /// <summary>Every level of SCPs allows and none denies, for those whom they bind.</summary>
    private Formula ControlAllows(CertifiedStack stack, bool hasBoundary, string origin)
    {
        if (stack.ServiceControlPolicies is not { } levels)
        {
            return True;
        }

        Formula exempt = Or(
            origin,
            Not(callers.HasAccount),
            callers.IsServiceLinked,
            Members(stack) is { } members ? Not(callers.InAccounts(members)) : False,
            stack.Organization?.ManagementAccount is { } management ? callers.InAccount(management) : False);
        return Or(origin, exempt, And(origin, [.. levels.Select((level, i) => And(
            $"{origin}, serviceControlPolicies[{i}]",
            Layer(level, hasBoundary, $"{origin}, serviceControlPolicies[{i}]"),
            Undenied(True, level, hasBoundary, origin)))]));
    }

    /// <summary>The accounts that an organization's control policies may bind, where the question says which it has.</summary>
    private static string[]? Members(CertifiedStack stack) =>
        stack.Organization is { Accounts.Count: > 0 } organization ? [.. organization.Accounts.Keys.OrderBy(a => a, StringComparer.Ordinal)] : null;

    /// <summary>
    /// Where a stack does not give the callers' own policies, these may allow anything; but where it is not compared with another and gives a
    /// resource policy, they are taken to allow what that grants at most.
    /// </summary>
    private Formula OwnPolicies(CertifiedStack stack, string origin) => stack.IdentityPolicies is not null ? False
        : And(origin, atoms.Free("the caller's own policies allow"), !question.Compares && stack.ResourcePolicy is { } granting ? statements.Alone(granting)
            : True);

    /// <summary>Some RCP denies: RCPFullAWSAccess is attached at every level, so that only a Deny matters.</summary>
    private Formula ResourceControlDenies(CertifiedStack stack, bool hasBoundary, string origin)
    {
        if (stack.ResourceControlPolicies is null || !stack.ResourceControlPolicies.Any(l => l.Count > 0))
        {
            return False;
        }

        string[] services = [.. ServiceCatalogue.Default.ServicePrefixes.Where(ServiceCatalogue.Default.IsRcpService)];
        var exempt = new List<string> { "kms:RetireGrant" };
        foreach (string prefix in services)
        {
            if (ServiceCatalogue.Default.TryGetService(prefix, out Service? service))
            {
                exempt.AddRange(service.Actions.Where(a => a.ResourceTypes.Count == 0).Select(a => a.FullName));
            }
        }

        return And(
            origin,
            atoms.In(atoms.Action, PolicyText.Set(TextComparison.Action, services.Select(s => PolicyPattern.Plain(s + ":*")))),
            Not(atoms.In(atoms.Action, PolicyText.Set(TextComparison.Action, exempt.Select(a => PolicyPattern.Plain(a))))),
            Not(callers.IsServiceLinked),
            Members(stack) is { } members ? Or(origin, [.. members.Select(ownership.ResourceIn)]) : True,
            stack.Organization?.ManagementAccount is { } management ? Not(ownership.ResourceIn(management)) : True,
            Or(origin, [.. stack.ResourceControlPolicies.SelectMany(l => l).Select(d => statements.Some(d, Effect.Deny, hasBoundary))]));
    }

    /// <summary>The caller's side and the owner's side grant (line 12 to 14, 17, 18).</summary>
    private Formula Granted(CertifiedStack stack, bool hasBoundary, Formula identity, Formula boundary, Formula session, Formula resource, string origin)
    {
        Formula grants(PrincipalMeans means) => stack.ResourcePolicy is { } policy ? Resource(policy, hasBoundary, Effect.Allow, means)
            : stack.HasUnknownResourcePolicy && (question.Compares || means == PrincipalMeans.Session) ? Limited(means)
            : False;
        Formula isRoot = callers.Is(PrincipalKind.Root), own = ownership.IsCallers, mustAllow = ResourcePolicyMustAllow(origin);
        Formula direct = Or(
            origin,
            And(origin, isRoot, resource, session),
            And(origin, Not(isRoot), grants(PrincipalMeans.Session)),
            And(origin, Not(isRoot), grants(PrincipalMeans.User), session),
            And(origin, Not(isRoot), grants(PrincipalMeans.Role), boundary, session),
            And(origin, Not(isRoot), grants(PrincipalMeans.Everyone),
                Or(origin, And(origin, boundary, session), Not(atoms.Reading(Reading.EveryoneGrantIsLimited)))));
        Formula lacksSession = stack.SessionPolicies is not null ? False
            : And(origin, callers.Is(PrincipalKind.FederatedUser), Not(atoms.Reading(Reading.FederationWithoutPolicyKeepsUser)));
        Formula both = And(origin, identity, boundary, session, Or(origin, And(origin, own, Not(mustAllow)), resource), Not(lacksSession));
        return Or(
            origin,
            And(origin, Not(callers.HasAccount), resource),
            grants(PrincipalMeans.Unknown),
            And(origin, callers.HasAccount, Not(ownership.CrossesPartition), Or(origin, And(origin, own, direct, Not(IsLattice)), both)));
    }

    /// <summary>Role trust policies, KMS key policies and the policies of VPC Lattice must allow even what an identity of the same account may do.</summary>
    private Formula ResourcePolicyMustAllow(string origin) => Or(
        origin,
        And(origin, atoms.In(atoms.Action, AssumesRole), atoms.In(atoms.Resource, ArnSets.OfResource("iam", "role/"))),
        And(origin, atoms.In(atoms.Action, OfKms), atoms.In(atoms.Resource, ArnSets.OfResource("kms", "key/"))),
        IsLattice);

    /// <summary>Some statement of the resource policy matches, naming the caller in a way.</summary>
    private Formula Resource(CertifiedDocument document, bool hasBoundary, Effect effect, PrincipalMeans means) =>
        statements.SomeNaming(document, effect, hasBoundary, means);
}
