using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using static ProvableSec.CertificateChecker.Derivation.Formula;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>Who asks: which callers a question speaks of, and whom a Principal element names (docs/semantics.md, lines 10 and 18).</summary>
internal sealed class CallerDerivation(Atoms atoms)
{
    private const string Service = "service ", Provider = "provider ";

    /// <summary>The caller is of a kind.</summary>
    public Formula Is(PrincipalKind kind) => kind switch
    {
        PrincipalKind.Anonymous => In(ArnSets.Texts("*")),
        PrincipalKind.Root => In(ArnSets.Caller("iam", null, null, "root", named: false)),
        PrincipalKind.User => In(ArnSets.Caller("iam", null, null, "user/", named: true)),
        PrincipalKind.Role => And("", In(ArnSets.Caller("iam", null, null, "role/", named: true)), Not(atoms.Present(atoms.Session))),
        PrincipalKind.AssumedRole => And("", In(ArnSets.Caller("iam", null, null, "role/", named: true)), atoms.Present(atoms.Session)),
        PrincipalKind.FederatedUser => In(ArnSets.Caller("sts", null, null, "federated-user/", named: true)),
        PrincipalKind.Service => In(ArnSets.Beginning(Service)),
        _ => In(ArnSets.Beginning(Provider)),
    };

    /// <summary>The caller has a role, whether or not the name of its session is known.</summary>
    public Formula HasRole => In(ArnSets.Caller("iam", null, null, "role/", named: true));

    /// <summary>The caller's role is one that a service made for itself.</summary>
    public Formula IsServiceLinked => In(ArnSets.Caller("iam", null, null, "role/aws-service-role/", named: true));

    /// <summary>The caller is a provider named by an ARN, as SAML providers are, and not by a plain name.</summary>
    public Formula HasArnOfProvider => In(ArnSets.Beginning(Provider + "arn:"));

    /// <summary>The caller acts for an account.</summary>
    public Formula HasAccount => In(ArnSets.Beginning("arn:"));

    /// <summary>The caller acts for this account.</summary>
    public Formula InAccount(string account) => In(ArnSets.OfAccount(account));

    /// <summary>The caller acts for one of these accounts.</summary>
    public Formula InAccounts(IReadOnlyCollection<string> accounts) => And("", HasAccount, In(ArnSets.OfAccounts(accounts)));

    /// <summary>The caller is in a set.</summary>
    public Formula In(TextSet set) => atoms.In(atoms.Caller, set);

    /// <summary>The caller is this one.</summary>
    public Formula Is(CallerPrincipal caller) => caller.Kind switch
    {
        PrincipalKind.AssumedRole => And("", In(ArnSets.RoleNamed(caller.Partition, caller.Account, caller.Path)),
            atoms.In(atoms.Session, ArnSets.Texts(caller.Session))),
        PrincipalKind.Role => And("", In(ArnSets.Texts(caller.Name)), Not(atoms.Present(atoms.Session))),
        PrincipalKind.Service => In(ArnSets.Texts(Service + caller.Name)),
        PrincipalKind.Federated => In(ArnSets.Texts(Provider + caller.Name)),
        _ => In(ArnSets.Texts(caller.Name)),
    };

    /// <summary>A Principal or NotPrincipal element speaks of the caller.</summary>
    public Formula Named(PrincipalClause clause, Effect effect, bool hasBoundary, string origin)
    {
        if (clause.Entries.IsEmpty)
        {
            return False;
        }

        if (!clause.IsNot)
        {
            return Or(origin, [.. clause.Entries.Select(e => Named(e, origin))]);
        }

        return Not(effect == Effect.Allow ? Or(origin, [.. clause.Entries.Select(e => Named(e, origin))]) : Exempt(clause, hasBoundary, origin));
    }

    /// <summary>An Allow statement that matches names the caller in a way.</summary>
    public Formula NamedAs(PrincipalClause clause, PrincipalMeans means, string origin) => clause.IsNot
        // Who is not listed is meant as everyone is.
        ? means == PrincipalMeans.Everyone ? True : False
        : Or(origin, [.. clause.Entries.Select(e => means switch
        {
            PrincipalMeans.User => User(e),
            PrincipalMeans.Role => Role(e),
            PrincipalMeans.Session => Session(e),
            PrincipalMeans.Unknown => Unknown(e),
            _ => Everyone(e),
        })]);

    /// <summary>A statement names the caller in another way than by its account.</summary>
    public Formula NamedButAsAccount(PrincipalClause clause, string origin) =>
        Or(origin, [.. clause.Entries.SelectMany(e => (Formula[])[Everyone(e), User(e), Role(e), Session(e), Outsider(e), Unknown(e)])]);

    private Formula Named(PrincipalEntry entry, string origin) => Or(origin, Account(entry), Everyone(entry), User(entry), Role(entry), Session(entry),
        Outsider(entry), Unknown(entry));

    /// <summary>Whom Deny with NotPrincipal exempts: who is listed with all that it is; perhaps who is listed with some of it.</summary>
    private Formula Exempt(PrincipalClause clause, bool hasBoundary, string origin)
    {
        Formula Some(Func<PrincipalEntry, Formula> listed) => Or(origin, [.. clause.Entries.Select(listed)]);
        Formula All(params Formula[] listed) => Or(origin, And(origin, listed),
            And(origin, atoms.Reading(Reading.PartialNotPrincipalExempts), Or(origin, listed)));
        Formula account = Some(Account), user = Some(User), role = Some(Role), session = Some(Session);
        Formula exempt = Or(
            origin,
            Some(Everyone),
            Some(Unknown),
            And(origin, Is(PrincipalKind.Root), account),
            And(origin, Is(PrincipalKind.User), All(account, user)),
            And(origin, Is(PrincipalKind.FederatedUser), All(account, session)),
            And(origin, HasRole, All(account, role, session)),
            And(origin, Not(HasAccount), Some(Outsider)));
        return hasBoundary ? And(origin, exempt, Or(origin, Is(PrincipalKind.Root), Not(HasAccount))) : exempt;
    }

    private static Formula Everyone(PrincipalEntry entry) =>
        entry.Kind == PrincipalEntryKind.Everyone || entry is { Kind: PrincipalEntryKind.Aws, Value: "*" } ? True : False;

    private Formula Account(PrincipalEntry entry) => entry.Kind == PrincipalEntryKind.Aws && Parsed(entry) is { Kind: PrincipalKind.Root } root
        // Twelve digits name the account in every partition, its ARN in one.
        ? And("", HasAccount, InAccount(root.Account), entry.Value.Length == 12 ? True : In(ArnSets.OfPartition(root.Partition)))
        : False;

    private Formula User(PrincipalEntry entry) => entry.Kind == PrincipalEntryKind.Aws && Parsed(entry) is { Kind: PrincipalKind.User }
        ? In(ArnSets.Texts(entry.Value)) : False;

    private Formula Role(PrincipalEntry entry) => entry.Kind == PrincipalEntryKind.Aws && Parsed(entry) is { Kind: PrincipalKind.Role }
        ? In(ArnSets.Texts(entry.Value)) : False;

    private Formula Session(PrincipalEntry entry) => entry.Kind != PrincipalEntryKind.Aws ? False : Parsed(entry) switch
    {
        { Kind: PrincipalKind.FederatedUser } => In(ArnSets.Texts(entry.Value)),
        // AWS writes the ARN of a session without a region.
        { Kind: PrincipalKind.AssumedRole } session when entry.Value
            == $"arn:{session.Partition}:sts::{session.Account}:assumed-role/{session.Path}/{session.Session}" => Is(session),
        _ => False,
    };

    /// <summary>Somebody, of whom the entry does not say who it is among callers: a canonical user, the id of a deleted principal. The same entry is the
    /// same.</summary>
    private Formula Unknown(PrincipalEntry entry) => entry.Kind switch
    {
        PrincipalEntryKind.Everyone or PrincipalEntryKind.Service or PrincipalEntryKind.Federated => False,
        PrincipalEntryKind.Aws when entry.Value == "*" || Parsed(entry) is not null => False,
        _ => atoms.Free($"the caller is the principal {entry.Kind} {PolicyText.Quoted(entry.Value)}"),
    };

    private Formula Outsider(PrincipalEntry entry) => entry.Kind switch
    {
        PrincipalEntryKind.Service => In(entry.Value == "*" ? ArnSets.Beginning(Service) : ArnSets.Texts(Service + entry.Value)),
        PrincipalEntryKind.Federated => In(entry.Value == "*" ? ArnSets.Beginning(Provider) : ArnSets.Texts(Provider + entry.Value)),
        _ => False,
    };

    private static CallerPrincipal? Parsed(PrincipalEntry entry) => CallerPrincipal.TryParse(entry.Value, null, out _);
}
