using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using static ProvableSec.CertificateChecker.Derivation.Formula;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>Which requests a question speaks of.</summary>
internal sealed class RequestDerivation(Atoms atoms, CallerDerivation callers)
{
    private const string Origin = "request", Who = "who asks";

    /// <summary>What the question says of the action, the resource and the keys.</summary>
    public Formula Derive(CertifiedRequest request)
    {
        var parts = new List<Formula>();
        if (request.Action is { } action)
        {
            parts.Add(atoms.In(atoms.Action, SetOf(action, TextComparison.Action)));
        }

        if (request.Resource is { } resource)
        {
            parts.Add(atoms.In(atoms.Resource, SetOf(resource, TextComparison.Like)));
        }

        foreach (KeyValuePair<string, CertifiedField> item in request.Context)
        {
            Variable key = atoms.Key(item.Key);
            parts.Add(item.Value.IsAbsent ? Not(atoms.Present(key)) : atoms.In(key, SetOf(item.Value, TextComparison.Like)));
        }

        return And(Origin, [.. parts]);
    }

    /// <summary>The callers that the question speaks of: one that it names, those who have the policies of its stack, or those whom its document
    /// binds.</summary>
    public IEnumerable<Formula> Callers(CertifiedQuestion question)
    {
        CertifiedRequest request = question.Request;
        CertifiedStack? stack = question.Subject.Stack;
        PrincipalKind[] kinds = KindsOf(question);
        yield return Or(Who, [.. kinds.Select(callers.Is)]);

        // The name stands behind the path's last slash, and nobody's name is empty; nor is a session's.
        yield return Not(callers.In(ArnSets.ArnEndingInSlash));
        if (kinds.Contains(PrincipalKind.Federated))
        {
            yield return Implies(Who, callers.HasArnOfProvider, callers.In(ArnSets.Providers));
        }

        yield return Implies(Who, atoms.Present(atoms.Session), callers.HasRole);
        yield return Not(atoms.In(atoms.Session, ArnSets.Texts("")));
        if (request.Principal is { } principal)
        {
            yield return callers.Is(principal);
        }
        else if (question.HasIdentities || question is { Subject.Document: not null, Type: "identity" or "boundary" or "session" })
        {
            // Nobody can give a service-linked role such policies.
            yield return Not(callers.IsServiceLinked);
            if ((stack?.Account ?? question.Baseline?.Stack?.Account) is { } account)
            {
                yield return Implies(Who, callers.HasAccount, callers.InAccount(account));
            }
        }
    }

    /// <summary>The kinds of caller that the question speaks of.</summary>
    public static PrincipalKind[] KindsOf(CertifiedQuestion question) => question switch
    {
        { Request.Principal: { } named } => [named.Kind],
        { Request.PrincipalType: { } kind } => [kind],
        { HasIdentities: true } => Identities,

        // A stack that grants nothing is asked about by whom its limits bind.
        { Subject.Stack: { ResourcePolicy: null } limits } => Bound(limits.PermissionsBoundary is not null ? "boundary" : limits.SessionPolicies is not null
            ? "session" : limits.ServiceControlPolicies is not null ? "scp" : ""),
        { Subject.Stack: not null } => Everybody,
        _ => Bound(question.Type),
    };

    private static PrincipalKind[] Bound(string type) => type switch
    {
        "identity" or "boundary" => Identities,
        "session" => [.. Identities, PrincipalKind.FederatedUser],
        "scp" => [.. Identities, PrincipalKind.FederatedUser, PrincipalKind.Root],
        _ => Everybody,
    };

    private static readonly PrincipalKind[] Identities = [PrincipalKind.User, PrincipalKind.Role, PrincipalKind.AssumedRole];

    private static readonly PrincipalKind[] Everybody =
        [.. Identities, PrincipalKind.Root, PrincipalKind.FederatedUser, PrincipalKind.Service, PrincipalKind.Federated, PrincipalKind.Anonymous];

    private static TextSet SetOf(CertifiedField field, TextComparison comparison)
    {
        TextSet like = PolicyText.Set(comparison, field.Like.Select(l => PolicyPattern.Plain(l)));
        Place[][] texts = [.. field.Texts.Select(t => Place.Text(comparison == TextComparison.Action ? t.ToLowerInvariant() : t).ToArray())];
        return new TextSet(
            $"texts({string.Join(", ", field.Texts.Select(PolicyText.Quoted))}) or {like.Name}",
            [.. texts, .. like.Patterns(Reading.None)]);
    }
}
