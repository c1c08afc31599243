using System.Collections.Immutable;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Assumptions;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;
using ProvableSec.Reasoning.Witnesses;

namespace ProvableSec.Reasoning;

/// <summary>
/// The road to one answer. What the search must be exhaustive about is asserted for good; assumptions about the world, and instances that fix
/// an account or the value of a policy variable, are switched on by guards. "No request" is a proof only without instances;
/// "here is one" needs the evaluator's word.
/// </summary>
internal sealed class Proof
{
    private const int LinkedGuard = 0, ShapeGuard = 1, CatalogueGuard = 2, GoalGuard = 3, TriedGuard = 4, FirstInstance = 100, FirstSetAside = 10_000;

    /// <summary>So many facts of the service data may be called upon in one question, and so many set-asides tried to explain it.</summary>
    private const int MostCatalogueFacts = 200, MostSetAsides = 48;

    /// <summary>So many ties between single values: keys with endless values could ask for another one for ever.</summary>
    private const int MostLinkedFacts = 12;

    private readonly Query query;
    private readonly Budget budget;
    private readonly RequestFormulas formulas;
    private readonly PolicyTranslator policies;
    private readonly StackTranslator stacks;
    private readonly WorldModel world;
    private readonly FormulaSolver solver;
    private readonly CallerPrincipal? principal;
    private readonly string? account;
    private readonly List<int> worldGuards = [];
    private readonly QuestionDocuments documents;
    private readonly ResourceOwnership ownership;
    private readonly Instances instances;
    private readonly int request;
    private readonly List<(int Guard, int Fact)> calledUpon = [];
    private int factsAsserted;

    public Proof(Query query, Budget budget)
    {
        this.query = query;
        this.budget = budget;
        documents = new QuestionDocuments(query);
        formulas = new RequestFormulas(documents.KeysWithSetOperators);
        policies = new PolicyTranslator(formulas);
        if (query.Request.Principal is { Literals.Length: 1 } given)
        {
            principal = CallerPrincipal.TryParse(given.Literals[0], query.Request.PrincipalType, out _);
        }

        stacks = new StackTranslator(formulas, policies, principal);
        account = principal is { Account.Length: > 0 } ? principal.Account : query.Subject.Stack?.Account ?? query.Baseline?.Stack?.Account;
        world = new WorldModel(formulas, Kinds(), account, query.Subject.Stack?.Organization, StackTranslator.IsServiceLinked(principal));
        ownership = new ResourceOwnership(query, formulas, stacks);
        instances = new Instances(query, documents, principal, account);
        solver = new FormulaSolver(formulas, budget);
        request = new RequestTranslator(formulas).Translate(query.Request);
        if (query.Restriction is { } restriction)
        {
            request = formulas.Graph.And(request, new PredicateTranslator(formulas, policies.Conditions).Translate(restriction));
        }
    }

    public Answer Run()
    {
        int goal = Goal(default);
        if (principal is not null && query.Subject.Stack is not null)
        {
            // Whose partition is crossed is known in every world.
            foreach (int fact in ownership.Crossing(principal.Partition))
            {
                solver.Assert(fact);
            }
        }

        solver.Assert(formulas.Graph.And(goal, request), GoalGuard);
        AssertFacts();
        if (query.World == World.Aws)
        {
            AssumeWorld();
        }

        // The bare question first: most that holds, holds in every world, and then nothing need be assumed.
        if (Solve([]) is null)
        {
            return Proved([]);
        }

        if (worldGuards.Count > 0 && Solve(worldGuards) is null)
        {
            return Proved(worldGuards);
        }

        int instance = FirstInstance;
        string? doubt = null;
        foreach (Instance candidate in instances.For(VariableKeys()))
        {
            int guard = instance++;
            Assert(candidate, guard);
            if (Refute(candidate, guard, out string? failed) is { } answer)
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
                AssertFacts();
                if (solver.Solve([GoalGuard, .. worldGuards, TriedGuard], defaults ? DefaultReadings() : []) is not { } model)
                {
                    break;
                }

                int guard = instance++;
                Instance candidate = InstanceOf(model);
                Assert(candidate, guard);
                if (Refute(candidate, guard, out string? failed) is { } answer)
                {
                    return answer;
                }

                doubt ??= failed;

                // Another model next time: at least one of these variables takes another value.
                solver.Assert(formulas.Graph.Or([.. candidate.Variables.Select(v => FormulaBuilder.Not(Takes(v.Key, v.Value)))]), TriedGuard);
            }
        }

        // The facts of the service data that were called upon meanwhile may have closed the question.
        if (worldGuards.Count > 0 && calledUpon.Count > 0 && Solve(worldGuards) is null)
        {
            return Proved(worldGuards);
        }

        return Answer(Verdict.Unknown, null, doubt ?? Doubt(), [], []);
    }

    /// <summary>What the answer to the query rests on, which this proof has found before.</summary>
    public Obligation Obligation(Answer answer)
    {
        int goal = formulas.Graph.And(Goal(default), request);
        var facts = new List<int>();
        if (query.World == World.Aws)
        {
            if (answer.Assumptions.Contains(WorldModel.LinkedKeys))
            {
                facts.AddRange(Linked());
            }

            if (answer.Assumptions.Contains(WorldModel.Shapes))
            {
                facts.AddRange(world.ShapeFacts());
            }

            foreach ((int guard, int fact) in calledUpon)
            {
                if (answer.Assumptions.Contains(WorldModel.All[guard].Name))
                {
                    facts.Add(fact);
                }
            }
        }

        if (answer.Witness is { } witness)
        {
            facts.AddRange(Facts(witness));
        }

        return new Obligation(formulas, [goal, .. policies.Conditions.Facts, .. facts], answer.Witness is not null);
    }

    /// <summary>The values of a witness, for the keys that the question speaks of.</summary>
    private IEnumerable<int> Facts(Witness witness)
    {
        yield return formulas.Exists(formulas.Action, TextSet.Of(witness.Request.Action.ToLowerInvariant()));
        yield return formulas.Exists(formulas.Resource, TextSet.Of(witness.Request.Resource));
        foreach (ContextEntry entry in witness.Request.Context)
        {
            if (formulas.Speaks(entry.FoldedKey) && entry.Values.IsEmpty)
            {
                yield return FormulaBuilder.Not(formulas.Present(formulas.Key(entry.FoldedKey)));
            }
        }
    }

    /// <summary>What a request must be like to be what the question looks for.</summary>
    private int Goal(SetAside aside)
    {
        FormulaBuilder graph = formulas.Graph;
        int allowed = stacks.Allowed(query.Subject, aside);
        switch (query.Question)
        {
            case Question.NoNewAccess:
                return graph.And(allowed, FormulaBuilder.Not(stacks.Allowed(query.Baseline!)));
            case Question.Equivalent:
                int baseline = stacks.Allowed(query.Baseline!);
                return graph.Or(graph.And(allowed, FormulaBuilder.Not(baseline)), graph.And(FormulaBuilder.Not(allowed), baseline));
            case Question.NotGranted:
                return graph.And(allowed, policies.Alone(query.Property!));
            case Question.Granted:
                return graph.And(FormulaBuilder.Not(allowed), policies.Alone(query.Property!));
            default:
                return allowed;
        }
    }

    private RequestModel? Solve(IEnumerable<int> guards, int goalGuard = GoalGuard)
    {
        AssertFacts();
        return solver.Solve([goalGuard, .. guards], query.DefaultReadingsOnly ? DefaultReadings() : []);
    }

    private List<KeyValuePair<Reading, bool>> DefaultReadings()
    {
        var readings = new List<KeyValuePair<Reading, bool>>();
        for (int bit = 1; bit <= (int)Reading.UnknownOperatorMatches; bit <<= 1)
        {
            readings.Add(new((Reading)bit, false));
        }

        return readings;
    }

    /// <summary>What is true of every request, whatever the world: about policy variables, and about whose the resource is.</summary>
    private void AssertFacts()
    {
        List<int> facts = policies.Conditions.Facts;
        for (; factsAsserted < facts.Count; factsAsserted++)
        {
            solver.Assert(facts[factsAsserted]);
        }
    }

    private void AssumeWorld()
    {
        if (!query.Without.Contains(WorldModel.LinkedKeys))
        {
            worldGuards.Add(LinkedGuard);
            foreach (int fact in Linked())
            {
                solver.Assert(fact, LinkedGuard);
            }
        }

        if (!query.Without.Contains(WorldModel.Shapes))
        {
            worldGuards.Add(ShapeGuard);
            foreach (int fact in world.ShapeFacts())
            {
                solver.Assert(fact, ShapeGuard);
            }
        }

        if (!query.Without.Contains(WorldModel.Catalogue))
        {
            worldGuards.Add(CatalogueGuard);
        }
    }

    private List<int> Linked()
    {
        List<int> facts = world.LinkedFacts(policies.Principals);

        // An account lies in one partition, and an ARN names the account that owns the resource.
        facts.Add(formulas.Graph.Or(FormulaBuilder.Not(stacks.OwnAccount), FormulaBuilder.Not(stacks.CrossesPartition)));
        facts.AddRange(account is null || query.Subject.Stack is null ? [] : ownership.Of(account));
        if (principal is not null)
        {
            facts.Add(formulas.Exists(formulas.Key("aws:principalarn"), TextSet.Of(principal.Name)));
        }

        return facts;
    }

    /// <summary>The guards without which the proof fails.</summary>
    private List<int> Needed(IReadOnlyList<int> guards)
    {
        var needed = new List<int>(guards);
        foreach (int guard in guards)
        {
            var fewer = needed.FindAll(g => g != guard);
            if (Solve(fewer) is null && !solver.IsIncomplete)
            {
                needed = fewer;
            }

            if (solver.IsIncomplete)
            {
                // What has been proved stays proved; whether fewer assumptions would do is not to be known any more.
                break;
            }
        }

        return needed;
    }

    private Answer Proved(IReadOnlyList<int> assumed)
    {
        if (solver.IsIncomplete)
        {
            return Answer(Verdict.Unknown, null, Doubt(), [], []);
        }

        List<int> guards = Needed(assumed);
        var assumptions = new List<string>();
        foreach (int guard in guards)
        {
            assumptions.Add(WorldModel.All[guard].Name);
        }

        var warnings = new List<string>();
        if (query.Question is Question.NotGranted or Question.Granted)
        {
            solver.Assert(formulas.Graph.And(policies.Alone(query.Property!), request), FirstSetAside - 1);
            if (Solve(worldGuards, FirstSetAside - 1) is null && !solver.IsIncomplete)
            {
                warnings.Add("the property describes no request at all, so it holds whatever the policies say");
            }
        }

        bool can = query.Question == Question.Can;
        IReadOnlyList<Because> because = query.Explain && query.Question is Question.Can or Question.NotGranted ? Blockers() : [];
        return Answer(can ? Verdict.Violated : Verdict.Holds, null, can ? "no completion of the request is allowed" : "proved", because, assumptions, warnings);
    }

    /// <summary>The Deny statements and layers each of which alone keeps the answer from being the other one.</summary>
    private List<Because> Blockers()
    {
        var because = new List<Because>();
        if (query.Subject.Stack is not { } stack)
        {
            return because;
        }

        int tried = 0;
        foreach ((PolicySlot layer, PolicySlot slot, PolicyDocument? document) in StackTranslator.Layers(stack))
        {
            if (document is null)
            {
                if (Blocks(new SetAside(null, layer)))
                {
                    because.Add(new Because(null, null, null, layer.ToString()));
                }

                continue;
            }

            foreach (Statement statement in document.Statements)
            {
                if (statement.Effect == Effect.Deny && Blocks(new SetAside(statement, null)))
                {
                    because.Add(new Because(slot, document, statement));
                }
            }
        }

        return because;

        bool Blocks(SetAside aside)
        {
            if (++tried > MostSetAsides)
            {
                return false;
            }

            int guard = FirstSetAside + tried;
            solver.Assert(formulas.Graph.And(Goal(aside), request), guard);
            return Solve(worldGuards, guard) is not null;
        }
    }

    /// <summary>Looks for a request in one instance, under the default readings first.</summary>
    private Answer? Refute(Instance instance, int guard, out string? failed)
    {
        failed = null;
        foreach (bool defaults in query.DefaultReadingsOnly ? [true] : (bool[])[true, false])
        {
            while (true)
            {
                AssertFacts();
                RequestModel? model = solver.Solve([GoalGuard, .. worldGuards, guard], defaults ? DefaultReadings() : []);
                if (model is null)
                {
                    break;
                }

                if (worldGuards.Contains(LinkedGuard) && CalledUpon(LinkedGuard) < MostLinkedFacts && world.ViolatedLinkedFact(model, query.Request.ResourceAccount) is { } link)
                {
                    calledUpon.Add((LinkedGuard, link));
                    solver.Assert(link, LinkedGuard);
                    continue;
                }

                if (worldGuards.Contains(CatalogueGuard) && CalledUpon(CatalogueGuard) < MostCatalogueFacts
                    && world.ViolatedCatalogueFact(model.ValueOf(formulas.Action)!, model.ValueOf(formulas.Resource)!, model.Values.Keys) is { } fact)
                {
                    calledUpon.Add((CatalogueGuard, fact));
                    solver.Assert(fact, CatalogueGuard);
                    continue;
                }

                var builder = new WitnessBuilder(query, formulas, documents.Spelling);
                AccessRequest? candidate = builder.Build(model, instance.Account, instance.Partition);
                foreach (Reading readings in (Reading[])[Reading.None, model.Readings])
                {
                    if (candidate is not null && (readings == Reading.None || !query.DefaultReadingsOnly) && WitnessReplay.Confirms(query, candidate, readings))
                    {
                        return Refuted(new WitnessShortener(query).Shorten(candidate, readings));
                    }
                }

                failed = candidate is null
                    ? "a request was found whose caller cannot be written down"
                    : $"a request was found that the evaluator does not confirm ({candidate.Action} on {candidate.Resource}), so nothing is claimed";
                return null;
            }
        }

        return null;
    }

    private int CalledUpon(int guard) => calledUpon.Count(c => c.Guard == guard);

    private Answer Refuted(Witness witness)
    {
        bool can = query.Question == Question.Can;
        return Answer(
            can ? Verdict.Holds : Verdict.Violated,
            witness,
            can ? "this request is allowed" : "this request shows it",
            WitnessReplay.Deciding(query, witness.Request, witness.Readings),
            [],
            []);
    }

    private void Assert(Instance instance, int guard)
    {
        FormulaBuilder graph = formulas.Graph;
        bool aws = query.World == World.Aws;
        if (query.Subject.Stack is not null)
        {
            foreach (int fact in ownership.Of(instance.Account))
            {
                solver.Assert(fact, guard);
            }

            foreach (int fact in ownership.Crossing(instance.Partition))
            {
                solver.Assert(fact, guard);
            }

            bool manages = instances.ManagementAccounts().Contains(instance.Account);
            solver.Assert(manages ? stacks.ManagementAccount : FormulaBuilder.Not(stacks.ManagementAccount), guard);
        }

        if (aws && formulas.Speaks("aws:principalarn"))
        {
            RequestVariable arn = formulas.Key("aws:principalarn");
            int inAccount = formulas.Exists(arn, StackTranslator.ArnFields(instance.Partition, "*", "*", instance.Account, "*"));
            solver.Assert(WitnessBuilder.AnyoneMayAsk(query) ? graph.Or(inAccount, FormulaBuilder.Not(formulas.Present(arn))) : inAccount, guard);
            if (formulas.Speaks("aws:principalaccount") && !WitnessBuilder.AnyoneMayAsk(query))
            {
                solver.Assert(formulas.Exists(formulas.Key("aws:principalaccount"), TextSet.Of(instance.Account)), guard);
            }
        }

        foreach (KeyValuePair<string, string?> variable in instance.Variables)
        {
            solver.Assert(Takes(variable.Key, variable.Value), guard);
            if (aws && variable is { Key: "aws:username", Value: { } name } && !WitnessBuilder.AnyoneMayAsk(query))
            {
                solver.Assert(formulas.Exists(formulas.Key("aws:principalarn"), StackTranslator.ArnFields("*", "iam", "", instance.Account, "user/" + name)), guard);
            }
        }

        foreach (VariableMatch match in policies.Conditions.VariableMatches)
        {
            int meaning = PatternCompiler.Resolve(match.Pattern, key => instance.Variables.TryGetValue(key, out string? value) ? value : null) is { } parts
                ? formulas.Exists(match.Compared, PatternCompiler.CompileResolved(parts, match.Mode))
                : FormulaBuilder.False;
            solver.Assert(graph.Or(FormulaBuilder.Not(match.Literal), meaning), guard);
            solver.Assert(graph.Or(match.Literal, FormulaBuilder.Not(meaning)), guard);
        }
    }

    private List<string> VariableKeys()
    {
        var keys = new List<string>();
        foreach (VariableMatch match in policies.Conditions.VariableMatches)
        {
            foreach (PatternPart part in match.Pattern.Parts)
            {
                if (part.Kind == PatternPartKind.Variable && !keys.Contains(part.Text.ToLowerInvariant()))
                {
                    keys.Add(part.Text.ToLowerInvariant());
                }
            }
        }

        return keys;
    }

    /// <summary>The variables as a model has them.</summary>
    private Instance InstanceOf(RequestModel model) => instances.With(VariableKeys().ToDictionary(k => k, k => model.ValueOf(formulas.Key(k))));

    private int Takes(string key, string? value)
    {
        RequestVariable variable = formulas.Key(key);
        return value is null ? FormulaBuilder.Not(formulas.Present(variable)) : formulas.Exists(variable, TextSet.Of(value));
    }

    private CallerKinds Kinds()
    {
        PrincipalKind? kind = query.Request.PrincipalType ?? principal?.Kind;
        if (kind is PrincipalKind.User)
        {
            return CallerKinds.User;
        }

        if (kind is PrincipalKind.Role)
        {
            return CallerKinds.Role;
        }

        if (query.Subject.Stack is not null)
        {
            return CallerKinds.User | CallerKinds.Role;
        }

        return query.Type switch
        {
            PolicyType.Identity or PolicyType.PermissionsBoundary => CallerKinds.User | CallerKinds.Role,
            PolicyType.Session => CallerKinds.User | CallerKinds.Role | CallerKinds.FederatedUser,
            PolicyType.ServiceControlPolicy => CallerKinds.User | CallerKinds.Role | CallerKinds.Root | CallerKinds.FederatedUser,
            _ => CallerKinds.Anyone,
        };
    }

    private string Doubt() => solver.IsIncomplete
        ? $"the conditions on {solver.IncompleteKey} compare it in several ways (as text, number, date, address) that are not searched together exhaustively"
        : policies.Conditions.VariableMatches.Count > 0
            ? "the answer depends on what a policy variable stands for, and no value tried shows a request"
            : "no request was found for the accounts and partitions tried, and none was excluded for all others";

    private Answer Answer(Verdict verdict, Witness? witness, string reason, IReadOnlyList<Because> because, IReadOnlyList<string> assumptions, IReadOnlyList<string>? warnings = null) =>
        new(
            verdict,
            witness,
            reason,
            because.ToImmutableArray(),
            assumptions.ToImmutableArray(),
            budget.Spent,
            (warnings ?? []).Concat(query.Warnings.Select(w => w.ToString())).ToImmutableArray());
}
