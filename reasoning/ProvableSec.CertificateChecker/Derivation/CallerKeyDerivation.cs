using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using static ProvableSec.CertificateChecker.Derivation.Formula;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>The facts of the assumption <c>linked-keys</c> about keys that follow from who asks.</summary>
internal sealed class CallerKeyDerivation(Atoms atoms, CallerDerivation callers, CertifiedQuestion question)
{
    private const string Origin = "linked-keys: who asks", Service = "service ";

    private static readonly string[] FromServicesOnly =
        ["aws:sourcearn", "aws:sourceaccount", "aws:sourceowner", "aws:sourceorgid", "aws:sourceorgpaths", "aws:principalservicename", "aws:principalservicenameslist"];

    private static readonly string[] OfEveryAccount = ["aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:userid", "aws:principalisawsservice"];

    private static readonly string[] NotOfAnonymous =
        ["aws:principalarn", "aws:principalisawsservice", "aws:principalorgid", "aws:principalorgpaths", "aws:tokenissuetime", "aws:multifactorauthpresent"];

    private static readonly (PrincipalKind[] Kinds, string Type)[] Types =
    [
        ([PrincipalKind.User], "User"), ([PrincipalKind.Role, PrincipalKind.AssumedRole], "AssumedRole"), ([PrincipalKind.Root], "Account"),
        ([PrincipalKind.FederatedUser], "FederatedUser"), ([PrincipalKind.Anonymous], "Anonymous"),
    ];

    /// <summary>Which keys are sent, and the values of those that have few.</summary>
    public IEnumerable<Formula> Facts()
    {
        Formula account = callers.HasAccount, anonymous = callers.Is(PrincipalKind.Anonymous), service = callers.Is(PrincipalKind.Service);
        foreach (string key in FromServicesOnly.Where(atoms.Speaks))
        {
            yield return Implies(Origin, Present(key), service);
        }

        foreach (string key in OfEveryAccount.Where(atoms.Speaks))
        {
            yield return Implies(Origin, account, Present(key));
        }

        foreach (string key in NotOfAnonymous.Where(atoms.Speaks))
        {
            yield return Implies(Origin, anonymous, Not(Present(key)));
        }

        foreach (string key in ((string[])["aws:principalaccount", "aws:userid"]).Where(atoms.Speaks))
        {
            yield return Implies(Origin, anonymous, In(key, ArnSets.Texts("anonymous")));
        }

        if (atoms.Speaks("aws:principalaccount"))
        {
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

        foreach (string key in ((string[])["aws:tokenissuetime", "aws:multifactorauthpresent"]).Where(atoms.Speaks))
        {
            yield return Implies(Origin, callers.HasRole, Present(key));
        }

        if (atoms.Speaks("aws:tokenissuetime"))
        {
            yield return Implies(Origin, callers.Is(PrincipalKind.FederatedUser), Present("aws:tokenissuetime"));
        }

        foreach (Formula fact in UserNameFacts().Concat(OrganizationFacts()))
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
            if (atoms[number] is { Kind: AtomKind.In, Set: TextSet set, Variable: { } variable } && (variable.Key is "aws:username" or "aws:principalarn" || variable == atoms.Caller))
            {
                names.UnionWith(Texts(set).Select(t => variable.Key == "aws:username" ? t : t.Substring(t.LastIndexOf('/') + 1)));
            }
        }

        foreach (string name in names)
        {
            Formula named = In("aws:username", ArnSets.Texts(name));
            yield return name.Length == 0 || name.IndexOf('/') >= 0 ? Not(named) : Same(Origin, named, callers.In(ArnSets.UserNamed(name)));
        }
    }

    /// <summary>Where the question gives the organisation, its accounts' callers are in it, each on its account's path.</summary>
    private IEnumerable<Formula> OrganizationFacts()
    {
        if (question.Subject.Stack?.Organization is not { } organization)
        {
            yield break;
        }

        foreach (string account in organization.Accounts.Keys.Concat(organization.ManagementAccount is { } management ? [management] : (string[])[]).Distinct().OrderBy(a => a, StringComparer.Ordinal))
        {
            Formula member = And(Origin, callers.HasAccount, callers.InAccount(account));
            if (atoms.Speaks("aws:principalorgid") && organization.Id is { } id)
            {
                yield return Implies(Origin, member, In("aws:principalorgid", ArnSets.Texts(id)));
            }

            if (atoms.Speaks("aws:principalorgpaths") && organization.Accounts.TryGetValue(account, out string? at))
            {
                Variable paths = atoms.Key("aws:principalorgpaths");
                TextSet path = ArnSets.Texts(at);
                yield return Implies(Origin, member, And(Origin, atoms.In(paths, path), Not(atoms.Outside(paths, path))));
            }
        }
    }

    /// <summary>The texts that a set names without wildcards.</summary>
    private static IEnumerable<string> Texts(TextSet set) => set.Patterns(Reading.None)
        .Where(p => p.All(place => place.Kind == PlaceKind.Exact))
        .Select(p => new string([.. p.Select(place => place.Character)]));

    private Formula Present(string key) => atoms.Present(atoms.Key(key));

    private Formula In(string key, TextSet set) => atoms.In(atoms.Key(key), set);
}
