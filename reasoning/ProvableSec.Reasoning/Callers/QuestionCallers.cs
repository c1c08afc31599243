using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Callers;

/// <summary>Who asks, as far as a question says it.</summary>
internal sealed class QuestionCallers
{
    /// <summary>The account of a caller of whom nothing is asked, and the one that is another than a given one.</summary>
    public const string SomeAccount = "111122223333", OtherAccount = "444455556666";

    /// <summary>One that is another than both.</summary>
    public const string ThirdAccount = "777788889999";

    /// <summary>An account that is another than a given one.</summary>
    public static string OtherThan(string account) => account == OtherAccount ? SomeAccount : OtherAccount;

    public QuestionCallers(Query query)
    {
        PolicyStack?[] stacks = [query.Subject.Stack, query.Baseline?.Stack];
        AreIdentities = stacks.Any(s => s?.IdentityPolicies is not null);
        ComeThroughEndpoint = stacks.Any(s => s is { VpcEndpointPolicies.IsDefaultOrEmpty: false });
        AreOutsiders = query.Question == Question.NoPublicAccess;
        FieldPattern? given = query.Request.Principal;
        if (given is { Literals.Length: 1, Like.Length: 0 })
        {
            Principal = CallerPrincipal.TryParse(given.Literals[0], query.Request.PrincipalType, out _);
        }

        IsFree = given is null or { Literals.IsEmpty: true };
        Kinds = KindsOf(query, given);
        if (AreOutsiders && !query.Zone.ConfusedDeputy)
        {
            Kinds &= ~CallerKinds.Service;
        }

        bool hasAccount = Principal is not null && (KindsOf(Principal.Kind) & CallerKinds.WithAccount) != 0;
        Account = hasAccount ? Principal!.Account
            : IsFree && AreIdentities ? stacks.Select(s => s?.Account).FirstOrDefault(a => a is not null)
            : null;
        Partition = hasAccount ? Principal!.Partition : null;
    }

    /// <summary>The kinds of caller in question.</summary>
    public CallerKinds Kinds { get; }

    /// <summary>The caller, where the question names one.</summary>
    public CallerPrincipal? Principal { get; }

    /// <summary>The plainest user that may ask; null where the question is about other callers.</summary>
    public CallerPrincipal? PlainUser => Principal is { Kind: PrincipalKind.User } one ? one
        : !IsFree || (Kinds & CallerKinds.User) == 0 ? null
        : CallerPrincipal.TryParse($"arn:aws:iam::{Account ?? SomeAccount}:user/someone", PrincipalKind.User, out _);

    /// <summary>True when the question names no caller: a pattern may still restrict who it is.</summary>
    public bool IsFree { get; }

    /// <summary>The account of all callers in question, where it is known.</summary>
    public string? Account { get; }

    /// <summary>Their partition, where it is known.</summary>
    public string? Partition { get; }

    /// <summary>True when the callers have the identity policies of a stack.</summary>
    public bool AreIdentities { get; }

    /// <summary>True when they are outsiders, who may have a service act for them.</summary>
    public bool AreOutsiders { get; }

    /// <summary>True when the request comes through a VPC endpoint.</summary>
    public bool ComeThroughEndpoint { get; }

    /// <summary>Whom the limits of a stack that grants nothing bind, so that it is a question what they let through.</summary>
    private static CallerKinds Limited(PolicyStack stack) => stack switch
    {
        { PermissionsBoundary: not null } => CallerKinds.Identities,
        { SessionPolicies: not null } => CallerKinds.Identities | CallerKinds.FederatedUser,
        { ServiceControlPolicies: not null } => CallerKinds.WithAccount,
        _ => CallerKinds.Anyone,
    };

    private CallerKinds KindsOf(Query query, FieldPattern? given)
    {
        if (query.Request.PrincipalType is { } said)
        {
            return KindsOf(said);
        }

        CallerKinds named = 0;
        foreach (string literal in given?.Literals ?? ImmutableArray<string>.Empty)
        {
            named |= CallerPrincipal.TryParse(literal, null, out _) is { } one ? KindsOf(one.Kind) : 0;
        }

        if (named != 0 && given!.Like.IsEmpty)
        {
            return named;
        }

        if (AreOutsiders)
        {
            return CallerKinds.Anyone;
        }

        if (query.Subject.Stack is not null)
        {
            return named | (AreIdentities ? CallerKinds.Identities : query.Subject.Stack is { ResourcePolicy: null } limits ? Limited(limits)
                : CallerKinds.Anyone);
        }

        return named | query.Type switch
        {
            PolicyType.Identity or PolicyType.PermissionsBoundary => CallerKinds.Identities,
            PolicyType.Session => CallerKinds.Identities | CallerKinds.FederatedUser,
            PolicyType.ServiceControlPolicy => CallerKinds.WithAccount,
            _ => CallerKinds.Anyone,
        };
    }

    /// <summary>The kinds of caller a principal's kind stands for.</summary>
    public static CallerKinds KindsOf(PrincipalKind kind) => kind switch
    {
        PrincipalKind.User => CallerKinds.User,
        PrincipalKind.Role => CallerKinds.Role,
        PrincipalKind.AssumedRole => CallerKinds.RoleSession,
        PrincipalKind.Root => CallerKinds.Root,
        PrincipalKind.FederatedUser => CallerKinds.FederatedUser,
        PrincipalKind.Service => CallerKinds.Service,
        PrincipalKind.Federated => CallerKinds.Provider,
        _ => CallerKinds.Anonymous,
    };
}
