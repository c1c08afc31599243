using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Replay;

/// <summary>
/// Asks the concrete evaluator about parts of statements against one request, so that what a report says of a pattern or condition is true
/// whatever the matching rules are.
/// </summary>
internal sealed class StatementProbe(Witness witness, PolicyStack stack)
{
    private static readonly ImmutableArray<PolicyPattern> Everything = ImmutableArray.Create(PolicyPattern.Plain("*"));
    private static readonly ActionClause EveryAction = new(false, Everything, default);
    private static readonly ResourceClause EveryResource = new(false, Everything, default);
    private static readonly ConditionOperator IsNull = ConditionOperator.Parse("Null", out _);

    /// <summary>Whether the statement speaks of the request.</summary>
    public bool Matches(Statement statement) => Applies(statement.Principal, statement.Action, statement.Resource, statement.Conditions);

    /// <summary>Whether it would, without its conditions.</summary>
    public bool MatchesButForConditions(Statement statement) => Applies(statement.Principal, statement.Action, statement.Resource,
        ImmutableArray<Condition>.Empty);

    /// <summary>Whether one pattern of an action list matches.</summary>
    public bool MatchesAction(PolicyPattern pattern) => Applies(null, new ActionClause(false, ImmutableArray.Create(pattern), default), EveryResource,
        ImmutableArray<Condition>.Empty);

    /// <summary>Whether one condition is met.</summary>
    public bool Meets(Condition condition) => Applies(null, EveryAction, EveryResource, ImmutableArray.Create(condition));

    /// <summary>Whether the request has no such key, derived keys included.</summary>
    public bool Lacks(Condition condition) =>
        Meets(new Condition(IsNull, condition.Key, condition.FoldedKey, ImmutableArray.Create(PolicyPattern.Plain("true")), default, default));

    /// <summary>Whether the subject allows the request, or lets it through where that is meant.</summary>
    public bool Allows(Subject subject) => subject.Document is { } document
        ? subject.LetsThrough ? !document.Statements.Any(statement => statement.Effect == Effect.Deny && Matches(statement))
        : Evaluator.AllowsAlone(document, stack, witness.Request, witness.Readings)
        : Evaluator.Decide(witness.Under(subject.Stack!), witness.Request, witness.Readings).IsAllowed;

    private bool Applies(PrincipalClause? principal, ActionClause action, ResourceClause? resource, ImmutableArray<Condition> conditions)
    {
        var statement = new Statement(0, null, Effect.Allow, principal, action, resource, conditions, default);
        var document = new PolicyDocument(new DocumentText(""), PolicyVersion.V2012, true, null, ImmutableArray.Create(statement),
            ImmutableArray<PolicyProblem>.Empty);
        return Evaluator.AllowsAlone(document, stack, witness.Request, witness.Readings);
    }
}
