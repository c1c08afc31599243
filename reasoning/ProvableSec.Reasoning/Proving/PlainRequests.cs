using System.Collections.Immutable;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Assumptions;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;
using ProvableSec.Reasoning.Witnesses;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Proving;

/// <summary>
/// The plainest requests that the statements of a policy speak of: a user's, for a real action on a resource that it acts on. That something is possible at
/// all is nearly always shown by one of them, which the evaluator decides sooner than a search finds another.
/// </summary>
/// <param name="query">The question.</param>
/// <param name="asking">Who asks.</param>
/// <param name="documents">Its documents.</param>
/// <param name="cost">What it costs to replay a request.</param>
/// <param name="budget">Pays for it; where there is not enough, no request is tried.</param>
internal sealed class PlainRequests(Query query, QuestionCallers asking, QuestionDocuments documents, ReplayCost cost, Budget budget)
{
    /// <summary>At most this many requests are tried; more than a few cost more than the search that they spare.</summary>
    private const int MostTries = 12;

    private const int MostPatterns = 3, MostLookedAt = 200, MostNamed = 2, MostResources = 3;

    /// <summary>A call that no policy keeps from anybody: of AWS STS it is the only one that is tried.</summary>
    public const string Unstoppable = "sts:GetCallerIdentity";

    /// <summary>The readings under which requests are looked at. Besides the default ones it is that of a variable without a value which matters: no plain
    /// request has one for each variable.</summary>
    private static readonly Reading[] Default = [Reading.None], Void = [Reading.UnresolvedVariableVoidsDeny], Some = [.. Default, .. Void];

    /// <summary>Whether what the service data say of an action is taken for granted.</summary>
    private readonly bool hasCatalogue = !query.Without.Contains(AssumptionName.Catalogue);

    private WitnessShortener? shortener;

    /// <summary>Whether some plain request, one that AWS can send and the question speaks of, is such.</summary>
    /// <param name="granting">The policies whose Allow statements say which requests are tried.</param>
    /// <param name="isSuch">What is asked of the request; nothing is supposed of policies that are not given.</param>
    public bool Any(IEnumerable<PolicyDocument> granting, Func<Witness, bool> isSuch) =>
        Find(granting.SelectMany(d => d.Statements).Where(s => s.Effect == Effect.Allow).Select(PlainSource.Of), isSuch, PlainAim.Possible) is not null;

    /// <summary>A plain request, one that AWS can send and the question speaks of, that is such; null where none of those tried is.</summary>
    /// <param name="sources">The statements that say which requests are tried.</param>
    /// <param name="isSuch">What is asked of the request.</param>
    /// <param name="aim">What it is looked for.</param>
    /// <param name="given">Who asks; null for the plainest user that may ask.</param>
    public Witness? Find(IEnumerable<PlainSource> sources, Func<Witness, bool> isSuch, PlainAim aim, CallerPrincipal? given = null)
    {
        if ((query.World != World.Aws && aim != PlainAim.Thinkable) || query.Restriction is not null || asking.ComeThroughEndpoint
            || asking.PlainUser is not { } plainest)
        {
            return null;
        }

        CallerPrincipal caller = given is not null && asking.IsFree ? given : plainest;

        WitnessShortener witnesses = shortener ??= new(query, asking, documents.KeysAsked, cost, budget);
        Reading[] readings = aim == PlainAim.Disputed ? Void : aim == PlainAim.Shown || query.DefaultReadingsOnly ? Default : Some;
        bool onlyListed = aim <= PlainAim.Shown && !query.VerdictOnly, isInCatalogue = aim < PlainAim.Unlisted && hasCatalogue;
        IEnumerable<PlainSource> plainestFirst = sources.Where(source => !StatementSets.Of(source.Statement).HasVariables)
            .Concat(sources.Where(source => StatementSets.Of(source.Statement).HasVariables));
        foreach (AccessRequest request in plainestFirst.SelectMany(source => Of(source, caller, witnesses, onlyListed)).Take(MostTries))
        {
            if (!budget.TrySpendWork(cost.Of(request)))
            {
                return null;
            }

            foreach (Reading reading in readings)
            {
                var witness = new Witness(request, reading);
                if (isSuch(witness) && PatternReplay.Completes(query.Request, witness, query.Subject.Stack ?? PolicyStack.Empty)
                    && (aim == PlainAim.Thinkable || witnesses.IsPossible(request)) && (!isInCatalogue || WorldModel.IsInCatalogue(request)))
                {
                    return witness;
                }
            }
        }

        return null;
    }

    /// <summary>Requests that a statement speaks of, on what it names first.</summary>
    private IEnumerable<AccessRequest> Of(PlainSource source, CallerPrincipal caller, WitnessShortener witnesses, bool onlyListed)
    {
        Statement statement = source.Statement;
        string named = query.Request.Resource is { Literals: [var literal, ..] } ? literal : "*";
        var nobodys = new AccessRequest(caller, "*", named, query.Request.ResourceAccount, ImmutableArray<ContextEntry>.Empty);
        foreach (PolicyPattern pattern in source.Actions.Take(MostPatterns))
        {
            bool isKnown = false;
            foreach (ServiceAction action in Named(pattern, source.IsTried, service => NamedBy(service, nobodys)))
            {
                isKnown = true;
                TextSet acted = CatalogueResources.Of(action).All;
                if (Plain(action.FullName) is not { } request)
                {
                    continue;
                }

                foreach (string resource in NamedBy(hasCatalogue ? action.ServicePrefix : null, request).Select(named => Fitting(named, acted))
                    .Concat(witnesses.Resources(action, request).Take(MostResources)))
                {
                    yield return witnesses.On(request, resource);
                }
            }

            // An action that the service data do not list is one as any other, though no reader would be shown it.
            if (!isKnown && !onlyListed && Unlisted(pattern.Text, out string service) is { } name && Plain(name) is { } unlisted)
            {
                yield return witnesses.On(unlisted, NamedBy(hasCatalogue ? service : null, unlisted).FirstOrDefault() ?? "*");
            }
        }

        AccessRequest? Plain(string action)
        {
            AccessRequest? request = FittingKeys.On(witnesses.WithSentKeys(nobodys with { Action = action }), statement, documents.KeysAsked);
            request = request is not null && source.Also is { } also ? FittingKeys.On(request, also, documents.KeysAsked) : request;
            return request is null ? null : FittingKeys.FromSomewhere(request, documents.KeysAsked);
        }

        IEnumerable<string> NamedBy(string? service, AccessRequest request) => query.Request.Resource is not null ? []
            : ExampleResources.NamedBy(statement, service, caller.Partition, caller.Account, p => VariableValues.Filled(p, request)).Take(MostNamed);
    }

    /// <summary>An action that the service data do not list and a text names, as one or as one of its service; null where there is none.</summary>
    private static string? Unlisted(string text, out string service)
    {
        int colon = text.IndexOf(':'), wild = text.IndexOfAny(['*', '?']);
        service = colon > 0 ? text.Substring(0, colon).ToLowerInvariant() : "";
        return colon <= 0 || (wild >= 0 && wild < colon) ? null
            : wild >= 0 ? ServiceCatalogue.Default.TryGetService(service, out _) ? null : text.Replace("*", "Example").Replace('?', 'x')
            : ServiceCatalogue.Default.TryGetAction(text, out _) ? null : text;
    }

    /// <summary>A resource, or one below it where that is what some are like.</summary>
    private static string Fitting(string named, TextSet resources) =>
        !resources.Contains(named, Reading.None) && named + "/example" is var below && resources.Contains(below, Reading.None) ? below : named;

    /// <summary>A real action that a pattern names, one that acts on what is named where there is such; of those that everybody may call without a permission
    /// only the one that is asked for by its name.</summary>
    private static IEnumerable<ServiceAction> Named(PolicyPattern pattern, Func<string, bool>? isTried, Func<string, IEnumerable<string>> resources)
    {
        string text = pattern.Text;
        int colon = text.IndexOf(':'), wild = text.IndexOfAny(['*', '?']);
        if (wild < 0)
        {
            return ServiceCatalogue.Default.TryGetAction(text, out ServiceAction? action) && (text == Unstoppable || !IsFree(text.ToLowerInvariant()))
                ? [action] : [];
        }

        string service = wild > colon && colon > 0 ? text.Substring(0, colon) : "s3";
        if (!ServiceCatalogue.Default.TryGetService(service, out Service? known))
        {
            return [];
        }

        TextSet named = PatternCompiler.Compile([pattern], MatchMode.Action);
        string[] on = [.. resources(known.Prefix)];
        ServiceAction? first = null;
        int looked = 0;
        foreach (ServiceAction action in wild > colon && colon > 0 ? known.ActionsBeginning(text.Substring(colon + 1, wild - colon - 1)) : known.Actions)
        {
            string folded = action.FullName.ToLowerInvariant();
            if (named.Contains(folded, Reading.None) && !IsFree(folded) && isTried?.Invoke(folded) != false)
            {
                first ??= action;
                TextSet acted = CatalogueResources.Of(action).All;
                if (on.Length == 0 || Array.Exists(on, resource => acted.Contains(Fitting(resource, acted), Reading.None)))
                {
                    return [action];
                }
            }

            if (++looked == MostLookedAt)
            {
                break;
            }
        }

        return first is null ? [] : [first];
    }

    private static bool IsFree(string foldedAction) => StackTranslator.NoPermission.Contains(foldedAction, Reading.None);
}
