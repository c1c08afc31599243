using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>
/// Formulas about who asks. Every kind of caller is a set of texts of <see cref="RequestFormulas.Caller"/>, and the sets are disjoint, so that
/// one variable says who it is; a role session's name stands apart, because its role's ARN is what most policies speak of.
/// </summary>
/// <param name="formulas">Where the formulas are made.</param>
/// <param name="kinds">The kinds of caller in question.</param>
/// <param name="account">The account of all callers in question, where the question gives one.</param>
/// <param name="partition">Their partition likewise.</param>
internal sealed class CallerTranslator(RequestFormulas formulas, CallerKinds kinds, string? account = null, string? partition = null)
{
    /// <summary>What stands before the name of a service, and of a web identity or SAML provider.</summary>
    public const string ServicePrefix = "service ", ProviderPrefix = "provider ";

    private static readonly TextSet Users = Arns("iam", "user/", named: true), Roles = Arns("iam", "role/", named: true),
        Roots = Arns("iam", "root", named: false),
        FederatedUsers = Arns("sts", "federated-user/", named: true), Services = Prefixed(ServicePrefix), Providers = Prefixed(ProviderPrefix),
            ProviderArns = Prefixed(ProviderPrefix + "arn:"),
        NamedProviders = new(new PatternSet([Arn(ProviderPrefix, "iam", "oidc-provider/").Add(PlaceKind.One).Add(PlaceKind.Star).Build(),
            Arn(ProviderPrefix, "iam", "saml-provider/").Add(PlaceKind.One).Add(PlaceKind.Star).Build()])), Nobody = TextSet.Of("*"),
        ServiceLinked = Arns("iam", "role/aws-service-role/", named: true),
        EndsInSlash = new(new PatternSet([new CharPattern.Builder().Exact("arn:").Add(PlaceKind.Star).Exact("/").Build()])),
        SessionNames = new(new PatternSet([new CharPattern.Builder().Add(PlaceKind.One).Add(PlaceKind.Star).Build()])),
        SlashedSessions = new(new PatternSet([new CharPattern.Builder().Add(PlaceKind.Star).Exact("/").Build()]));

    private readonly FormulaBuilder graph = formulas.Graph;

    /// <summary>The kinds of caller in question.</summary>
    public CallerKinds Kinds => kinds;

    /// <summary>The caller acts for an account.</summary>
    public Formula HasAccount => Is(CallerKinds.WithAccount);

    /// <summary>The caller's role is a service-linked one.</summary>
    public Formula IsServiceLinked => (kinds & (CallerKinds.Role | CallerKinds.RoleSession)) == 0 ? Formula.False
        : formulas.Exists(formulas.Caller, ServiceLinked);

    /// <summary>The caller is of one of these kinds.</summary>
    public Formula Is(CallerKinds any)
    {
        if ((kinds & any) == 0)
        {
            return Formula.False;
        }

        return (kinds & ~any) == 0 ? Formula.True : Belongs(kinds & any);
    }

    /// <summary>The account of all callers in question, where it is known.</summary>
    public string? Account => account;

    /// <summary>Their partition, where it is known.</summary>
    public string? Partition => partition;

    /// <summary>The caller acts for this account.</summary>
    public Formula InAccount(string named) => (kinds & CallerKinds.WithAccount) == 0 ? Formula.False
        : account is null ? InAccounts(named)
        : account == named ? HasAccount : Formula.False;

    /// <summary>The caller acts for one of these accounts.</summary>
    public Formula InAccounts(params string[] named) => formulas.Exists(formulas.Caller,
        new TextSet(new PatternSet(named.Select(a => ArnSets.Begin(null, null, null, a).Add(PlaceKind.Star).Build()))));

    /// <summary>The caller is in this partition.</summary>
    public Formula InPartition(string named) => (kinds & CallerKinds.WithAccount) == 0 ? Formula.False
        : partition is null ? formulas.Exists(formulas.Caller, new TextSet(new PatternSet([ArnSets.Begin(named).Add(PlaceKind.Star).Build()])))
        : partition == named ? HasAccount : Formula.False;

    /// <summary>The caller's ARN begins as those in this partition do: they name no Region.</summary>
    public Formula BeginsIn(string named) => formulas.Exists(formulas.Caller,
        new TextSet(new PatternSet([ArnSets.Begin(named, null, "").Add(PlaceKind.Star).Build()])));

    /// <summary>The caller is this one.</summary>
    public Formula Is(CallerPrincipal caller)
    {
        Formula named = formulas.Exists(formulas.Caller, TextsOf(caller));
        return caller.Kind switch
        {
            PrincipalKind.AssumedRole => graph.And(named, formulas.Exists(formulas.Session, TextSet.Of(caller.Session))),
            PrincipalKind.Role when (kinds & CallerKinds.RoleSession) != 0 => graph.And(named, !formulas.Present(formulas.Session)),
            _ => named,
        };
    }

    /// <summary>What is true of every caller, whatever the world. To be asked for when all that speaks of the caller has been translated.</summary>
    public IEnumerable<Formula> Facts()
    {
        if (!formulas.SpeaksOfCaller)
        {
            yield break;
        }

        yield return Belongs(kinds);
        if (account is not null)
        {
            yield return graph.Or(!HasAccount, InAccounts(account));
        }

        if ((kinds & ~(CallerKinds.Root | CallerKinds.Anonymous | CallerKinds.Service | CallerKinds.Provider)) != 0)
        {
            // The name stands behind the path's last slash, and nobody's name is empty.
            yield return !formulas.Exists(formulas.Caller, EndsInSlash);
        }

        if ((kinds & CallerKinds.Provider) != 0)
        {
            // The ARN of a provider is that of one; web identities have plain names.
            yield return graph.Or(!formulas.Exists(formulas.Caller, ProviderArns), formulas.Exists(formulas.Caller, NamedProviders));
        }

        CallerKinds sessions = kinds & (CallerKinds.Role | CallerKinds.RoleSession);
        if (!formulas.SpeaksOfSession)
        {
            yield break;
        }

        Formula present = formulas.Present(formulas.Session);
        Formula role = sessions == 0 ? Formula.False : Is(sessions);
        yield return (sessions & CallerKinds.RoleSession) == 0 ? !present : graph.Or(!present, role);
        if (sessions == CallerKinds.RoleSession)
        {
            yield return graph.Or(!role, present);
        }

        yield return graph.Or(!present, formulas.Exists(formulas.Session, SessionNames));
        yield return !formulas.Exists(formulas.Session, SlashedSessions);
    }

    /// <summary>A caller as the variable has it. A session's ARN leaves out the path of its role, which is open.</summary>
    private static TextSet TextsOf(CallerPrincipal caller) => caller.Kind switch
    {
        PrincipalKind.AssumedRole => RoleByName(caller.Partition, caller.Account, caller.Path),
        PrincipalKind.Service => TextSet.Of(ServicePrefix + caller.Name),
        PrincipalKind.Federated => TextSet.Of(ProviderPrefix + caller.Name),
        _ => TextSet.Of(caller.Name),
    };

    /// <summary>The ARNs of a role with any path.</summary>
    private static TextSet RoleByName(string partition, string account, string name)
    {
        string start = $"arn:{partition}:iam::{account}:role/";
        return new TextSet(new PatternSet([CharPattern.Of(start + name),
            new CharPattern.Builder().Exact(start).Add(PlaceKind.Star).Exact("/" + name).Build()]));
    }

    private Formula Belongs(CallerKinds some)
    {
        const CallerKinds Sessions = CallerKinds.Role | CallerKinds.RoleSession;
        var any = new List<Formula>();
        foreach ((CallerKinds kind, TextSet texts) in ((CallerKinds, TextSet)[])[(CallerKinds.User, Users), (CallerKinds.Root, Roots),
            (CallerKinds.FederatedUser, FederatedUsers), (CallerKinds.Anonymous, Nobody), (CallerKinds.Service, Services), (CallerKinds.Provider, Providers)])
        {
            if ((some & kind) != 0)
            {
                any.Add(formulas.Exists(formulas.Caller, texts));
            }
        }

        if ((some & Sessions) != 0)
        {
            // Both kinds of session, or all that are in question, need no look at the session's name.
            Formula role = formulas.Exists(formulas.Caller, Roles);
            any.Add((some & Sessions) == (kinds & Sessions) ? role
                : graph.And(role, (some & CallerKinds.Role) != 0 ? !formulas.Present(formulas.Session)
                    : formulas.Present(formulas.Session)));
        }

        return graph.Or(any);
    }

    private static TextSet Arns(string service, string start, bool named) =>
        new(new PatternSet([(named ? Arn("", service, start).Add(PlaceKind.One).Add(PlaceKind.Star) : Arn("", service, start)).Build()]));

    /// <summary>An ARN of an account, as far as its resource begins.</summary>
    private static CharPattern.Builder Arn(string before, string service, string start) => ArnSets.Digits(
        new CharPattern.Builder().Exact(before + "arn:").Add(PlaceKind.StarInField).Exact($":{service}:").Add(PlaceKind.StarInField).Exact(":"))
            .Exact(":" + start);

    private static TextSet Prefixed(string prefix) =>
        new(new PatternSet([new CharPattern.Builder().Exact(prefix).Add(PlaceKind.One).Add(PlaceKind.Star).Build()]));
}
