using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using static ProvableSec.CertificateChecker.Derivation.Formula;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>The facts of the assumption <c>linked-keys</c> (docs/world-model.md): keys that follow from the rest of the request.</summary>
internal sealed class LinkedKeyDerivation(Atoms atoms, CallerDerivation callers, OwnershipDerivation ownership, CertifiedQuestion question)
{
    private const string Origin = "linked-keys";

    private static readonly string[] AlwaysSent = ["aws:securetransport", "aws:currenttime", "aws:epochtime", "aws:requestedregion", "aws:useragent", "aws:viaawsservice"];

    private static readonly string[] FromServicesOnly =
        ["aws:sourcearn", "aws:sourceaccount", "aws:sourceowner", "aws:sourceorgid", "aws:sourceorgpaths", "aws:principalservicename", "aws:principalservicenameslist"];

    private static readonly string[] OfEveryAccount = ["aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:userid", "aws:principalisawsservice"];

    private static readonly (PrincipalKind[] Kinds, string Type)[] Types =
    [
        ([PrincipalKind.User], "User"), ([PrincipalKind.Role, PrincipalKind.AssumedRole], "AssumedRole"), ([PrincipalKind.Root], "Account"),
        ([PrincipalKind.FederatedUser], "FederatedUser"), ([PrincipalKind.Anonymous], "Anonymous"),
    ];

    // IAM User Guide, "Global condition context keys", note on aws:ResourceAccount: the actions with which it is not sent.
    private static TextSet WithoutResourceAccount => PolicyText.Set(TextComparison.Action, ((string[])
    [
        "auditmanager:UpdateAssessmentFrameworkShare", "detective:AcceptInvitation", "ds:AcceptSharedDirectory", "ebs:*", "ec2:AcceptTransitGatewayPeeringAttachment",
        "ec2:AcceptVpcEndpointConnections", "ec2:AcceptVpcPeeringConnection", "ec2:CopyImage", "ec2:CopySnapshot", "ec2:CreateTransitGatewayPeeringAttachment",
        "ec2:CreateVolume", "ec2:CreateVpcEndpoint", "ec2:CreateVpcPeeringConnection", "ec2:DeleteTransitGatewayPeeringAttachment", "ec2:DeleteVpcPeeringConnection",
        "ec2:RejectTransitGatewayPeeringAttachment", "ec2:RejectVpcEndpointConnections", "ec2:RejectVpcPeeringConnection", "events:PutEvents",
        "guardduty:AcceptAdministratorInvitation", "macie2:AcceptInvitation", "es:AcceptInboundConnection", "route53:AssociateVpcWithHostedZone",
        "route53:CreateVPCAssociationAuthorization", "route53:DeleteVPCAssociationAuthorization", "route53:DisassociateVPCFromHostedZone",
        "route53:ListHostedZonesByVPC", "securityhub:AcceptAdministratorInvitation",
    ]).Select(a => PolicyPattern.Plain(a)));

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

        foreach (Formula fact in CallerFacts().Concat(OwnerFacts()).Concat(OrganizationFacts()).Concat(UserNameFacts()))
        {
            yield return fact;
        }

        // Whatever a key that follows from another is compared with, the other one compares alike.
        for (int number = 1; number <= atoms.Count; number++)
        {
            if (atoms[number] is { Kind: AtomKind.In, Variable: { Key.Length: > 0 } key, Set: TextSet set })
            {
                foreach (Formula fact in Tie(key, set))
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
        if (question.HasIdentities && question.Request.Principal is null)
        {
            // Nobody can give a service-linked role the policies of a stack.
            yield return Not(callers.IsServiceLinked);
        }
    }

    private IEnumerable<Formula> CallerFacts()
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

        if (atoms.Speaks("aws:principalarn"))
        {
            yield return Implies(Origin, anonymous, Not(Present("aws:principalarn")));
        }

        if (atoms.Speaks("aws:principaltype"))
        {
            foreach ((PrincipalKind[] kinds, string type) in Types)
            {
                yield return Implies(Origin, Or(Origin, [.. kinds.Select(callers.Is)]), In("aws:principaltype", ArnSets.Texts(type)));
            }
        }

        if (atoms.Speaks("aws:principalaccount"))
        {
            yield return Implies(Origin, account, In("aws:principalaccount", ArnSets.TwelveDigits));
        }

        if (atoms.Speaks("aws:principalisawsservice"))
        {
            yield return Implies(Origin, account, In("aws:principalisawsservice", ArnSets.Texts("false")));
        }

        if (atoms.Speaks("aws:username"))
        {
            yield return Same(Origin, Present("aws:username"), callers.Is(PrincipalKind.User));
        }
    }

    private IEnumerable<Formula> OwnerFacts()
    {
        if (atoms.Speaks("aws:resourceaccount"))
        {
            Formula present = Present("aws:resourceaccount");
            yield return Same(Origin, present, Not(atoms.In(atoms.Action, WithoutResourceAccount)));
            yield return Implies(Origin, present, In("aws:resourceaccount", ArnSets.TwelveDigits));
        }
    }

    private IEnumerable<Formula> OrganizationFacts()
    {
        if (question.Subject.Stack?.Organization is not { } organization)
        {
            yield break;
        }

        foreach (KeyValuePair<string, string> account in organization.Accounts.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            Formula member = And(Origin, callers.HasAccount, callers.InAccount(account.Key));
            if (atoms.Speaks("aws:principalorgid") && organization.Id is { } id)
            {
                yield return Implies(Origin, member, In("aws:principalorgid", ArnSets.Texts(id)));
            }

            if (atoms.Speaks("aws:principalorgpaths"))
            {
                Variable paths = atoms.Key("aws:principalorgpaths");
                TextSet path = ArnSets.Texts(account.Value);
                yield return Implies(Origin, member, And(Origin, atoms.In(paths, path), Not(atoms.Outside(paths, path))));
            }
        }
    }

    /// <summary>A user's name is what follows the last slash of its ARN: said of every name that the question compares with.</summary>
    private IEnumerable<Formula> UserNameFacts()
    {
        if (!atoms.Speaks("aws:username"))
        {
            yield break;
        }

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

    /// <summary>The texts that a set names without wildcards.</summary>
    private static IEnumerable<string> Texts(TextSet set) => set.Patterns(Reading.None)
        .Where(p => p.All(place => place.Kind == PlaceKind.Exact))
        .Select(p => new string([.. p.Select(place => place.Character)]));

    private IEnumerable<Formula> Tie(Variable key, TextSet set)
    {
        switch (key.Key)
        {
            case "aws:principalarn":
                yield return Implies(Origin, callers.HasAccount, Same(Origin, atoms.In(key, set), callers.In(set)));
                break;
            case "aws:principalaccount":
                yield return Implies(Origin, callers.HasAccount, Same(Origin, atoms.In(key, set), callers.In(ArnSets.AccountIn(set))));
                break;
            case "aws:resourceaccount" when question.Request.ResourceAccount is { } given:
                // The set may be disputed; then nothing is said.
                Formula isIn = atoms.In(key, set);
                yield return set.Readings != Reading.None ? True : Implies(Origin, atoms.Present(key), set.Contains(given, Reading.None) ? isIn : Not(isIn));
                break;
            case "aws:resourceaccount":
                Formula some = atoms.In(atoms.Resource, ArnSets.OfAccount(null));
                yield return Implies(Origin, And(Origin, atoms.Present(key), some), Same(Origin, atoms.In(key, set), atoms.In(atoms.Resource, ArnSets.AccountIn(set))));
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
