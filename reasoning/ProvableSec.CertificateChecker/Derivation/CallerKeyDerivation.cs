using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using static ProvableSec.CertificateChecker.Derivation.Formula;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>The facts of the assumption <c>linked-keys</c> about keys that follow from who asks.</summary>
internal sealed class CallerKeyDerivation(Atoms atoms, CallerDerivation callers, OwnershipDerivation ownership, CertifiedQuestion question)
{
    private const string Origin = "linked-keys: who asks", Service = "service ", OrganizationId = "aws:principalorgid",
        OrganizationPaths = "aws:principalorgpaths";

    private static readonly string[] FromServicesOnly =
        ["aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths", "aws:principalservicename", "aws:principalservicenameslist"];

    private static readonly string[] OfEveryAccount = ["aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:userid",
        "aws:principalisawsservice"];

    private static readonly string[] CalledVia = ["aws:calledvia", "aws:calledviafirst", "aws:calledvialast"];

    /// <summary>Keys of who signs a request, which nobody does that is anonymous or comes with the token of a provider.</summary>
    private static readonly string[] OfSigner =
    [
        "aws:principalarn", "aws:principalisawsservice", OrganizationId, OrganizationPaths, "aws:tokenissuetime", "aws:multifactorauthpresent",
            "aws:multifactorauthage", .. CalledVia,
    ];

    private static readonly (PrincipalKind[] Kinds, string Type)[] Types =
    [
        ([PrincipalKind.User], "User"), ([PrincipalKind.Role, PrincipalKind.AssumedRole], "AssumedRole"), ([PrincipalKind.Root], "Account"),
        ([PrincipalKind.FederatedUser], "FederatedUser"), ([PrincipalKind.Anonymous], "Anonymous"),
    ];

    /// <summary>Which keys are sent, and the values of those that have few.</summary>
    public IEnumerable<Formula> Facts()
    {
        Formula account = callers.HasAccount, anonymous = callers.Is(PrincipalKind.Anonymous), service = callers.Is(PrincipalKind.Service),
            provider = callers.Is(PrincipalKind.Federated);
        foreach (string key in FromServicesOnly.Where(atoms.Speaks))
        {
            yield return Implies(Origin, Present(key), service);
        }

        if (atoms.Speaks("aws:sourceowner"))
        {
            yield return Implies(Origin, Present("aws:sourceowner"), Or(Origin, service, And(Origin, account, ownership.IsCallers)));
        }

        foreach (string key in OfEveryAccount.Where(atoms.Speaks))
        {
            yield return Implies(Origin, account, Present(key));
        }

        foreach (string key in OfSigner.Where(atoms.Speaks)
            .Concat(atoms.Keys.Select(k => k.Key).Where(k => k.StartsWith("aws:principaltag/", StringComparison.Ordinal))))
        {
            yield return Implies(Origin, Or(Origin, anonymous, provider), Not(Present(key)));
        }

        foreach (string key in ((string[])["aws:principalaccount", "aws:userid"]).Where(atoms.Speaks))
        {
            yield return Implies(Origin, anonymous, In(key, ArnSets.Texts("anonymous")));
        }

        if (atoms.Speaks("aws:principalaccount"))
        {
            yield return Implies(Origin, provider, Not(Present("aws:principalaccount")));
            yield return Implies(Origin, account, In("aws:principalaccount", ArnSets.TwelveDigits));
        }

        foreach ((PrincipalKind[] kinds, string type) in atoms.Speaks("aws:principaltype") ? Types : [])
        {
            yield return Implies(Origin, Or(Origin, [.. kinds.Select(callers.Is)]), In("aws:principaltype", ArnSets.Texts(type)));
        }

        if (atoms.Speaks("aws:principalisawsservice"))
        {
            yield return Implies(Origin, account, In("aws:principalisawsservice", ArnSets.Texts("false")));
            yield return Implies(Origin, service, In("aws:principalisawsservice", ArnSets.Texts("true")));
        }

        if (atoms.Speaks("aws:principalservicename"))
        {
            yield return Implies(Origin, service, Present("aws:principalservicename"));
        }

        if (atoms.Speaks("aws:tokenissuetime"))
        {
            yield return Implies(Origin, Or(Origin, callers.HasRole, callers.Is(PrincipalKind.FederatedUser)), Present("aws:tokenissuetime"));
        }

        if (atoms.Speaks("aws:multifactorauthage") && atoms.Speaks("aws:multifactorauthpresent"))
        {
            yield return Implies(Origin, Present("aws:multifactorauthage"), atoms.IsTrue("aws:multifactorauthpresent"));
        }

        foreach (string key in CalledVia.Where(atoms.Speaks))
        {
            yield return Implies(Origin, Present(key), And(Origin, account, atoms.Speaks("aws:viaawsservice") ? atoms.IsTrue("aws:viaawsservice") : True));
        }

        foreach (Formula fact in UserNameFacts().Concat(UserIdFacts()).Concat(OrganizationFacts()))
        {
            yield return fact;
        }
    }

    /// <summary>Whatever a key that follows from the caller is compared with, the caller compares alike.</summary>
    public IEnumerable<Formula> Tie(Variable key, TextSet set)
    {
        switch (key.Key)
        {
            case "aws:principalarn":
                yield return Implies(Origin, callers.HasAccount, Same(Origin, atoms.In(key, set), callers.In(set)));
                break;
            case "aws:principalaccount":
                yield return Implies(Origin, callers.HasAccount, Same(Origin, atoms.In(key, set), callers.In(ArnSets.AccountIn(set))));
                break;
            case "aws:userid":
                yield return Implies(Origin, callers.Is(PrincipalKind.Root), Same(Origin, atoms.In(key, set), callers.In(ArnSets.AccountIn(set))));
                break;
            case "aws:principalservicename":
                yield return Implies(Origin, callers.Is(PrincipalKind.Service), Same(Origin, atoms.In(key, set), callers.In(ArnSets.Behind(Service, set))));
                break;
        }
    }

    /// <summary>A user's name is what follows the last slash of its ARN: said of every name that the question compares with.</summary>
    private IEnumerable<Formula> UserNameFacts()
    {
        if (!atoms.Speaks("aws:username"))
        {
            yield break;
        }

        yield return Same(Origin, Present("aws:username"), callers.Is(PrincipalKind.User));
        var names = new SortedSet<string>(StringComparer.Ordinal);
        for (int number = 1; number <= atoms.Count; number++)
        {
            if (atoms[number] is { Kind: AtomKind.In, Set: TextSet set, Variable: { } variable }
                && (variable.Key is "aws:username" or "aws:principalarn" || variable == atoms.Caller))
            {
                names.UnionWith(set.Texts.Select(t => variable.Key == "aws:username" ? t : t.Substring(t.LastIndexOf('/') + 1)));
            }
        }

        foreach (string name in names)
        {
            Formula named = In("aws:username", ArnSets.Texts(name));
            yield return name.Length == 0 || name.IndexOf('/') >= 0 ? Not(named) : Same(Origin, named, callers.In(ArnSets.UserNamed(name)));
        }
    }

    /// <summary>The ids of users and role sessions, of which those of sessions end in the session's name: said of every name that the question compares
    /// with.</summary>
    private IEnumerable<Formula> UserIdFacts()
    {
        if (!atoms.Speaks("aws:userid"))
        {
            yield break;
        }

        yield return Implies(Origin, callers.Is(PrincipalKind.User), In("aws:userid", Like("AIDA*")));
        yield return Implies(Origin, callers.HasRole, In("aws:userid", Like("AROA*:*")));
        var names = new SortedSet<string>(StringComparer.Ordinal);
        for (int number = 1; number <= atoms.Count; number++)
        {
            if (atoms[number] is { Kind: AtomKind.In, Set: TextSet set, Variable: { } variable } && variable == atoms.Session)
            {
                names.UnionWith(set.Texts);
            }
        }

        foreach (string name in names.Where(n => n.IndexOf(':') < 0))
        {
            Formula called = atoms.In(atoms.Session, ArnSets.Texts(name)), id = In("aws:userid", ArnSets.IdsOfSession(name));
            yield return Implies(Origin, called, id);
            yield return Implies(Origin, And(Origin, atoms.Present(atoms.Session), id), called);
        }
    }

    /// <summary>
    /// Only members of an organization have its keys, both of them. Where the question gives one, its accounts' callers are in it, each on its
    /// account's path, and nobody else is.
    /// </summary>
    private IEnumerable<Formula> OrganizationFacts()
    {
        foreach (string key in ((string[])[OrganizationId, OrganizationPaths]).Where(atoms.Speaks))
        {
            yield return Implies(Origin, Present(key), callers.HasAccount);
        }

        foreach (Formula fact in OrganizationPathFacts(atoms, Origin, OrganizationId, OrganizationPaths))
        {
            yield return fact;
        }

        if (atoms.Speaks(OrganizationId) && atoms.Speaks(OrganizationPaths))
        {
            yield return Same(Origin, Present(OrganizationId), Present(OrganizationPaths));
        }

        if (question.Subject.Stack?.Organization is not { } organization)
        {
            yield break;
        }

        string[] members = [.. new SortedSet<string>(organization.Accounts.Keys.Concat(organization.ManagementAccount is { } management ? [management] : []),
            StringComparer.Ordinal)];
        bool isComplete = organization.Accounts.Count > 0;
        Formula isMember = members.Length == 0 ? False : callers.InAccounts(members);
        if (atoms.Speaks(OrganizationId) && organization.Id is { } id)
        {
            Formula isIts = In(OrganizationId, ArnSets.Texts(id));
            yield return Implies(Origin, isMember, isIts);
            yield return isComplete ? Implies(Origin, isIts, isMember) : True;
        }

        if (!atoms.Speaks(OrganizationPaths))
        {
            yield break;
        }

        Variable paths = atoms.Key(OrganizationPaths);
        foreach (IGrouping<string, string> at in organization.Accounts.GroupBy(a => a.Value, a => a.Key, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            TextSet path = ArnSets.Texts(at.Key);
            yield return Implies(Origin, callers.InAccounts([.. at.OrderBy(a => a, StringComparer.Ordinal)]),
                And(Origin, atoms.In(paths, path), Not(atoms.Outside(paths, path))));
        }

        if (isComplete && organization.Id is { } its)
        {
            yield return Implies(Origin, atoms.In(paths, Like(its + "/*")), isMember);
        }
    }

    /// <summary>The paths of an organization's accounts begin with its id: said of every id that the question compares with, alone or as the beginning of a
    /// path.</summary>
    public static IEnumerable<Formula> OrganizationPathFacts(Atoms atoms, string origin, string idKey, string pathsKey)
    {
        if (!atoms.Speaks(idKey) || !atoms.Speaks(pathsKey))
        {
            yield break;
        }

        var ids = new SortedSet<string>(StringComparer.Ordinal);
        for (int number = 1; number <= atoms.Count; number++)
        {
            if (atoms[number] is { Set: TextSet set, Variable.Key: { } key } && (key == idKey || key == pathsKey))
            {
                // What is exact up to the first slash, or altogether.
                ids.UnionWith(set.Patterns(Reading.None)
                    .Select(p => p.TakeWhile(place => place is { Kind: PlaceKind.Exact, Character: not '/' }).ToArray() is var start
                        && (start.Length == p.Length || p[start.Length].Kind == PlaceKind.Exact)
                        ? new string([.. start.Select(place => place.Character)])
                        : "")
                    .Where(i => i.Length > 0));
            }
        }

        Variable all = atoms.Key(pathsKey);
        foreach (string id in ids)
        {
            TextSet below = ArnSets.Beginning(id + "/");
            Formula isIts = atoms.In(atoms.Key(idKey), ArnSets.Texts(id));
            yield return Implies(origin, isIts, Not(atoms.Outside(all, below)));
            yield return Implies(origin, atoms.In(all, below), isIts);
        }
    }

    private static TextSet Like(string pattern) => PolicyText.Set(TextComparison.Like, [PolicyPattern.Plain(pattern)]);

    private Formula Present(string key) => atoms.Present(atoms.Key(key));

    private Formula In(string key, ValueSet set) => atoms.In(atoms.Key(key), set);
}
