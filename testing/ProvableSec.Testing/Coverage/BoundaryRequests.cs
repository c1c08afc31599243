using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Stacks;
using ProvableSec.Testing.Failures;

namespace ProvableSec.Testing.Coverage;

/// <summary>Requests on both sides of each statement and condition, found by the prover and decided by the evaluator.</summary>
internal static class BoundaryRequests
{
    /// <summary>The requests as lines that <c>provablesec simulate</c> reads, each with the decision of today.</summary>
    public static IEnumerable<string> Of(Variant variant)
    {
        PolicyStack stack = SimulateCase.StackOf(variant.Subject, variant.Type);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((PolicySlot slot, PolicyDocument document) in stack.Documents().GroupBy(placed => placed.Document).Select(same => same.First()))
        {
            PolicyType type = slot.Layer == PolicyLayer.ResourcePolicy ? PolicyTypeInference.Infer(document).Type : PolicyType.Identity;
            foreach (Statement statement in document.Statements)
            {
                string id = $"{slot} statement {statement.Index}{(statement.Sid is { Length: > 0 } sid ? $" \"{sid}\"" : "")}";
                foreach ((string side, Witness witness) in Around(Granting(document, statement), statement, type))
                {
                    bool allowed = Evaluator.Decide(witness.Under(stack), witness.Request, witness.Readings).IsAllowed;
                    if (seen.Add(witness.Request.ToString()))
                    {
                        yield return SimulateCase.Write(stack, witness, allowed ? "allow" : "deny", $"{id}: {side}");
                    }
                }
            }
        }
    }

    private static IEnumerable<(string Side, Witness Witness)> Around(PolicyDocument alone, Statement statement, PolicyType type)
    {
        if (Ask(Question.Can, alone, null, type) is { } inside)
        {
            yield return ("inside", inside);
        }

        foreach (Condition condition in statement.Conditions)
        {
            Statement without = new(0, null, Effect.Allow, statement.Principal, statement.Action, statement.Resource, statement.Conditions.Remove(condition),
                default);
            if (Ask(Question.NoNewAccess, Granting(alone, without), alone, type) is { } unmet)
            {
                yield return ($"{condition.Operator.Name} {condition.Key} not met", unmet);
            }
        }

        if (statement.Resource is { } resource && Ask(Question.NoNewAccess,
            Granting(alone, new Statement(0, null, Effect.Allow, statement.Principal, statement.Action, new ResourceClause(false, Everything, default),
                statement.Conditions, default)), alone, type) is { } elsewhere)
        {
            yield return ("another resource", elsewhere);
        }

        if (Ask(Question.NoNewAccess,
            Granting(alone, new Statement(0, null, Effect.Allow, statement.Principal, new ActionClause(false, Services(statement.Action), default),
                statement.Resource, statement.Conditions, default)), alone, type) is { } other)
        {
            yield return ("another action", other);
        }
    }

    private static ImmutableArray<PolicyPattern> Everything => ImmutableArray.Create(PolicyPattern.Plain("*"));

    private static ImmutableArray<PolicyPattern> Services(ActionClause action) =>
        action.Patterns.Select(p => p.Text.IndexOf(':') is > 0 and var colon ? p.Text.Substring(0, colon) + ":*" : "*").Distinct()
            .Select(text => PolicyPattern.Plain(text)).ToImmutableArray();

    /// <summary>A policy that allows what a statement speaks of, whatever the statement's effect is.</summary>
    private static PolicyDocument Granting(PolicyDocument of, Statement statement) => new(
        of.Source,
        of.Version,
        of.NamesVersion,
        null,
        ImmutableArray.Create(new Statement(0, null, Effect.Allow, statement.Principal, statement.Action, statement.Resource, statement.Conditions,
            statement.Span)),
        ImmutableArray<PolicyProblem>.Empty);

    private static Witness? Ask(Question question, PolicyDocument policy, PolicyDocument? baseline, PolicyType type) => Prover.Answer(new Query
    {
        Question = question,
        Subject = Subject.Of(policy),
        Baseline = baseline is null ? null : Subject.Of(baseline),
        Type = type,
        TypeFrom = PolicyTypeOrigin.Query,
        Explain = false,
    }).Witness;
}
