using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Assumptions;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;
using ProvableSec.Reasoning.Witnesses;

namespace ProvableSec.Reasoning.Proving;

/// <summary>
/// How one answer is found. What the search must be exhaustive about is asserted for good; assumptions about the world, and instances that fix
/// an account or the value of a policy variable, are switched on by guards. "No request" is a proof only without instances;
/// "here is one" needs the evaluator's word.
/// </summary>
internal sealed class Proof
{
    private static readonly Guard GoalGuard = new("goal"), TriedGuard = new("tried"), HopeGuard = new("hope");

    private readonly Query query;
    private readonly Budget budget;
    private readonly RequestFormulas formulas;
    private readonly PolicyTranslator policies;
    private readonly StackTranslator stacks;
    private readonly FormulaSolver solver;
    private readonly WorldFacts world;
    private readonly QuestionCallers asking;
    private readonly CallerTranslator callers;
    private readonly QuestionDocuments documents;
    private readonly OwnershipTranslator ownership;
    private readonly Instances instances;
    private readonly InstanceFacts instanceFacts;
    private readonly WorldSearch search;
    private readonly Vacuity vacuity;
    private readonly FixedValues fixedValues;
    private readonly WitnessShortener shortener;
    private readonly ReplayCost cost;
    private readonly QuestionGoal goal;
    private readonly Formula request;
    private Suppositions? suppositions;

    public Proof(Query query, Budget budget)
    {
        this.query = query;
        this.budget = budget;
        documents = new QuestionDocuments(query);
        asking = new QuestionCallers(query);
        formulas = new RequestFormulas(documents.KeysWithSetOperators, budget);
        callers = new CallerTranslator(formulas, asking.Kinds, asking.Account, asking.Partition);
        fixedValues = new FixedValues(query, asking);
        policies = new PolicyTranslator(formulas, callers, fixedValues);
        ownership = new OwnershipTranslator(formulas, callers, query.Request.ResourceAccount);
        stacks = new StackTranslator(formulas, policies, callers, ownership, StackOpenness.Of(query));
        goal = new QuestionGoal(query, formulas, policies, stacks, callers, ownership);
        instances = new Instances(query, documents, asking);
        cost = new ReplayCost(documents);
        shortener = new WitnessShortener(query, asking, documents.KeysAsked, cost, budget);
        solver = new FormulaSolver(formulas, budget);
        world = new WorldFacts(query, formulas, solver, asking, callers, ownership, policies.Conditions, documents);
        search = new WorldSearch(query, solver, world);
        instanceFacts = new InstanceFacts(query, formulas, solver, callers, policies.Conditions, world);
        vacuity = new Vacuity(query, new PlainRequests(query, asking, documents, cost, budget), solver, search, world, instanceFacts);
        request = new RequestTranslator(formulas, callers).Translate(query.Request);
        if (query.Restriction is { } restriction)
        {
            request = formulas.Graph.And(request, new PredicateTranslator(formulas, policies).Translate(restriction));
        }
    }

    public Answer Run()
    {
        solver.Assert(formulas.Graph.And(Goal(default), request), GoalGuard);
        suppositions = new Suppositions(query, formulas, stacks, policies.Principals);
        solver.Assert(suppositions.Hope, HopeGuard);
        world.Choose(stacks);

        // The bare question first: most that holds, holds in every world, and then nothing need be assumed but what a policy that is not given grants.
        if (Solve(world.OnResourcePolicy) is null)
        {
            return Proved(world.OnResourcePolicy);
        }

        if (world.Guards.Count > world.OnResourcePolicy.Count && Solve(world.Guards) is null)
        {
            return Proved(world.Guards);
        }

        if (DependsOnWhatIsNotGiven() is { } open)
        {
            return open;
        }

        string? doubt = null;
        foreach (Instance candidate in instances.For(instanceFacts.VariableKeys(), instanceFacts.ArnVariables()))
        {
            var guard = new Guard("instance");
            instanceFacts.Assert(candidate, guard);
            if (Refute(guard, out string? failed) is { } answer)
            {
                return answer;
            }

            doubt ??= failed;
        }

        // Variables may have to take the values that a model gives them.
        foreach (bool defaults in policies.Conditions.VariableMatches.Count == 0 ? [] : query.DefaultReadingsOnly ? [true] : (bool[])[true, false])
        {
            for (int tries = 0; tries < 4; tries++)
            {
                if (search.Find([GoalGuard, .. world.Guards, TriedGuard, HopeGuard], defaults) is not { } model)
                {
                    break;
                }

                var guard = new Guard("instance");
                Instance candidate = InstanceOf(model);
                instanceFacts.Assert(candidate, guard);
                if (Refute(guard, out string? failed) is { } answer)
                {
                    return answer;
                }

                doubt ??= failed;

                // Another model next time: at least one of these variables takes another value.
                solver.Assert(instanceFacts.Differs(candidate), TriedGuard);
            }
        }

        if (IsClosed())
        {
            return Proved(world.Guards);
        }

        // They may also have shown that what is not given decides.
        return DependsOnWhatIsNotGiven() ?? Unknown(UnknownReason.Undecided, doubt ?? Doubt());
    }

    /// <summary>Whether the policies allow something of what is asked about; for a proof that runs for nothing else.</summary>
    public bool MayAllow()
    {
        // What the world has to be asked about depends on what the policies speak of.
        Formula allowed = AllowedByPolicy();
        world.Choose(stacks);
        return vacuity.MayAllow(() => allowed);
    }

    /// <summary>Why what holds says nothing, or null; for a proof that runs for nothing else.</summary>
    public string? Vacuous()
    {
        Formula allowed = AllowedByPolicy(), property = PropertyAsked();
        world.Choose(stacks);
        return vacuity.Of(() => property, () => allowed);
    }

    /// <summary>
    /// Whether the question has no model when the facts that its models break are instantiated: what was tried fixed variables and accounts, and broke others
    /// of them, or none.
    /// </summary>
    private bool IsClosed()
    {
        while (Solve(world.Guards) is { } model)
        {
            if (world.CallUponTies(model))
            {
                continue;
            }

            if (world.BrokenCatalogueFact(model) is not { } fact)
            {
                return false;
            }

            world.CallUponCatalogue(fact);
        }

        return true;
    }

    /// <summary>Unknown, where what is claimed to be allowed depends on a policy that nobody gave, so that no request shows that it is, or is not; else
    /// null.</summary>
    private Answer? DependsOnWhatIsNotGiven() =>
        suppositions!.HaveHope && Solve([.. world.Guards, HopeGuard]) is null && !solver.IsIncomplete && Solve(world.Guards) is { } needing
            ? Unknown(UnknownReason.NotGiven, suppositions.Missing(needing.ValueOf(formulas.Action)!))
            : null;

    /// <summary>What the answer to the query rests on, which this proof has found before.</summary>
    public Obligation Obligation(Answer answer)
    {
        Formula sought = formulas.Graph.And(Goal(default), request);
        List<Formula> facts = [.. world.Under(answer.Assumptions)];
        if (query.DefaultReadingsOnly)
        {
            facts.AddRange(formulas.Readings.Values.Select(formula => !formula));
        }

        if (answer.Witness is { } witness)
        {
            facts.AddRange(Facts(witness));
        }

        return new Obligation(formulas, [sought, .. facts], answer.Witness is not null);
    }

    /// <summary>The values of a witness, for the keys that the question speaks of.</summary>
    private IEnumerable<Formula> Facts(Witness witness)
    {
        yield return formulas.Exists(formulas.Action, TextSet.Of(witness.Request.Action.ToLowerInvariant()));
        yield return formulas.Exists(formulas.Resource, TextSet.Of(witness.Request.Resource));
        foreach (ContextEntry entry in witness.Request.Context)
        {
            if (formulas.Speaks(entry.FoldedKey) && entry.Values.IsEmpty)
            {
                yield return !formulas.Present(formulas.Key(entry.FoldedKey));
            }
        }
    }

    private Formula Goal(SetAside aside) => goal.Of(aside);

    private RequestModel? Solve(IEnumerable<Guard> guards) => search.Find([GoalGuard, .. guards]);

    /// <summary>The guards without which the proof fails.</summary>
    private List<Guard> Needed(IReadOnlyList<Guard> guards)
    {
        var needed = new List<Guard>(guards);
        foreach (Guard guard in guards)
        {
            var fewer = needed.FindAll(g => g != guard);
            if (Solve(fewer) is null && !solver.IsIncomplete)
            {
                needed = fewer;
            }

            if (solver.IsIncomplete)
            {
                // What has been proved stays proved; whether fewer assumptions would do is unknown.
                break;
            }
        }

        return needed;
    }

    private Answer Proved(IReadOnlyList<Guard> assumed)
    {
        if (solver.IsIncomplete)
        {
            return Unknown(UnknownReason.Undecided, Doubt());
        }

        List<Guard> guards = Needed(assumed);
        var assumptions = new List<string>();
        foreach (Guard guard in guards)
        {
            assumptions.Add(guard.Name);
        }

        if (fixedValues.AreLinked && !assumptions.Contains(AssumptionName.LinkedKeys))
        {
            assumptions.Insert(0, AssumptionName.LinkedKeys);
        }

        if (LoneDocuments.Assumption(query) is { } beside)
        {
            assumptions.Add(beside);
        }

        bool can = query.Question == Question.Can;
        bool qualify = query.Explain || query.Qualify;
        string? vacuous = can || !qualify ? null : vacuity.Of(PropertyAsked, AllowedByPolicy);
        string? note = query.Question == Question.NoNewAccess && qualify && !vacuity.MayAllow(AllowedByPolicy)
            ? "the policy allows no request at all of those asked about" : null;
        IReadOnlyList<Because> because = query.Explain && query.Question is Question.Can or Question.NotGranted
            ? Blockers.Of(query, aside => formulas.Graph.And(Goal(aside), request), solver, search, world.Guards)
            : [];
        Answer answer = Answers.Proved(query, budget, because, assumptions);
        return answer with
        {
            Vacuous = vacuous,
            Facts = world.FactsUsed(guards),
            Warnings = note is null ? answer.Warnings : answer.Warnings.Add(note),
        };
    }

    /// <summary>The requests asked about that the property describes.</summary>
    private Formula PropertyAsked() => formulas.Graph.And(policies.Alone(query.Property!), request);

    /// <summary>The requests asked about that a policy allows, beside the calls that no policy can forbid.</summary>
    private Formula AllowedByPolicy()
    {
        Formula byPolicy = query.Subject.Stack is null ? Formula.True : !stacks.NeedsNoPermission;
        return formulas.Graph.And([stacks.Allowed(query.Subject), byPolicy, request]);
    }

    /// <summary>Looks for a request in one instance, under the default readings first.</summary>
    private Answer? Refute(Guard guard, out string? failed)
    {
        failed = null;
        foreach (bool defaults in query.DefaultReadingsOnly ? [true] : (bool[])[true, false])
        {
            while (search.Find([GoalGuard, .. world.Guards, HopeGuard, guard], defaults) is { } model)
            {
                if (world.CallUponTies(model))
                {
                    continue;
                }

                CatalogueFact? broken = world.BrokenCatalogueFact(model);
                Witness? impossible = null;
                AccessRequest? candidate = new WitnessBuilder(query, formulas, asking, documents.Spelling).Build(model);
                if (candidate is not null)
                {
                    cost.Spend(candidate, budget);
                }

                foreach (Reading readings in (Reading[])[Reading.None, model.Readings])
                {
                    foreach (Supposition supposed in suppositions!.For(model))
                    {
                        if (candidate is null || (readings != Reading.None && query.DefaultReadingsOnly))
                        {
                            continue;
                        }

                        // A model that leaves the catalogue may show its point with a resource that its action has, which spares a search for each such action.
                        var witness = new Witness(candidate, readings, supposed);
                        if (broken is null ? WitnessReplay.Confirms(query, witness) : shortener.InCatalogue(witness) is { } moved
                            && (witness = moved) is not null)
                        {
                            Witness shown = query.VerdictOnly && shortener.IsPossible(witness.Request) ? witness
                                : suppositions.Plainest(shortener.Shorten(witness));
                            if (shortener.IsPossible(shown.Request))
                            {
                                return Answers.Shown(query, budget, shown);
                            }

                            impossible ??= shown;
                        }
                    }
                }

                if (broken is { } fact)
                {
                    world.CallUponCatalogue(fact);
                    continue;
                }

                failed = impossible is { } odd
                    ? $"a request was found that AWS could not send ({odd.Request.Principal.Name} {odd.Request.Action} on {odd.Request.Resource}), so "
                        + $"nothing is claimed"
                    : candidate is null
                    ? $"a request was found whose caller cannot be written down ({model.ValueOf(formulas.Caller)})"
                    : $"a request was found that the evaluator does not confirm ({candidate.Principal.Name} {candidate.Action} on {candidate.Resource}), so "
                        + $"nothing is claimed";
                return null;
            }
        }

        return null;
    }

    /// <summary>The variables as a model has them.</summary>
    private Instance InstanceOf(RequestModel model) => instances.With(instanceFacts.VariableKeys().ToDictionary(k => k, k => model.ValueOf(formulas.Key(k))));

    private string Doubt() => solver.IsIncomplete
        ? $"the conditions on {solver.IncompleteKey} compare it in several ways (as text, number, date, address) that are not searched together exhaustively"
        : policies.Conditions.VariableMatches.Count > 0
            ? "the answer depends on what a policy variable stands for, and no value tried shows a request"
            : "no request was found for the accounts and partitions tried, and none was excluded for all others";

    private Answer Unknown(UnknownReason because, string reason) => Answers.Unknown(query, budget, because, reason);
}
