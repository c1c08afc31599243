using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Assumptions;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Proving;

/// <summary>
/// What is asserted besides the question: what is true of every request, and, under a guard for each assumption, what the question's world takes
/// for granted. Most of it follows from what the formulas speak of; facts of one account, value or action each are instantiated when a model breaks them.
/// </summary>
internal sealed class WorldFacts
{
    private const Guard? Always = null;

    private static readonly Guard LinkedGuard = new(AssumptionName.LinkedKeys), ShapeGuard = new(AssumptionName.Shapes),
        CatalogueGuard = new(AssumptionName.Catalogue),
        DirectGrantGuard = new(AssumptionName.NoDirectGrants), ObstacleGuard = new(AssumptionName.NoResourceObstacle), AsOfGuard = new(AssumptionName.AsOf);

    /// <summary>At most this many facts of the service data may be instantiated in one question.</summary>
    private const int MostCatalogueFacts = 200;

    /// <summary>At most this many ties between single values: keys with endless values could ask for another one for ever.</summary>
    private const int MostLinkedFacts = 48;

    private readonly Query query;
    private readonly RequestFormulas formulas;
    private readonly FormulaSolver solver;
    private readonly QuestionCallers asking;
    private readonly CallerTranslator callers;
    private readonly OwnershipTranslator ownership;
    private readonly ConditionTranslator conditions;
    private readonly WorldModel model;
    private readonly List<Guard> guards = [];
    private readonly (string Account, string Partition)[] accounts;

    /// <summary>Every fact asserted so far, with its guard: what is always true has none.</summary>
    private readonly HashSet<(Guard? Guard, Formula Fact)> asserted = [];
    private readonly List<string> catalogueWords = [];
    private int ofConditions, linkedCalledUpon, catalogueCalledUpon;
    private (int Atoms, int Variables, int Facts, int Assumptions) spokenOf;

    public WorldFacts(Query query, RequestFormulas formulas, FormulaSolver solver, QuestionCallers asking, CallerTranslator callers,
        OwnershipTranslator ownership, ConditionTranslator conditions, QuestionDocuments documents)
    {
        accounts = [.. documents.Accounts()];
        this.query = query;
        this.formulas = formulas;
        this.solver = solver;
        this.asking = asking;
        this.callers = callers;
        this.ownership = ownership;
        this.conditions = conditions;
        model = new WorldModel(formulas, callers, ownership, query.Subject.Stack?.Organization);
    }

    /// <summary>The guards of the assumptions that the question makes, in the order of <see cref="WorldModel.All"/>.</summary>
    public IReadOnlyList<Guard> Guards => guards;

    /// <summary>Of these the one about a resource policy that is not given, where the question has to make it.</summary>
    public IReadOnlyList<Guard> OnResourcePolicy { get; private set; } = [];

    /// <summary>Takes the assumptions that the question makes, and asserts what there is to assert so far.</summary>
    public void Choose(StackTranslator stacks)
    {
        foreach (Guard guard in query.World == World.Free ? [] : (Guard[])[LinkedGuard, ShapeGuard, CatalogueGuard, AsOfGuard])
        {
            if (!query.Without.Contains(guard.Name))
            {
                guards.Add(guard);
            }
        }

        Guard onPolicy = query.Question == Question.Granted ? ObstacleGuard : DirectGrantGuard;
        if (stacks.HasUnknownResourcePolicy && query.World != World.Free && !query.Without.Contains(onPolicy.Name))
        {
            guards.Add(onPolicy);
            OnResourcePolicy = [onPolicy];
            Assert(
                onPolicy == ObstacleGuard ? formulas.Graph.Or(!stacks.NeedsNoResourcePolicy, !stacks.Denial)
                    : !stacks.DirectGrant,
                onPolicy);
        }

        Assert();
    }

    /// <summary>Asserts what is true of every request that the question speaks of, and what its world assumes, as far as it speaks of it by now.</summary>
    public void Assert()
    {
        // What there is to assert depends on what the formulas speak of by now, and on the world.
        while (spokenOf != (formulas.Atoms.Count, formulas.Variables.Count, conditions.Facts.Count, guards.Count))
        {
            spokenOf = (formulas.Atoms.Count, formulas.Variables.Count, conditions.Facts.Count, guards.Count);
            for (; ofConditions < conditions.Facts.Count; ofConditions++)
            {
                Assert(conditions.Facts[ofConditions], Always);
            }

            Assert(callers.Facts(), Always);
            if (formulas.SpeaksOfCaller && asking.IsFree
                && (asking.AreIdentities || query is
                {
                    Subject.Document: not null,
                    Type: PolicyType.Identity or PolicyType.PermissionsBoundary or PolicyType.Session, Question: not Question.NoPublicAccess
                }))
            {
                // Nobody can give a service-linked role the policies of a stack.
                Assert(!callers.IsServiceLinked, Always);
            }

            if (callers.Partition is { Length: > 0 } partition)
            {
                Assert(ownership.PartitionFacts(partition), Always);
            }

            if (guards.Contains(LinkedGuard))
            {
                Assert(model.LinkedFacts(asking), LinkedGuard);
                Assert(ownership.Facts(), LinkedGuard);
                if (formulas.SpeaksOfCaller && callers.HasAccount != Formula.False)
                {
                    // An account lies where the documents say that it does.
                    Assert(accounts.Select(a => formulas.Graph.Or(!callers.InAccount(a.Account), callers.InPartition(a.Partition))),
                        LinkedGuard);
                }

                Assert(((string?[])[callers.Account, .. ownership.Asked]).OfType<string>().ToList().SelectMany(ownership.AccountFacts), LinkedGuard);
            }

            if (guards.Contains(ShapeGuard))
            {
                Assert(model.ShapeFacts(), ShapeGuard);
            }

            if (guards.Contains(AsOfGuard))
            {
                Assert(model.TimeFacts(query.AsOf), AsOfGuard);
            }
        }
    }

    /// <summary>Asserts what follows for an account and a partition that an instance is of.</summary>
    public void SpeakOf(string account, string partition)
    {
        Assert(ownership.PartitionFacts(partition), Always);
        if (guards.Contains(LinkedGuard))
        {
            Assert(ownership.AccountFacts(account), LinkedGuard);
        }
    }

    /// <summary>Asserts what ties two parts of a request together and a model breaks, if there is such and not too much has been called upon; then the model is
    /// none.</summary>
    public bool CallUponTies(RequestModel found)
    {
        if (linkedCalledUpon >= MostLinkedFacts || !BreaksTies(found))
        {
            return false;
        }

        linkedCalledUpon++;
        return true;
    }

    /// <summary>What the service data say of a model's action and the model breaks, if there is such and not too much has been called upon: what to
    /// assert.</summary>
    public CatalogueFact? BrokenCatalogueFact(RequestModel found) => guards.Contains(CatalogueGuard) && catalogueCalledUpon < MostCatalogueFacts
        ? model.ViolatedCatalogueFact(found.ValueOf(formulas.Action)!, found.ValueOf(formulas.Resource)!, found.Values.Keys, IsElsewhere(found))
        : null;

    private bool IsElsewhere(RequestModel found) => found.IsFalse(OwnershipTranslator.Own)
        || (ArnFields.AccountOf(found.ValueOf(formulas.Resource)!) is { } owner
        && (formulas.SpeaksOfCaller && found.ValueOf(formulas.Caller) is { } caller ? ArnFields.AccountOf(caller) : callers.Account) is { } account
        && account != owner);

    /// <summary>Asserts a fact of <see cref="BrokenCatalogueFact"/>.</summary>
    public void CallUponCatalogue(CatalogueFact fact)
    {
        catalogueCalledUpon++;
        catalogueWords.Add(fact.Says);
        Assert(fact.Formula, CatalogueGuard);
    }

    /// <summary>In words, the facts of the service data that were instantiated, where a proof needs that assumption.</summary>
    public ImmutableArray<string> FactsUsed(IReadOnlyCollection<Guard> needed) => needed.Contains(CatalogueGuard) ? catalogueWords.ToImmutableArray()
        : ImmutableArray<string>.Empty;

    /// <summary>The facts that are always true, and those of some assumptions.</summary>
    public IEnumerable<Formula> Under(IReadOnlyCollection<string> assumptions) =>
        asserted.Where(a => a.Guard is null || assumptions.Contains(a.Guard.Name)).Select(a => a.Fact);

    /// <summary>
    /// Asserts what ties the caller to the resource, or to keys that follow from it, where the model shows that it is needed: such facts are of one
    /// account, partition or name each, and there are too many to assert them all.
    /// </summary>
    private bool BreaksTies(RequestModel found)
    {
        int before = asserted.Count;
        string resource = found.ValueOf(formulas.Resource)!;
        string[]? caller = formulas.SpeaksOfCaller && found.ValueOf(formulas.Caller)?.Split(':') is { Length: >= 6 } fields ? fields : null;
        string? account = caller?[4] ?? callers.Account, owner = ArnFields.AccountOf(resource);
        bool linked = guards.Contains(LinkedGuard);
        if (caller is not null && resource.Split([':'], 3) is { Length: 3 } named
            && ownership.ContradictsPartitions(found, caller[1], named[1], linked && account == owner))
        {
            Assert(ownership.PartitionFacts(caller[1]), Always);
            Assert(ownership.PartitionFacts(named[1]), Always);
            if (linked)
            {
                Assert(ownership.Facts(), LinkedGuard);
                Assert(ownership.AccountFacts(caller[4]), LinkedGuard);
            }
        }

        if (linked && ownership.Contradicts(found, account, owner))
        {
            Assert(((string?[])[account, owner]).OfType<string>().ToList().SelectMany(ownership.AccountFacts), LinkedGuard);
        }

        if (linked && model.ViolatedLinkedFact(found) is { } violated)
        {
            Assert(violated, LinkedGuard);
        }

        if (guards.Contains(ShapeGuard) && model.ViolatedShapeFact(found) is { } misshapen)
        {
            Assert(misshapen, ShapeGuard);
        }

        return asserted.Count > before;
    }

    private void Assert(IEnumerable<Formula> facts, Guard? guard)
    {
        foreach (Formula fact in facts)
        {
            Assert(fact, guard);
        }
    }

    private void Assert(Formula fact, Guard? guard)
    {
        if (asserted.Add((guard, fact)))
        {
            solver.Assert(fact, guard);
        }
    }
}
