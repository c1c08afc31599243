using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>Callers that are likely to matter to a question, and whether a caller is one that it speaks of (docs/commands/prove.md, "request").</summary>
internal sealed class RandomCallers
{
    private static readonly PrincipalKind[] Identities = [PrincipalKind.User, PrincipalKind.Role, PrincipalKind.AssumedRole];
    private static readonly PrincipalKind[] WithAccount = [.. Identities, PrincipalKind.Root, PrincipalKind.FederatedUser];

    private readonly RequestPattern given;
    private readonly PrincipalKind[] kinds;
    private readonly string? account;
    private readonly bool haveIdentityPolicies, isOfIdentities;
    private readonly List<string> names =
    [
        "arn:aws:iam::111122223333:user/a", "arn:aws:iam::111122223333:user/team/b", "arn:aws:iam::111122223333:role/r", "arn:aws:iam::444455556666:user/k",
            "arn:aws:iam::111111111111:user/a",
        "arn:aws:iam::111122223333:root", "arn:aws:iam::444455556666:root", "arn:aws:iam::111122223333:role/team/r", "arn:aws:iam::444455556666:role/r",
            "arn:aws:sts::111122223333:assumed-role/r/s",
        "arn:aws:sts::111122223333:assumed-role/r/t", "arn:aws:sts::444455556666:assumed-role/r/s", "arn:aws:sts::111122223333:federated-user/a",
            "arn:aws:sts::444455556666:federated-user/b",
        "*", "lambda.amazonaws.com", "s3.amazonaws.com", "accounts.google.com", "cognito-identity.amazonaws.com", "arn:aws:iam::111122223333:saml-provider/p",
        "arn:aws-cn:iam::111122223333:user/a", "arn:aws-cn:iam::444455556666:role/r", "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R",
            "arn:aws:iam::777788889999:user/far",
    ];

    public RandomCallers(Query query, IEnumerable<PolicyDocument> documents)
    {
        given = query.Request;
        PolicyStack?[] stacks = [query.Subject.Stack, query.Baseline?.Stack];
        haveIdentityPolicies = stacks.Any(s => s?.IdentityPolicies is not null);
        account = haveIdentityPolicies ? stacks.Select(s => s?.Account).FirstOrDefault(a => a is not null) : null;
        kinds = given.PrincipalType is { } kind ? [kind]
            : query.Question == Question.NoPublicAccess ? [.. Enum.GetValues<PrincipalKind>()
                .Where(k => k != PrincipalKind.Service || query.Zone.ConfusedDeputy)]
            : query.Subject.Stack is { } stack ? haveIdentityPolicies ? Identities : Limited(stack)
            : query.Type switch
            {
                PolicyType.Identity or PolicyType.PermissionsBoundary => Identities,
                PolicyType.Session => [.. Identities, PrincipalKind.FederatedUser],
                PolicyType.ServiceControlPolicy => WithAccount,
                _ => Enum.GetValues<PrincipalKind>(),
            };
        isOfIdentities = query is
        {
            Subject.Document: not null, Type: PolicyType.Identity or PolicyType.PermissionsBoundary or PolicyType.Session,
            Question: not Question.NoPublicAccess
        } && given.Principal is not { Literals.IsEmpty: false };
        foreach (Statement statement in documents.SelectMany(d => d.Statements))
        {
            names.AddRange(statement.Principal?.Entries.Select(e => e.Value) ?? []);
            names.AddRange(statement.Conditions.Where(c => c.FoldedKey is "aws:principalarn" or "a:arn").SelectMany(c => c.Values).Select(v => v.Text)
                .Where(t => t.Contains(":user/", StringComparison.Ordinal) || t.Contains(":role/", StringComparison.Ordinal)));
        }
    }

    /// <summary>Whether a caller may be a service-linked role: nobody can give one the policies of a stack, or an identity policy.</summary>
    public bool MayBeServiceLinked => !haveIdentityPolicies && !isOfIdentities;

    /// <summary>Whom the limits of a stack that grants nothing bind.</summary>
    private static PrincipalKind[] Limited(PolicyStack stack) => stack switch
    {
        { ResourcePolicy: not null } => Enum.GetValues<PrincipalKind>(),
        { PermissionsBoundary: not null } => Identities,
        { SessionPolicies: not null } => [.. Identities, PrincipalKind.FederatedUser],
        { ServiceControlPolicies: not null } => WithAccount,
        _ => Enum.GetValues<PrincipalKind>(),
    };

    /// <summary>A caller, or null when what was drawn is none that the question speaks of.</summary>
    /// <param name="random">Draws.</param>
    /// <param name="filled">Fills a pattern's wildcards.</param>
    public CallerPrincipal? Next(Random random, Func<string, string> filled)
    {
        string name = filled(names[random.Next(names.Count)]);
        PrincipalKind? kind = given.PrincipalType;
        if (given.Principal is { } pattern && (pattern.Literals.Length > 0 || random.Next(4) > 0))
        {
            int at = random.Next(pattern.Literals.Length + pattern.Like.Length);
            name = at < pattern.Literals.Length ? pattern.Literals[at] : filled(pattern.Like[at - pattern.Literals.Length]);
        }

        return CallerPrincipal.TryParse(name, kind, out _) is { } caller && SpeaksOf(caller) ? caller : null;
    }

    /// <summary>Whether a question speaks of a caller.</summary>
    public bool SpeaksOf(CallerPrincipal caller)
    {
        if (given.PrincipalType is { } kind && caller.Kind != kind)
        {
            return false;
        }

        if (given.Principal is { } pattern)
        {
            // Who is named is asked about, whatever the kind; a pattern speaks of the kinds that the question does.
            if (pattern.Literals.Any(l => CallerPrincipal.TryParse(l, given.PrincipalType, out _) is { } named && named.Kind == caller.Kind
                && named.Name == caller.Name))
            {
                return true;
            }

            if (!pattern.Like.Any(l => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(l, caller.Name, ignoreCase: false)))
            {
                return false;
            }
        }

        return kinds.Contains(caller.Kind)
            && (account is null || caller.Account.Length == 0 || caller.Account == account)
            && (MayBeServiceLinked || !caller.Path.StartsWith("aws-service-role/", StringComparison.Ordinal));
    }
}
