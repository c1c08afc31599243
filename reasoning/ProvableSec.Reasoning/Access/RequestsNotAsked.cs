using System.Collections.Immutable;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Access;

/// <summary>
/// Requests that policies outside a dump decide about: key policies (AWS KMS Developer Guide, "Key policies"), and trust policies of roles, which
/// are asked about role by role where the dump has them. Written as Deny statements, to be left out of what describes a line.
/// </summary>
internal static class RequestsNotAsked
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<Statement> All { get; } = ImmutableArray.Create(
        Of("NeedsTrustPolicy", "sts:AssumeRole*", "arn:*:iam:*:*:role/*"),
        Of("NeedsKeyPolicy", "kms:*", "arn:*:kms:*:*:key/*"),
        Of("NeedsTrustPolicyToo", ["sts:TagSession", "sts:SetSourceIdentity"], "arn:*:iam:*:*:role/*"),
        Of("NeedsAuthPolicy", "vpc-lattice-svcs:*", "*"));

    /// <summary>Those on a resource whose policy is known: they are asked about with it.</summary>
    public static IEnumerable<Statement> On(ResourceWithPolicy resource) => resource.Patterns.Select(pattern => Of("DecidedByItsPolicy", "*", pattern));

    /// <summary>Calls that need no permission and that no policy denies (AWS STS API Reference, GetCallerIdentity and GetSessionToken).</summary>
    public static ImmutableArray<PolicyPattern> NeedsNoPermission { get; } = ImmutableArray.Create(PolicyPattern.Plain("sts:GetCallerIdentity"),
        PolicyPattern.Plain("sts:GetSessionToken"));

    private static Statement Of(string sid, string action, string resource) => Of(sid, [action], resource);

    private static Statement Of(string sid, string[] actions, string resource) => new(
        0,
        sid,
        Effect.Deny,
        null,
        new ActionClause(false, actions.Select(a => PolicyPattern.Plain(a)).ToImmutableArray(), default),
        new ResourceClause(false, ImmutableArray.Create(PolicyPattern.Plain(resource)), default),
        ImmutableArray<Condition>.Empty,
        default);
}
