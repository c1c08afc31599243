using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.ServiceData;
using static ProvableSec.CertificateChecker.Derivation.Formula;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>The facts of the assumption <c>linked-keys</c> (docs/world-model.md): keys that follow from the rest of the request.</summary>
internal sealed class LinkedKeyDerivation(Atoms atoms, CallerDerivation callers, OwnershipDerivation ownership, CertifiedQuestion question)
{
    private const string Origin = "linked-keys";

    /// <summary>Of this many accounts of an organization the keys follow from it.</summary>
    public const int MostAccounts = 64;

    private static readonly string[] AlwaysSent = ["aws:securetransport", "aws:currenttime", "aws:epochtime", "aws:requestedregion", "aws:useragent",
        "aws:viaawsservice"];

    private static TextSet WithoutResourceAccount => PolicyText.Set(TextComparison.Action, ResourceAccountActions.NotSent.Select(a => PolicyPattern.Plain(a)));

    private static TextSet CreateVolume => PolicyText.Set(TextComparison.Action, [PolicyPattern.Plain("ec2:CreateVolume")]);

    /// <summary>The facts for the keys that the question speaks of.</summary>
    /// <param name="accounts">The accounts that it names.</param>
    public IEnumerable<Formula> Facts(IReadOnlyCollection<string> accounts)
    {
        foreach (string key in AlwaysSent.Where(atoms.Speaks))
        {
            yield return Present(key);
        }

        foreach (Variable tag in atoms.Keys.Where(k => atoms.Speaks("aws:tagkeys") && k.Key.StartsWith("aws:requesttag/", StringComparison.Ordinal)))
        {
            yield return Implies(Origin, atoms.Present(tag), atoms.In(atoms.Key("aws:tagkeys"), ArnSets.AnyCase(tag.Key.Substring("aws:requesttag/".Length))));
        }

        var sameValue = new SameValueDerivation(atoms);
        sameValue.Speak();
        var caller = new CallerKeyDerivation(atoms, callers, ownership, question);
        foreach (Formula fact in OwnerFacts(accounts).Concat(NetworkFacts()).Concat(caller.Facts()).Concat(ReservedFacts()).Concat(sameValue.Presence()))
        {
            yield return fact;
        }

        // Whatever a key that follows from another is compared with, the other one compares alike.
        for (int number = 1; number <= atoms.Count; number++)
        {
            if (atoms[number] is { Kind: AtomKind.In, Variable: { Key.Length: > 0 } key, Set: { } set })
            {
                foreach (Formula fact in sameValue.Tie(key, set).Concat(set is TextSet texts ? Tie(key, texts).Concat(caller.Tie(key, texts)) : []))
                {
                    yield return fact;
                }
            }
        }

        foreach ((_, Formula fact) in ownership.OwnerFacts(accounts))
        {
            yield return fact;
        }

        yield return Not(And(Origin, callers.HasAccount, callers.In(ArnSets.OfPartition(""))));
    }

    private IEnumerable<Formula> OwnerFacts(IReadOnlyCollection<string> accounts)
    {
        if (atoms.Speaks("aws:resourceaccount"))
        {
            Formula present = Present("aws:resourceaccount");
            Formula unsent = atoms.In(atoms.Action, WithoutResourceAccount);
            yield return Implies(Origin, Not(unsent), present);

            // AWS's page lists CreateVolume among the actions without the key, and a policy of AWS's own compares it there.
            yield return Implies(Origin, And(Origin, unsent, Not(atoms.In(atoms.Action, CreateVolume))), Not(present));
            yield return Implies(Origin, present, In("aws:resourceaccount", ArnSets.TwelveDigits));
            foreach (string account in accounts)
            {
                yield return Implies(Origin, And(Origin, callers.HasAccount, callers.InAccount(account), In("aws:resourceaccount", ArnSets.Texts(account))),
                    ownership.IsCallers);
            }
        }

        Formula sent = Not(atoms.In(atoms.Action, WithoutResourceAccount));
        foreach (string key in ((string[])["aws:resourceorgid", "aws:resourceorgpaths"]).Where(atoms.Speaks))
        {
            yield return Implies(Origin, Present(key), sent);
        }

        foreach (Formula fact in CallerKeyDerivation.OrganizationPathFacts(atoms, Origin, "aws:resourceorgid", "aws:resourceorgpaths"))
        {
            yield return fact;
        }

        foreach (KeyValuePair<string, string> member in question.Subject.Stack?.Organization?.Accounts.OrderBy(a => a.Key, StringComparer.Ordinal)
            .Take(MostAccounts) ?? Enumerable.Empty<KeyValuePair<string, string>>())
        {
            Formula of = And(Origin, ownership.ResourceIn(member.Key), sent);
            if (atoms.Speaks("aws:resourceorgid") && question.Subject.Stack!.Organization!.Id is { } id)
            {
                yield return Implies(Origin, of, In("aws:resourceorgid", ArnSets.Texts(id)));
            }

            if (atoms.Speaks("aws:resourceorgpaths"))
            {
                Variable paths = atoms.Key("aws:resourceorgpaths");
                TextSet path = ArnSets.Texts(member.Value);
                yield return Implies(Origin, of, And(Origin, atoms.In(paths, path), Not(atoms.Outside(paths, path))));
            }
        }
    }

    /// <summary>Nobody asks for what AWS refuses whatever policies say.</summary>
    private IEnumerable<Formula> ReservedFacts()
    {
        var reserved = new ReservedDerivation(atoms, callers);
        yield return Not(reserved.FromCustomers);
        yield return Not(reserved.FromCaller);
    }

    /// <summary>A request comes from an address, or through a VPC endpoint.</summary>
    private IEnumerable<Formula> NetworkFacts()
    {
        if (!atoms.Speaks("aws:sourceip"))
        {
            yield break;
        }

        // What a service sends that calls for itself or in somebody's name is not known.
        Formula byCaller = Not(Or(Origin, callers.Is(PrincipalKind.Service), atoms.Speaks("aws:viaawsservice") ? atoms.IsTrue("aws:viaawsservice") : True));
        foreach (string key in ((string[])["aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip"]).Where(atoms.Speaks))
        {
            yield return Implies(Origin, byCaller, Not(And(Origin, Present("aws:sourceip"), Present(key))));
        }

        if (((CertifiedStack?[])[question.Subject.Stack, question.Baseline?.Stack]).Any(s => s is { VpcEndpointPolicies.Count: > 0 }))
        {
            yield return Implies(Origin, byCaller, Not(Present("aws:sourceip")));
        }
    }

    private IEnumerable<Formula> Tie(Variable key, TextSet set)
    {
        switch (key.Key)
        {
            case "aws:resourceaccount" when question.Request.ResourceAccount is { } given:
                // The set may be disputed; then nothing is said.
                Formula isIn = atoms.In(key, set);
                yield return set.Readings != Reading.None ? True : Implies(Origin, atoms.Present(key), set.Contains(given, Reading.None) ? isIn : Not(isIn));
                break;
            case "aws:resourceaccount":
                Formula some = atoms.In(atoms.Resource, ArnSets.OfAccount(null));
                yield return Implies(Origin, And(Origin, atoms.Present(key), some),
                    Same(Origin, atoms.In(key, set), atoms.In(atoms.Resource, ArnSets.AccountIn(set))));
                yield return Implies(
                    Origin,
                    And(Origin, atoms.Present(key), Not(some), callers.HasAccount, ownership.IsCallers),
                    Same(Origin, atoms.In(key, set), callers.In(ArnSets.AccountIn(set))));
                break;
        }
    }

    private Formula Present(string key) => atoms.Present(atoms.Key(key));

    private Formula In(string key, TextSet set) => atoms.In(atoms.Key(key), set);
}
