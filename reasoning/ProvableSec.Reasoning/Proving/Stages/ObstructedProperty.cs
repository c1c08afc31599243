using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Budgets;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;
using ProvableSec.Reasoning.Translation;

namespace ProvableSec.Reasoning.Proving.Stages;

/// <summary>
/// Proves that nothing of a property is granted where something is seen to keep each of its statements from it: policies that allow no such action, a Deny
/// that takes it all. What goes with the answer (what else it assumes, whether it says anything, what alone blocks) is shown by plain requests; where these
/// do not, it takes a search.
/// </summary>
internal sealed class ObstructedProperty
{
    private readonly Query query;
    private readonly StageParts parts;
    private readonly Budget budget;
    private readonly PropertyWorth worth;
    private readonly Statement[] asked;

    private ObstructedProperty(Query query, StageParts parts, Budget budget)
    {
        this.query = query;
        this.parts = parts;
        this.budget = budget;
        worth = new PropertyWorth(query, parts, budget);
        asked = worth.Asked;
    }

    /// <summary>The answer to a question, or null where it takes a search.</summary>
    public static Answer? Of(Query query, StageParts parts, Budget budget)
    {
        var stage = new ObstructedProperty(query, parts, budget);
        return query.Subject.Stack is { } stack ? stage.OfStack(stack) : query.Subject.LetsThrough ? null : stage.OfDocument(query.Subject.Document!);
    }

    private Answer? OfDocument(PolicyDocument document)
    {
        bool isBlocked = Array.TrueForAll(asked, one =>
            document.Statements.All(s => s.Effect == Effect.Deny || StatementPairs.AreApart(s, one, budget))
            || document.Statements.Any(s => s.Effect == Effect.Deny && StatementPairs.Covers(s, one, budget)));
        return !isBlocked ? Granted()
            : Proved([], parts.Assumptions);
    }

    private Answer? OfStack(PolicyStack stack)
    {
        if (stack.IdentityPolicies is null || !parts.Asking.IsFree || (parts.Asking.Kinds & ~CallerKinds.Identities) != 0)
        {
            return null;
        }

        if (!Array.TrueForAll(asked, one => StatementPairs.IsApartFrom(one, StackTranslator.NoPermission, budget)))
        {
            // No policy keeps these calls from anybody.
            return Granted() ?? parts.Shown([.. asked.Select(PlainSource.OfUnstoppable)]);
        }

        var obstacles = new Obstacles(stack, budget);
        HashSet<Obstacle>[] inTheWay = [.. asked.Select(obstacles.Of)];
        if (Array.Exists(inTheWay, found => found.Count == 0))
        {
            return Granted() ?? (!query.DefaultReadingsOnly && asked.Where((_, i) => inTheWay[i].Count == 0).All(obstacles.IsDeniedByDefault)
                ? Granted(PlainAim.Disputed) : null);
        }

        var layer = new Obstacle(Obstacles.Identity, null);
        List<string> assumptions = [.. parts.Assumptions];
        if (stack is { ResourcePolicy: null, HasNoResourcePolicy: false } && Array.Exists(inTheWay, found => found.Count == 1 && found.Contains(layer)))
        {
            // What a resource policy that is not given grants goes around the caller's policies: assumed away, where a request shows that it matters.
            if (query.World == World.Free || query.Without.Contains(AssumptionName.NoDirectGrants)
                || !Exists(Alone(layer, ofAll: true), IsGrantedDirectly, PlainAim.Thinkable))
            {
                return null;
            }

            assumptions.Add(AssumptionName.NoDirectGrants);
        }

        return Blockers(stack) is { } because ? Proved(because, assumptions) : null;

        PlainSource[] Alone(Obstacle obstacle, bool ofAll = false) =>
            [.. asked.Where((one, i) => inTheWay[i].Count == 1 && inTheWay[i].Contains(obstacle) && (ofAll || !worth.IsShapeless(one))).Select(PlainSource.Of)];

        // What is never alone in the way of a statement keeps nothing from being granted by itself.
        List<Because>? Blockers(PolicyStack of)
        {
            var because = new List<Because>();
            int tried = 0;
            foreach (StackLayer part in query.Explain ? StackLayers.Of(of) : [])
            {
                foreach (Statement? deny in part.Document?.Statements.Where(s => s.Effect == Effect.Deny) ?? (IEnumerable<Statement?>)[null])
                {
                    if (++tried > Proving.Blockers.MostSetAsides || Alone(new Obstacle(part.Slot, deny)) is not { Length: > 0 } alone)
                    {
                        continue;
                    }

                    var without = Subject.Of(Without(of, part, deny));
                    if (!Exists(alone, w => WitnessReplay.Describes(query, w) && WitnessReplay.Allows(without, w), PlainAim.Unlisted))
                    {
                        return null;
                    }

                    because.Add(deny is null ? new Because(null, null, null, part.Layer.ToString()) : new Because(part.Slot, part.Document, deny));
                }
            }

            return because;
        }
    }

    /// <summary>The refutation that a plain request shows, or null.</summary>
    private Answer? Granted(PlainAim aim = PlainAim.Shown)
    {
        IEnumerable<Statement> granting = query.Subject.Documents().SelectMany(d => d.Statements)
            .Where(s => s.Effect == Effect.Allow && !s.Action.IsNot);
        return parts.Shown([.. asked.SelectMany(one => granting.Where(s => !StatementPairs.AreApart(s, one, budget))
            .SelectMany(s => one.Action.IsNot ? [Meeting(s, one)] : new[] { Meeting(one, s), Meeting(s, one) }))], aim: aim);
    }

    /// <summary>What of the actions of a statement another one speaks of as well.</summary>
    private PlainSource Meeting(Statement statement, Statement other) => new(statement, statement.Action.Patterns
        .Where(p => p.Text.IndexOfAny(['*', '?']) >= 0 || StatementPairs.SpeaksOf(other, p.Text.ToLowerInvariant(), budget)), other);

    private Answer Proved(IReadOnlyList<Because> because, IReadOnlyList<string> assumptions) =>
        Answers.Proved(query, budget, because, assumptions) with { Vacuous = worth.Vacuous() };

    private bool IsGrantedDirectly(Witness witness) => WitnessReplay.Confirms(query, witness with { Supposed = Supposition.DirectGrant });

    private bool Exists(IEnumerable<PlainSource> sources, Func<Witness, bool> isSuch, PlainAim aim) => parts.Plain.Find(sources, isSuch, aim) is not null;

    private static PolicyStack Without(PolicyStack stack, StackLayer part, Statement? deny) =>
        deny is not null ? PolicyLayers.With(stack, part.Slot, part.Document!.Where(s => s != deny))
        : part.Layer.Layer == PolicyLayer.IdentityPolicies ? stack with { IdentityPolicies = stack.IdentityPolicies!.Value.Add(FullAccessPolicy.Unnamed) }
        : stack with
        {
            ServiceControlPolicies = stack.ServiceControlPolicies!.Value.SetItem(part.Layer.Level,
                stack.ServiceControlPolicies.Value[part.Layer.Level].Add(FullAccessPolicy.Unnamed)),
        };
}
