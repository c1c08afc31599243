using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Linq;
using ProvableSec.Rules.Stacks;
using ProvableSec.Testing.Sources;

namespace ProvableSec.Testing;

/// <summary>
/// What a claim is about: one policy standing alone, or the policies that decide together for a user or role, with boundary, session policy, resource policy
/// and
/// control policies. Immutable, so that tests can share it and add to it; safe in parallel tests.
/// </summary>
/// <example>
/// <code>
/// PolicySubject role = Policies.Load("policies/role.json").WithBoundary("policies/boundary.json");
/// role.ShouldNeverAllow("iam:*");
/// </code>
/// </example>
public sealed class PolicySubject
{
    private static readonly PolicyDocument FullAccess = FullAccessPolicy.Named("FullAWSAccess");

    internal PolicySubject(string name, ImmutableArray<Variant> variants) => (Name, Variants) = (name, variants);

    /// <summary>What messages call it.</summary>
    public string Name { get; private init; }

    /// <summary>The policies, once for each way in which conditions of a template can be met.</summary>
    internal ImmutableArray<Variant> Variants { get; private init; }

    /// <summary>Why policies that take part are not known at all.</summary>
    internal ImmutableArray<string> Unknown { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>Why policies that could only take away are not known.</summary>
    internal ImmutableArray<string> UnknownLimits { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The user or role that has the policies, where that is known.</summary>
    internal CallerPrincipal? Caller { get; init; }

    /// <summary>The trust policy.</summary>
    internal PolicySubject? TrustPolicy { get; init; }

    /// <summary>The trust policy of a role: who may assume it.</summary>
    /// <exception cref="PolicySourceException">There is none, as for users and for policies that were loaded by themselves.</exception>
    public PolicySubject Trust => TrustPolicy
        ?? throw new PolicySourceException($"{Name} has no trust policy; only roles of templates, plans and dumps have one");

    /// <summary>The requests that are allowed, for queries in C# (<c>docs/linq.md</c>).</summary>
    /// <exception cref="PolicySourceException">Values or policies are known only at deployment.</exception>
    /// <example>
    /// <code>
    /// bool none = role.AllowedRequests().Where(r => r.Action.Matches("kms:*")).IsEmpty();
    /// </code>
    /// </example>
    public RequestQuery AllowedRequests()
    {
        string[] open = [.. Unknown, .. Variants.SelectMany(v => v.Open)];
        return Variants is [var only] && open.Length == 0
            ? only.Subject.Document is { } alone ? alone.AllowedRequests(only.Type) : only.ToStack().AllowedRequests()
            : throw new PolicySourceException(
                $"what {Name} allows is known only at deployment: {string.Join(", ", open.Length > 0 ? open : Variants.Select(v => v.When))}");
    }

    /// <summary>The same, called otherwise in messages.</summary>
    public PolicySubject Named(string name) => With(name, v => v);

    /// <summary>The same in an account, which its users and roles and their own resources belong to.</summary>
    /// <param name="account">Twelve digits.</param>
    public PolicySubject InAccount(string account) => CallerPrincipal.IsTwelveDigits(account ?? throw new ArgumentNullException(nameof(account)))
        ? With(v => v.With(stack => stack with { Account = account }))
        : throw new PolicySourceException($"\"{account}\" is not an account: expected twelve digits");

    /// <summary>With another identity policy of the same user or role.</summary>
    public PolicySubject WithIdentityPolicy(PolicySubject policy) =>
        With(v => v.With(stack => stack with { IdentityPolicies = (stack.IdentityPolicies ?? ImmutableArray<PolicyDocument>.Empty).Add(Document(policy)) }));

    /// <inheritdoc cref="WithIdentityPolicy(PolicySubject)"/>
    /// <param name="policy">A file, or the policy as JSON.</param>
    /// <param name="caller">Left to the compiler: the file is looked for beside it.</param>
    public PolicySubject WithIdentityPolicy(string policy, [CallerFilePath] string caller = "") =>
        WithIdentityPolicy(Policies.Read(policy, PolicyType.Identity, caller));

    /// <summary>With a permissions boundary.</summary>
    public PolicySubject WithBoundary(PolicySubject boundary) => With(v => v.With(stack => stack with { PermissionsBoundary = Document(boundary) }));

    /// <inheritdoc cref="WithBoundary(PolicySubject)"/>
    /// <param name="boundary">A file, or the policy as JSON.</param>
    /// <param name="caller">Left to the compiler: the file is looked for beside it.</param>
    public PolicySubject WithBoundary(string boundary, [CallerFilePath] string caller = "") =>
        WithBoundary(Policies.Read(boundary, PolicyType.PermissionsBoundary, caller));

    /// <summary>
    /// Below another level of service control policies: called for the root first, then for each organizational unit and the account. Policies that only deny
    /// stand beside FullAWSAccess, which AWS attaches.
    /// </summary>
    public PolicySubject WithScp(params PolicySubject[] level) =>
        With(v => v.With(stack => stack with { ServiceControlPolicies = Below(stack.ServiceControlPolicies, level, beside: true) }));

    /// <inheritdoc cref="WithScp(PolicySubject[])"/>
    /// <param name="policy">A file, or the policy as JSON.</param>
    /// <param name="caller">Left to the compiler: the file is looked for beside it.</param>
    public PolicySubject WithScp(string policy, [CallerFilePath] string caller = "") => WithScp(Policies.Read(policy, PolicyType.ServiceControlPolicy, caller));

    /// <summary>With another level of resource control policies above the resource's account: the root first.</summary>
    public PolicySubject WithRcp(params PolicySubject[] level) =>
        With(v => v.With(stack => stack with { ResourceControlPolicies = Below(stack.ResourceControlPolicies, level, beside: false) }));

    /// <inheritdoc cref="WithRcp(PolicySubject[])"/>
    /// <param name="policy">A file, or the policy as JSON.</param>
    /// <param name="caller">Left to the compiler: the file is looked for beside it.</param>
    public PolicySubject WithRcp(string policy, [CallerFilePath] string caller = "") =>
        WithRcp(Policies.Read(policy, PolicyType.ResourceControlPolicy, caller));

    /// <summary>With the policy of the resource that requests are about; of a KMS key its key policy, of a role its trust policy.</summary>
    public PolicySubject WithResourcePolicy(PolicySubject policy) =>
        With(v => v.With(stack => stack with { ResourcePolicy = Document(policy), HasNoResourcePolicy = false }));

    /// <inheritdoc cref="WithResourcePolicy(PolicySubject)"/>
    /// <param name="policy">A file, or the policy as JSON.</param>
    /// <param name="caller">Left to the compiler: the file is looked for beside it.</param>
    public PolicySubject WithResourcePolicy(string policy, [CallerFilePath] string caller = "") =>
        WithResourcePolicy(Policies.Read(policy, PolicyType.Resource, caller));

    /// <summary>With the knowledge that resources have no policies of their own. Where neither this nor a policy is given, nothing is known of them.</summary>
    public PolicySubject WithoutResourcePolicy() => With(v => v.With(stack => stack with { ResourcePolicy = null, HasNoResourcePolicy = true }));

    /// <summary>Through a VPC endpoint with a policy.</summary>
    public PolicySubject WithEndpointPolicy(PolicySubject policy) =>
        With(v => v.With(stack => stack with { VpcEndpointPolicies = stack.VpcEndpointPolicies.Add(Document(policy)) }));

    /// <inheritdoc cref="WithEndpointPolicy(PolicySubject)"/>
    /// <param name="policy">A file, or the policy as JSON.</param>
    /// <param name="caller">Left to the compiler: the file is looked for beside it.</param>
    public PolicySubject WithEndpointPolicy(string policy, [CallerFilePath] string caller = "") =>
        WithEndpointPolicy(Policies.Read(policy, PolicyType.VpcEndpoint, caller));

    /// <summary>As a session sees it to which a session policy was passed.</summary>
    public PolicySubject AsSeenBy(PolicySubject sessionPolicy) =>
        With(v =>
            v.With(stack => stack with { SessionPolicies = (stack.SessionPolicies ?? ImmutableArray<PolicyDocument>.Empty).Add(Document(sessionPolicy)) }));

    /// <inheritdoc cref="AsSeenBy(PolicySubject)"/>
    /// <param name="sessionPolicy">A file, or the policy as JSON.</param>
    /// <param name="caller">Left to the compiler: the file is looked for beside it.</param>
    public PolicySubject AsSeenBy(string sessionPolicy, [CallerFilePath] string caller = "") =>
        AsSeenBy(Policies.Read(sessionPolicy, PolicyType.Session, caller));

    /// <summary>Under the control policies that an organization has above its account.</summary>
    /// <exception cref="PolicySourceException">The account is not known, or no member of the organization.</exception>
    public PolicySubject Under(OrganizationPolicies organization) => With(v => v.With(organization.Above));

    /// <summary>Under what an organization has above an account; where that is not known, what limits it is not.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="account">The account of the resource, for a stack of one; else that of the caller counts.</param>
    /// <param name="isGiven">Whether the stack says itself what a member of it is.</param>
    internal PolicySubject Under(OrganizationPolicies organization, string? account, Func<string, bool> isGiven) =>
        account is null && Variants.Any(v => v.Subject.Stack!.Account is null)
            ? new PolicySubject(Name, Variants)
            {
                Unknown = Unknown,
                UnknownLimits = UnknownLimits.Add($"which control policies of {organization} bind it is not known; give the stack an account"),
                Caller = Caller,
                TrustPolicy = TrustPolicy,
            }
            : WithStack(stack =>
            {
                PolicyStack above = organization.Above(stack with { Account = account ?? stack.Account });
                return above with
                {
                    Account = stack.Account,
                    ServiceControlPolicies = account is not null || isGiven("serviceControlPolicies") ? stack.ServiceControlPolicies
                        : above.ServiceControlPolicies,
                    ResourceControlPolicies = isGiven("resourceControlPolicies") ? stack.ResourceControlPolicies : above.ResourceControlPolicies,
                };
            }, isBoundaryGiven: false);

    /// <summary>The name, as test windows show it.</summary>
    public override string ToString() => Name;

    private static ImmutableArray<ImmutableArray<PolicyDocument>> Below(ImmutableArray<ImmutableArray<PolicyDocument>>? levels, PolicySubject[] level,
        bool beside)
    {
        ImmutableArray<PolicyDocument> documents = level.Select(Document).ToImmutableArray();
        bool deniesOnly = !documents.IsEmpty && documents.All(d => d.Statements.All(s => s.Effect == Effect.Deny));
        return (levels ?? ImmutableArray<ImmutableArray<PolicyDocument>>.Empty).Add(beside && deniesOnly ? documents.Insert(0, FullAccess) : documents);
    }

    /// <summary>The one policy that a subject is.</summary>
    private static PolicyDocument Document(PolicySubject policy) =>
        (policy ?? throw new ArgumentNullException(nameof(policy))).Variants is [{ Subject.Document: { } alone }] && policy.Unknown.IsEmpty
        ? alone
        : throw new PolicySourceException($"{policy.Name} is not one policy, which is wanted here");

    /// <summary>With another stack in each deployment.</summary>
    /// <param name="change">Makes it.</param>
    /// <param name="isBoundaryGiven">Whether the stack has a boundary in place of the subject's own, so that it plays no part that this is not known.</param>
    internal PolicySubject WithStack(Func<PolicyStack, PolicyStack> change, bool isBoundaryGiven) =>
        new(Name, Variants.Select(variant => variant.With(change)).ToImmutableArray())
        {
            Unknown = Unknown,
            UnknownLimits = isBoundaryGiven ? ImmutableArray<string>.Empty : UnknownLimits,
            Caller = Caller,
            TrustPolicy = TrustPolicy,
        };

    private PolicySubject With(Func<Variant, Variant> change) => With(Name, change);

    private PolicySubject With(string name, Func<Variant, Variant> change) =>
        new(name, Variants.Select(change).ToImmutableArray()) { Unknown = Unknown, UnknownLimits = UnknownLimits, Caller = Caller, TrustPolicy = TrustPolicy };
}
