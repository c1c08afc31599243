using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Assumptions;

/// <summary>
/// The condition keys that follow from who asks (IAM User Guide, "AWS global condition context keys", and the table of principal key values in
/// "IAM policy elements: Variables and tags"). A comparison of such a key is tied to the same comparison of the caller, so that they never disagree.
/// </summary>
internal sealed class CallerKeys(RequestFormulas formulas, CallerTranslator callers, OwnershipTranslator ownership, Organization? organization)
{
    private const string Arn = "aws:principalarn", Account = "aws:principalaccount", Type = "aws:principaltype", UserId = "aws:userid",
        UserName = "aws:username",
        IsService = "aws:principalisawsservice", ServiceName = "aws:principalservicename", OrgId = "aws:principalorgid", OrgPaths = "aws:principalorgpaths",
        TokenIssueTime = "aws:tokenissuetime", MultiFactorAuth = "aws:multifactorauthpresent", MultiFactorAuthAge = "aws:multifactorauthage",
            SourceOwner = "aws:sourceowner",
        ViaService = "aws:viaawsservice", Tags = "aws:principaltag/";

    private static readonly string[] FromServicesOnly =
        ["aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths", ServiceName, "aws:principalservicenameslist"];

    public static readonly string[] CalledVia = ["aws:calledvia", "aws:calledviafirst", "aws:calledvialast"];

    /// <summary>Keys that every caller with an account sends.</summary>
    public static readonly string[] OfEveryAccount = [Arn, Account, Type, UserId, IsService];

    /// <summary>Keys of who signs a request, which nobody does that is anonymous or comes with the token of a provider.</summary>
    public static readonly string[] OfSignedRequests = [Arn, IsService, OrgId, OrgPaths, TokenIssueTime, MultiFactorAuth, MultiFactorAuthAge, .. CalledVia];

    private static readonly string[] Times = ["aws:currenttime", "aws:epochtime"];

    /// <summary>Keys whose values the caller decides, so that they make it part of the question.</summary>
    private static readonly string[] Deciding =
        [Arn, Account, Type, UserId, UserName, IsService, OrgId, OrgPaths, TokenIssueTime, MultiFactorAuth, MultiFactorAuthAge, SourceOwner, .. CalledVia,
            .. FromServicesOnly];

    private static readonly (CallerKinds Kinds, string Name)[] Types =
        [(CallerKinds.User, "User"), (CallerKinds.Role | CallerKinds.RoleSession, "AssumedRole"), (CallerKinds.Root, "Account"),
            (CallerKinds.FederatedUser, "FederatedUser"), (CallerKinds.Anonymous, "Anonymous")];

    /// <summary>What the unique ids of users and roles look like (IAM User Guide, "IAM identifiers", unique ID prefixes).</summary>
    private static readonly TextSet IdsOfUsers =
        new(new PatternSet([new CharPattern.Builder().Exact("AIDA").Add(PlaceKind.OneInField).Add(PlaceKind.StarInField).Build()])),
        IdsOfFederatedUsers =
            new(new PatternSet([ArnSets.Digits(new CharPattern.Builder()).Exact(":").Add(PlaceKind.OneInField).Add(PlaceKind.StarInField).Build()])),
        IdsOfSessions =
            new(new PatternSet([new CharPattern.Builder().Exact("AROA").Add(PlaceKind.OneInField).Add(PlaceKind.StarInField).Exact(":")
                .Add(PlaceKind.OneInField).Add(PlaceKind.StarInField).Build()]));

    private readonly FormulaBuilder graph = formulas.Graph;

    /// <summary>Whether the question speaks of a key that follows from the caller.</summary>
    public bool AreSpokenOf => Deciding.Any(formulas.Speaks) || TagsSpokenOf().Any();

    /// <summary>Which keys are sent, and those whose value is one of few.</summary>
    /// <param name="throughServices">Whether callers may have a service act for them, so that they send what services send.</param>
    public IEnumerable<Formula> Facts(bool throughServices)
    {
        Formula hasAccount = callers.HasAccount, anonymous = callers.Is(CallerKinds.Anonymous), service = callers.Is(CallerKinds.Service),
            provider = callers.Is(CallerKinds.Provider);
        foreach (string key in FromServicesOnly.Where(k => formulas.Speaks(k)
            && !(throughServices && k is not (ServiceName or "aws:principalservicenameslist"))))
        {
            yield return Implies(Present(key), service);
        }

        if (formulas.Speaks(SourceOwner))
        {
            // Amazon SNS's default policy compares it for callers of the topic's account.
            yield return Implies(Present(SourceOwner), graph.Or(service, graph.And(hasAccount, ownership.OwnAccount)));
        }

        foreach (string key in OfEveryAccount.Where(formulas.Speaks))
        {
            yield return Implies(hasAccount, Present(key));
        }

        foreach (string key in ((string[])[Account, Type, UserId]).Where(formulas.Speaks))
        {
            yield return Implies(anonymous, formulas.Exists(formulas.Key(key), TextSet.Of(key == Type ? "Anonymous" : "anonymous")));
        }

        // Nobody signs these requests: they have no session, and none of the keys of one.
        Formula unsigned = graph.Or(anonymous, provider);
        foreach (string key in OfSignedRequests.Where(formulas.Speaks).Concat(TagsSpokenOf()))
        {
            yield return Implies(unsigned, !Present(key));
        }

        if (formulas.Speaks(Account))
        {
            yield return Implies(provider, !Present(Account));
        }

        if (formulas.Speaks(Type))
        {
            foreach ((CallerKinds kinds, string name) in Types)
            {
                yield return Implies(callers.Is(kinds), formulas.Exists(formulas.Key(Type), TextSet.Of(name)));
            }
        }

        if (formulas.Speaks(IsService))
        {
            yield return Implies(hasAccount, formulas.Exists(formulas.Key(IsService), TextSet.Of("false")));
            yield return Implies(service, formulas.Exists(formulas.Key(IsService), TextSet.Of("true")));
        }

        if (formulas.Speaks(ServiceName))
        {
            yield return Implies(service, Present(ServiceName));
        }

        if (formulas.Speaks(UserName))
        {
            yield return Same(Present(UserName), callers.Is(CallerKinds.User));
        }

        if (formulas.Speaks(UserId))
        {
            yield return Implies(callers.Is(CallerKinds.User), formulas.Exists(formulas.Key(UserId), IdsOfUsers));
            yield return Implies(callers.Is(CallerKinds.Role | CallerKinds.RoleSession), formulas.Exists(formulas.Key(UserId), IdsOfSessions));
            yield return Implies(callers.Is(CallerKinds.FederatedUser), formulas.Exists(formulas.Key(UserId), IdsOfFederatedUsers));
        }

        if (formulas.Speaks(TokenIssueTime))
        {
            yield return Implies(callers.Is(CallerKinds.Role | CallerKinds.RoleSession | CallerKinds.FederatedUser), Present(TokenIssueTime));
        }

        if (formulas.Speaks(MultiFactorAuthAge) && formulas.Speaks(MultiFactorAuth))
        {
            yield return Implies(Present(MultiFactorAuthAge), formulas.Exists(formulas.Key(MultiFactorAuth), new TruthSet(["true"])));
        }

        foreach (string key in CalledVia.Where(formulas.Speaks))
        {
            // Of what is sent before a service calls in the caller's name there is nothing yet.
            yield return Implies(Present(key), hasAccount);
            if (formulas.Speaks(ViaService))
            {
                yield return Implies(Present(key), formulas.Exists(formulas.Key(ViaService), new TruthSet(["true"])));
            }
        }

        foreach (Formula fact in OrganizationFacts())
        {
            yield return fact;
        }
    }

    private string[] TagsSpokenOf() => [.. formulas.Variables.Where(v => v.Name.StartsWith(Tags, StringComparison.Ordinal)).Select(v => v.Name)];

    private static TextSet Like(string pattern) => PatternCompiler.Compile([Policy.Model.PolicyPattern.Plain(pattern)], MatchMode.Like);

    /// <summary>That a key is in a set, told by the caller; nothing for keys that do not follow from it in this way.</summary>
    public IEnumerable<Formula> Tie(RequestVariable key, TextSet set)
    {
        switch (key.Name)
        {
            case Arn:
                yield return Implies(callers.HasAccount, Same(formulas.Exists(key, set), formulas.Exists(formulas.Caller, set)));
                break;
            case Account:
                yield return Implies(callers.HasAccount, Same(formulas.Exists(key, set), formulas.Exists(formulas.Caller, ArnSets.WithAccountIn(set))));
                break;
            case UserId when (callers.Kinds & CallerKinds.Root) != 0:
                yield return Implies(callers.Is(CallerKinds.Root),
                    Same(formulas.Exists(key, set), formulas.Exists(formulas.Caller, ArnSets.WithAccountIn(set))));
                break;
            case ServiceName when (callers.Kinds & CallerKinds.Service) != 0:
                TextSet named = ArnSets.Around(set, () => new CharPattern.Builder().Exact(CallerTranslator.ServicePrefix), end => end);
                yield return Implies(callers.Is(CallerKinds.Service), Same(formulas.Exists(key, set), formulas.Exists(formulas.Caller, named)));
                break;
        }
    }

    /// <summary>
    /// A fact that a model violates, or null: a user's name, and what a federated user's id is made of, are tied to the caller value by value.
    /// </summary>
    public Formula? Violated(RequestModel model)
    {
        if (OrganizationPaths.Violated(formulas, OrgId, OrgPaths, model) is { } paths)
        {
            return paths;
        }

        if (OfYoungSession(model) is { } young)
        {
            return young;
        }

        if (OddId(model) is { } odd)
        {
            return odd;
        }

        if (!formulas.SpeaksOfCaller || model.ValueOf(formulas.Caller) is not { } caller)
        {
            return null;
        }

        if (formulas.Speaks(UserName) && model.ValueOf(formulas.Key(UserName)) is { } name)
        {
            string last = caller.Substring(caller.LastIndexOf('/') + 1);
            if (last != name && model.TellsApart(formulas, UserName, name, last))
            {
                return graph.And(NameOfUser(name), NameOfUser(last));
            }
        }

        if (!formulas.Speaks(UserId) || model.ValueOf(formulas.Key(UserId)) is not { } id
            || IdOf(caller, formulas.SpeaksOfSession ? model.ValueOf(formulas.Session) : null, id) is not { } its
            || !model.TellsApart(formulas, UserId, id, its))
        {
            return null;
        }

        if (CallerPrincipal.TryParse(caller, null, out _) is { Kind: PrincipalKind.FederatedUser })
        {
            Formula either = formulas.Exists(formulas.Caller, TextSet.Of(caller));
            return graph.And(
                Implies(either, formulas.Exists(formulas.Key(UserId), TextSet.Of(its))),
                Implies(graph.And(formulas.Exists(formulas.Key(UserId), TextSet.Of(id)), callers.Is(CallerKinds.FederatedUser)), OfUserId(id)));
        }

        string session = its.Substring(its.IndexOf(':') + 1), tail = id.Substring(id.IndexOf(':') + 1);
        return graph.And(
            Implies(formulas.Exists(formulas.Session, TextSet.Of(session)), formulas.Exists(formulas.Key(UserId), EndingIn(session))),
            Implies(graph.And(formulas.Present(formulas.Session), formulas.Exists(formulas.Key(UserId), EndingIn(tail))),
                formulas.Exists(formulas.Session, TextSet.Of(tail))));
    }

    /// <summary>That the unique ids of users and roles are capital letters and digits, for the first other character in a model's.</summary>
    private Formula? OddId(RequestModel model)
    {
        if (!formulas.Speaks(UserId) || model.ValueOf(formulas.Key(UserId)) is not { } id)
        {
            return null;
        }

        // Where nothing is asked of the caller, its kind is given.
        PrincipalKind? kind = formulas.SpeaksOfCaller ? CallerPrincipal.TryParse(model.ValueOf(formulas.Caller) ?? "", null, out _)?.Kind
            : callers.Is(CallerKinds.User) == Formula.True ? PrincipalKind.User
            : callers.Is(CallerKinds.Role | CallerKinds.RoleSession) == Formula.True ? PrincipalKind.Role : null;
        bool isUser = kind == PrincipalKind.User;
        if (!isUser && kind != PrincipalKind.Role)
        {
            return null;
        }

        foreach (char c in UniquePart(id, kind!.Value))
        {
            if (!IsOfUniqueId(c))
            {
                var holding = new CharPattern.Builder().Add(PlaceKind.StarInField).Exact(c.ToString());
                CharPattern.Builder odd = isUser ? holding.Add(PlaceKind.Star) : holding.Add(PlaceKind.StarInField).Exact(":").Add(PlaceKind.Star);
                return Implies(
                    callers.Is(isUser ? CallerKinds.User : CallerKinds.Role | CallerKinds.RoleSession),
                    !formulas.Exists(formulas.Key(UserId), new TextSet(new PatternSet([odd.Build()]))));
            }
        }

        return null;
    }

    /// <summary>That a session is not younger than the request, for the time of a model in which it is.</summary>
    private Formula? OfYoungSession(RequestModel model)
    {
        if (!formulas.Speaks(TokenIssueTime) || model.ValueOf(formulas.Key(TokenIssueTime)) is not { } issued
            || !MomentText.TryParse(issued, out ExactNumber from))
        {
            return null;
        }

        foreach (RequestVariable time in Times.Where(formulas.Speaks).Select(formulas.Key))
        {
            if (model.ValueOf(time) is { } now && MomentText.TryParse(now, out ExactNumber to) && from.CompareTo(to) > 0)
            {
                var before = new OrderedSet(ConditionComparison.DateLessThanEquals, [now]);
                return graph.Or(!formulas.Exists(time, before), !formulas.Present(formulas.Key(TokenIssueTime)),
                    formulas.Exists(formulas.Key(TokenIssueTime), before));
            }
        }

        return null;
    }

    /// <summary>The id that a caller has for certain, or whose end it has; null where nothing is known of it but its beginning.</summary>
    /// <param name="caller">The caller, as the variable has it.</param>
    /// <param name="session">The name of its session, or null.</param>
    /// <param name="id">An id of which the rest is taken.</param>
    public static string? IdOf(string caller, string? session, string id) => CallerPrincipal.TryParse(caller, null, out _) switch
    {
        { Kind: PrincipalKind.FederatedUser } federated => $"{federated.Account}:{federated.Path}",
        { Kind: PrincipalKind.Role } when session is not null && id.IndexOf(':') > 0 => id.Substring(0, id.IndexOf(':') + 1) + session,
        _ => null,
    };

    /// <summary>Whether an id is one that AWS gives users or roles, for a session with the session's name behind it.</summary>
    public static bool IsUniqueId(string id, PrincipalKind kind) =>
        id.StartsWith(kind == PrincipalKind.User ? "AIDA" : "AROA", StringComparison.Ordinal) && UniquePart(id, kind).All(IsOfUniqueId);

    /// <summary>An id without the name of a session.</summary>
    private static string UniquePart(string id, PrincipalKind kind) => kind == PrincipalKind.User || id.IndexOf(':') < 0 ? id
        : id.Substring(0, id.IndexOf(':'));

    /// <summary>What <c>aws:PrincipalType</c> is for a kind of caller; null for kinds that have none.</summary>
    public static string? TypeOf(PrincipalKind kind) => Array.Find(Types, type => (type.Kinds & QuestionCallers.KindsOf(kind)) != 0).Name;

    private static bool IsOfUniqueId(char c) => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9');

    /// <summary>The ids of role sessions with a name, in which there is no colon.</summary>
    private static TextSet EndingIn(string session) =>
        new(new PatternSet([new CharPattern.Builder().Exact("AROA").Add(PlaceKind.OneInField).Add(PlaceKind.StarInField).Exact(":" + session).Build()]));

    /// <summary>The federated user whose id this is.</summary>
    private Formula OfUserId(string id)
    {
        if (id.IndexOf(':') != 12)
        {
            return Formula.False;
        }

        CharPattern.Builder named = ArnSets.Begin(null, "sts", null, id.Substring(0, 12)).Exact($"federated-user/{id.Substring(13)}");
        return formulas.Exists(formulas.Caller, new TextSet(new PatternSet([named.Build()])));
    }

    /// <summary>A user's name is what follows the last slash of its ARN.</summary>
    private Formula NameOfUser(string name)
    {
        static CharPattern.Builder Users() => ArnSets.Begin(null, "iam", null, null).Exact("user/");
        Formula named = formulas.Exists(formulas.Key(UserName), TextSet.Of(name));
        if (name.Length == 0 || name.IndexOf('/') >= 0)
        {
            return !named;
        }

        Formula arn = formulas.Exists(formulas.Caller,
            new TextSet(new PatternSet([Users().Exact(name).Build(), Users().Add(PlaceKind.Star).Exact("/" + name).Build()])));
        return Same(named, arn);
    }

    /// <summary>
    /// Only members of an organization have its keys, both of them. Where one is given, its accounts' callers are in it, each on its account's path, and nobody
    /// else is.
    /// </summary>
    private IEnumerable<Formula> OrganizationFacts()
    {
        foreach (string key in ((string[])[OrgId, OrgPaths]).Where(formulas.Speaks))
        {
            yield return Implies(Present(key), callers.HasAccount);
        }

        if (formulas.Speaks(OrgId) && formulas.Speaks(OrgPaths))
        {
            yield return Same(Present(OrgId), Present(OrgPaths));
        }

        if (organization is null)
        {
            yield break;
        }

        string[] members = [.. organization.Accounts.Keys.Concat(organization.ManagementAccount is { } management ? [management] : []).Distinct()
            .OrderBy(a => a, StringComparer.Ordinal)];
        bool complete = organization.Accounts.Count > 0;
        foreach (string key in ((string[])[OrgId, OrgPaths]).Where(k => formulas.Speaks(k) && members.Length > 0))
        {
            yield return Implies(callers.InAccounts(members), Present(key));
        }

        if (formulas.Speaks(OrgId) && organization.Id is { } id)
        {
            Formula isIts = formulas.Exists(formulas.Key(OrgId), TextSet.Of(id)), isMember = callers.InAccounts(members);
            yield return Implies(isMember, isIts);
            if (complete)
            {
                yield return Implies(isIts, isMember);
            }
        }

        if (formulas.Speaks(OrgPaths))
        {
            RequestVariable paths = formulas.Key(OrgPaths);
            if (organization.Id is { } whole)
            {
                yield return Implies(callers.InAccounts(members), formulas.Only(paths, Like(whole + "/*")));
            }

            foreach (IGrouping<string, string> path in organization.Accounts.GroupBy(a => a.Value, a => a.Key, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                Formula member = callers.InAccounts([.. path.OrderBy(a => a, StringComparer.Ordinal)]);
                yield return Implies(member, formulas.Only(paths, TextSet.Of(path.Key)));
            }

            if (complete && organization.Id is { } its)
            {
                yield return Implies(formulas.Exists(paths, Like(its + "/*")), callers.InAccounts(members));
            }
        }
    }

    private Formula Present(string key) => formulas.Present(formulas.Key(key));

    private Formula Implies(Formula a, Formula b) => graph.Or(!a, b);

    private Formula Same(Formula a, Formula b) => graph.And(Implies(a, b), Implies(b, a));
}
