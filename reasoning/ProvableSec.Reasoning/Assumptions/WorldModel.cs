using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Assumptions;

/// <summary>
/// The assumptions about which requests AWS can send, each a list of facts about the keys that a question speaks of.
/// Sources: IAM User Guide, "AWS global condition context keys" and "IAM policy elements: Variables and tags" (table of principal values).
/// </summary>
/// <param name="formulas">Where the facts are made.</param>
/// <param name="callers">Who may ask.</param>
/// <param name="ownership">Whose the resource is.</param>
/// <param name="organization">The organization, where the question has one.</param>
internal sealed class WorldModel(RequestFormulas formulas, CallerTranslator callers, OwnershipTranslator ownership, Organization? organization)
{
    /// <summary>All assumptions, in the order in which answers list them.</summary>
    public static IReadOnlyList<Assumption> All { get; } =
    [
        new(
            AssumptionName.LinkedKeys,
            "Keys that follow from the caller, the resource or the organization have the values that follow, keys that a kind of caller cannot have are "
                + "absent, and keys that AWS always sends are there. What AWS does not document is free; MFA is never assumed.",
            "IAM User Guide, \"AWS global condition context keys\"; \"IAM policy elements: Variables and tags\", table of principal key values"),
        new(
            AssumptionName.Shapes,
            "Actions, ARNs, accounts, partitions, names and the values of typed keys look as AWS's do.",
            "IAM User Guide, \"IAM identifiers\"; AWS General Reference, \"Amazon Resource Names (ARNs)\"; the condition key types of the Service "
                + "Authorization Reference"),
        new(
            AssumptionName.Catalogue,
            "An action that the service data know is asked on the resources they list for it, and without keys of its own service that they list for other "
                + "actions only. An action that they do not know is possible, on any resource and with any key.",
            "Service Authorization Reference, as of the date that provablesec --version prints"),
        new(
            AssumptionName.NoDirectGrants,
            "A resource policy that is not given grants the caller nothing by itself: it lets in at most whom the policies of the caller's own account allow.",
            "IAM User Guide, \"Policy evaluation logic\": in one account a resource policy that names the caller needs no identity policy"),
        new(
            AssumptionName.NoResourceObstacle,
            "A resource policy that is not given denies nothing to callers of the resource's own account, where the service does not require one that allows.",
            "IAM User Guide, \"Policy evaluation logic\": in one account identity policies suffice, but for role trust and KMS key policies"),
        new(
            AssumptionName.AsOf,
            "No request is made before the as-of date: that of the service data, or the one of --as-of. The clock of the machine is never read.",
            "the date of the Service Authorization Reference that the service data hold"),
        new(
            AssumptionName.FullAccessAttached,
            "A service control policy without Allow stands beside FullAWSAccess, so that it lets through what it does not deny.",
            "AWS Organizations User Guide, \"SCP evaluation\""),
        new(
            AssumptionName.FullAccessDetached,
            "A service control policy with Allow is the only one of its level, so that it lets through what it allows.",
            "AWS Organizations User Guide, \"SCP evaluation\", allow list strategy"),
    ];

    private const string CurrentTime = "aws:currenttime";

    private static readonly TextSet ActionShape = new(new PatternSet([Filled(2)]));

    /// <summary>How every resource looks: <see cref="AssumptionName.Shapes"/>.</summary>
    public static readonly TextSet ResourceShape = new(new PatternSet([CharPattern.Of("*"), Arn(b => b), Arn(b => b.Exact("aws")), Arn(ArnSets.Digits)]));

    /// <summary>Keys that come with every request.</summary>
    public static readonly string[] AlwaysSent = ["aws:securetransport", "aws:currenttime", "aws:epochtime", "aws:requestedregion", "aws:useragent",
        "aws:viaawsservice"];

    private readonly FormulaBuilder graph = formulas.Graph;
    private readonly CallerKeys callerKeys = new(formulas, callers, ownership, organization);
    private readonly ResourceKeys resourceKeys = new(formulas, callers, ownership, organization);
    private readonly NetworkKeys networkKeys = new(formulas, callers);
    private readonly SameValueKeys sameValues = new(formulas);
    private readonly NameShapes names = new(formulas, callers);
    private readonly ReservedToAws reserved = new(formulas, callers);
    private int tiedAtoms;

    /// <summary>
    /// The facts of <see cref="AssumptionName.LinkedKeys"/> for what the question speaks of so far; comparisons of linked keys that were met before are not
    /// gone through again.
    /// </summary>
    /// <param name="asking">Who asks.</param>
    public List<Formula> LinkedFacts(QuestionCallers asking)
    {
        var facts = new List<Formula>();
        if (sameValues.Speak())
        {
            tiedAtoms = 0;
        }

        foreach (string key in AlwaysSent.Where(formulas.Speaks))
        {
            facts.Add(formulas.Present(formulas.Key(key)));
        }

        facts.AddRange(TagFacts());
        facts.AddRange(networkKeys.Facts(asking.ComeThroughEndpoint));
        if (callerKeys.AreSpokenOf)
        {
            facts.AddRange(callerKeys.Facts(asking.AreOutsiders));
        }

        if (formulas.SpeaksOfCaller && callers.HasAccount != Formula.False)
        {
            // Nothing is asked across partitions.
            facts.Add(!callers.InPartition(""));
            facts.Add(!ownership.CrossesPartition);
        }

        if (formulas.SpeaksOfCaller || (callers.Kinds & ~ReservedToAws.RestrictedKinds) == 0)
        {
            facts.Add(!reserved.RefusedToCaller);
        }

        facts.AddRange(resourceKeys.Facts());
        facts.AddRange(sameValues.Presence());
        for (; tiedAtoms < formulas.Atoms.Count; tiedAtoms++)
        {
            facts.AddRange(sameValues.Tie(formulas.Atoms[tiedAtoms]));
            if (formulas.Atoms[tiedAtoms] is { Kind: AtomKind.Exists, Variable: { IsAlwaysPresent: false } key, Set: TextSet set })
            {
                facts.AddRange(key.Name == ResourceKeys.Account ? ownership.Tie(set) : callerKeys.Tie(key, set));
            }
        }

        return facts;
    }

    private IEnumerable<Formula> TagFacts()
    {
        if (!formulas.Speaks("aws:tagkeys"))
        {
            yield break;
        }

        RequestVariable tagKeys = formulas.Key("aws:tagkeys");
        foreach (RequestVariable variable in formulas.Variables.ToArray())
        {
            if (variable.Name.StartsWith("aws:requesttag/", StringComparison.Ordinal))
            {
                string tag = variable.Name.Substring("aws:requesttag/".Length);
                yield return Implies(formulas.Present(variable),
                    formulas.Exists(tagKeys, PatternCompiler.Compile([PolicyPattern.Plain(tag)], MatchMode.EqualsIgnoreCase)));
            }
        }
    }

    /// <summary>That requests are made from a day on, where the question speaks of their time.</summary>
    /// <param name="date">The day, as yyyy-MM-dd.</param>
    public IEnumerable<Formula> TimeFacts(string date) => ((string[])[CurrentTime, "aws:epochtime"]).Where(formulas.Speaks)
        .Select(k => formulas.Exists(formulas.Key(k), new OrderedSet(ConditionComparison.DateGreaterThanEquals, [date])));

    /// <summary>The facts of <see cref="AssumptionName.Shapes"/> for the keys met so far.</summary>
    public List<Formula> ShapeFacts()
    {
        var facts = new List<Formula>
        {
            formulas.Exists(formulas.Action, ActionShape),
            formulas.Exists(formulas.Resource, ResourceShape),
        };
        foreach (RequestVariable variable in formulas.Variables.ToArray())
        {
            if (!variable.IsAlwaysPresent && KeyShapes.KindOf(variable.Name) is { } known)
            {
                facts.Add(!formulas.Exists(variable, new UnparsableSet(known)));
            }
        }

        return facts;
    }

    /// <summary>
    /// A fact of <see cref="AssumptionName.LinkedKeys"/> that a model violates, or null: those that tie two keys value by value are asserted as they are
    /// needed.
    /// </summary>
    public Formula? ViolatedLinkedFact(RequestModel model) =>
        callerKeys.Violated(model) ?? resourceKeys.Violated(model) ?? ViolatedOwnership(model);

    /// <summary>That nobody but AWS changes what belongs to AWS, where a model does.</summary>
    private Formula? ViolatedOwnership(RequestModel model) =>
        ReservedToAws.IsOwned(model.ValueOf(formulas.Action)!, model.ValueOf(formulas.Resource)!)
            && !(formulas.SpeaksOfCaller && model.ValueOf(formulas.Caller) is { } caller
                && caller.StartsWith(CallerTranslator.ServicePrefix, StringComparison.Ordinal))
                ? !reserved.ChangedByOthers
                : null;

    /// <summary>A fact of <see cref="AssumptionName.Shapes"/> that a model violates, or null: most models break none of those about partitions and
    /// names.</summary>
    public Formula? ViolatedShapeFact(RequestModel model) => names.Violated(model);

    /// <summary>
    /// A fact of <see cref="AssumptionName.Catalogue"/> that a model violates, or null. The facts are too many to assert before they are needed.
    /// </summary>
    /// <param name="action">The model's action.</param>
    /// <param name="resource">The model's resource.</param>
    /// <param name="present">The keys that have a value in the model.</param>
    /// <param name="isElsewhere">Whether the model's caller acts for another account than the resource's.</param>
    public CatalogueFact? ViolatedCatalogueFact(string action, string resource, IEnumerable<RequestVariable> present, bool isElsewhere)
    {
        if (!ServiceCatalogue.Default.TryGetAction(action, out ServiceAction? known))
        {
            return null;
        }

        Formula isThisAction = formulas.Exists(formulas.Action, TextSet.Of(action.ToLowerInvariant()));
        CatalogueResources resources = CatalogueResources.Of(known);
        if (!resources.All.Contains(resource, Policy.Reading.None))
        {
            return new CatalogueFact(Implies(isThisAction, formulas.Exists(formulas.Resource, resources.All)), CatalogueWords.Resources(known));
        }

        if (resources.AreOfCaller && isElsewhere)
        {
            Formula here = graph.Or(formulas.Exists(formulas.Resource, TextSet.Of("*")), !callers.HasAccount, ownership.OwnAccount);
            return new CatalogueFact(Implies(isThisAction, here), CatalogueWords.Resources(known));
        }

        foreach (RequestVariable variable in present)
        {
            if (!variable.IsAlwaysPresent && !CatalogueKeys.MayCarry(known, variable.Name))
            {
                return new CatalogueFact(Implies(isThisAction, !formulas.Present(variable)),
                    $"{variable.Name} is never sent with {known.FullName}");
            }
        }

        return null;
    }

    /// <summary>Whether a request lies in the catalogue, as far as it knows the action.</summary>
    public static bool IsInCatalogue(AccessRequest request) => !ServiceCatalogue.Default.TryGetAction(request.Action, out ServiceAction? known)
        || (CatalogueResources.Of(known).Has(request) && request.Context.All(e => e.Values.IsDefaultOrEmpty || CatalogueKeys.MayCarry(known, e.FoldedKey)));

    /// <summary>A request without the keys that its action cannot carry.</summary>
    public static AccessRequest Carried(AccessRequest request) => ServiceCatalogue.Default.TryGetAction(request.Action, out ServiceAction? known)
        ? request with { Context = request.Context.RemoveAll(e => !CatalogueKeys.MayCarry(known, e.FoldedKey)) }
        : request;

    /// <summary>Fields without a colon, none of them empty.</summary>
    private static CharPattern Filled(int fields)
    {
        var builder = new CharPattern.Builder();
        for (int i = 0; i < fields; i++)
        {
            if (i > 0)
            {
                builder.Add(PlaceKind.Exact, ':');
            }

            builder.Add(PlaceKind.OneInField).Add(PlaceKind.StarInField);
        }

        return builder.Build();
    }

    private static CharPattern Arn(Func<CharPattern.Builder, CharPattern.Builder> account) =>
        account(new CharPattern.Builder().Exact("arn:").Add(PlaceKind.OneInField).Add(PlaceKind.StarInField).Exact(":")
                .Add(PlaceKind.OneInField).Add(PlaceKind.StarInField).Exact(":").Add(PlaceKind.StarInField).Exact(":"))
            .Exact(":").Add(PlaceKind.One).Add(PlaceKind.Star).Build();

    private Formula Implies(Formula a, Formula b) => graph.Or(!a, b);
}
