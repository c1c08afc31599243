using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Questions;

/// <summary>
/// The resource policy that a <see cref="Supposition"/> speaks of, for one request: the plainest that an owner could write
/// (IAM User Guide, "AWS JSON policy elements: Principal"; AWS KMS Developer Guide, "Default key policy").
/// </summary>
internal static class SupposedPolicy
{
    private const string Sid = "Supposed", PrincipalArn = "aws:PrincipalArn";

    private static readonly DocumentText Source = new("", "the supposed resource policy");

    public static PolicyDocument? Of(Supposition supposed, AccessRequest request)
    {
        if ((supposed & Supposition.Denial) != 0)
        {
            return Document(Effect.Deny, request, PrincipalEntryKind.Everyone, "*");
        }

        CallerPrincipal caller = request.Principal;
        if ((supposed & Supposition.DirectGrant) != 0)
        {
            // A grant to everyone that looks at aws:PrincipalArn is limited by no other policy, and names a session whatever it is called.
            string? arn = ArnOf(request);
            return arn is null ? Granting(request, caller) : Document(
                Effect.Allow,
                request,
                PrincipalEntryKind.Everyone,
                "*",
                new Condition(new ConditionOperator(SetOperator.None, ConditionComparison.ArnEquals, false, "ArnEquals"), PrincipalArn,
                    PrincipalArn.ToLowerInvariant(), ImmutableArray.Create(PolicyPattern.Plain(arn)), default, default));
        }

        if ((supposed & Supposition.GrantByName) != 0 && ArnOf(request) is { } named)
        {
            return Document(Effect.Allow, request, PrincipalEntryKind.Aws, named);
        }

        if ((supposed & Supposition.GrantToEveryone) != 0)
        {
            return Document(Effect.Allow, request, PrincipalEntryKind.Everyone, "*");
        }

        return (supposed & Supposition.Delegation) != 0 ? Granting(request, caller) : null;
    }

    /// <summary>The ARN of the caller's user or role, or of itself; null for callers without an account.</summary>
    private static string? ArnOf(AccessRequest request) => request.Principal switch
    {
        { Kind: PrincipalKind.AssumedRole } session =>
            request.Context.FirstOrDefault(e => e.FoldedKey == "aws:principalarn") is { Values.IsDefaultOrEmpty: false } listed
            ? listed.Values[0]
            : $"arn:{session.Partition}:iam::{session.Account}:role/{session.Path}",
        var caller => caller.Account.Length > 0 ? caller.Name : null,
    };

    private static PolicyDocument Granting(AccessRequest request, CallerPrincipal caller) => caller.Kind switch
    {
        PrincipalKind.Service => Document(Effect.Allow, request, PrincipalEntryKind.Service, caller.Name),
        PrincipalKind.Federated => Document(Effect.Allow, request, PrincipalEntryKind.Federated, caller.Name),
        PrincipalKind.Anonymous => Document(Effect.Allow, request, PrincipalEntryKind.Everyone, "*"),
        _ => Document(Effect.Allow, request, PrincipalEntryKind.Aws, $"arn:{caller.Partition}:iam::{caller.Account}:root"),
    };

    private static PolicyDocument Document(Effect effect, AccessRequest request, PrincipalEntryKind kind, string principal, params Condition[] conditions)
    {
        // A trust policy has no Resource: it is the role's own.
        bool isTrust = request.Action.StartsWith("sts:", StringComparison.OrdinalIgnoreCase);
        var statement = new Statement(
            0,
            Sid,
            effect,
            new PrincipalClause(false, ImmutableArray.Create(new PrincipalEntry(kind, principal, default)), default),
            new ActionClause(false, ImmutableArray.Create(PolicyPattern.Plain(request.Action)), default),
            isTrust ? null : new ResourceClause(false, ImmutableArray.Create(PolicyPattern.Plain("*")), default),
            conditions.ToImmutableArray(),
            default);
        return new PolicyDocument(Source, PolicyVersion.V2012, true, null, ImmutableArray.Create(statement), ImmutableArray<PolicyProblem>.Empty);
    }
}
