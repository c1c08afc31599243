using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Access;

/// <summary>
/// Documents that describe requests, for the questions that an answer rests on. They are of version 2012-10-17 whatever the policies are whose
/// words they repeat, and can be written down and asked again.
/// </summary>
internal static class AccessDocument
{
    /// <summary>The requests that a statement matches and no exception does.</summary>
    public static PolicyDocument Of(Statement grant, IEnumerable<Statement> except) => Of(new[] { grant }.Concat(except));

    /// <summary>Statements as a document.</summary>
    public static PolicyDocument Of(IEnumerable<Statement> statements) => Of(statements, _ => null);

    /// <summary>Statements as a document that names whom they name.</summary>
    public static PolicyDocument Naming(IEnumerable<Statement> statements) => Of(statements, s => s.Principal);

    /// <summary>The same as text, equal for equal meanings as far as they are written alike.</summary>
    public static string Text(Statement grant, IEnumerable<Statement> except) => PolicyWriter.Write(Of(grant, except));

    /// <summary>The statement with the other effect.</summary>
    public static Statement As(Effect effect, Statement statement) =>
        new(statement.Index, statement.Sid, effect, null, statement.Action, statement.Resource, statement.Conditions, statement.Span);

    /// <summary>The statement for every action.</summary>
    public static Statement EveryAction(Statement statement) =>
        new(statement.Index, statement.Sid, statement.Effect, statement.Principal, All(statement.Effect).Action, statement.Resource, statement.Conditions,
            statement.Span);

    /// <summary>The actions of a statement, whatever it says of them, on everything, as an Allow statement.</summary>
    public static Statement OnlyActions(Statement statement) =>
        new(0, null, Effect.Allow, null, statement.Action with { IsNot = false }, Everything, ImmutableArray<Condition>.Empty, default);

    /// <summary>The statement as a Deny, whatever it was, for whom it names.</summary>
    public static Statement Denying(Statement statement) => Named(As(Effect.Deny, statement), statement.Principal);

    /// <summary>The statement for other principals; null for everybody.</summary>
    public static Statement Named(Statement statement, PrincipalClause? principal) =>
        new(statement.Index, statement.Sid, statement.Effect, principal, statement.Action, statement.Resource, statement.Conditions, statement.Span);

    /// <summary>The requests that a limit leaves: it speaks of actions or resources alone, so turning its Not around is its complement.</summary>
    public static Statement Complement(Statement limit) => limit.Action is { IsNot: false, Patterns: [{ Text: "*" }] } && limit.Resource is { } resource
        ? new Statement(0, null, limit.Effect, null, limit.Action, resource with { IsNot = !resource.IsNot }, limit.Conditions, default)
        : new Statement(0, null, limit.Effect, null, limit.Action with { IsNot = !limit.Action.IsNot }, limit.Resource, limit.Conditions, default);

    /// <summary>The statement without the actions that match nothing, so that a line shows what is granted; null when it never matches.</summary>
    public static Statement? Possible(Statement statement)
    {
        ActionClause clause = statement.Action;
        ImmutableArray<PolicyPattern> possible = clause.Patterns.RemoveAll(p => ActionSyntax.WhyItMatchesNothing(p.Text) is not null);
        if (possible.Length == clause.Patterns.Length)
        {
            return statement;
        }

        if (possible.IsEmpty && !clause.IsNot)
        {
            return null;
        }

        // An empty NotAction takes the effect from its statement; one that excludes nothing does not.
        ActionClause shown = possible.IsEmpty ? All(statement.Effect).Action : clause with { Patterns = possible };
        return new Statement(statement.Index, statement.Sid, statement.Effect, statement.Principal, shown, statement.Resource, statement.Conditions,
            statement.Span);
    }

    /// <summary>Every request.</summary>
    public static Statement All(Effect effect) =>
        new(0, null, effect, null, new ActionClause(false, ImmutableArray.Create(PolicyPattern.Plain("*")), default), Everything,
            ImmutableArray<Condition>.Empty, default);

    private static PolicyDocument Of(IEnumerable<Statement> statements, Func<Statement, PrincipalClause?> principal) => new(
        new DocumentText(""),
        PolicyVersion.V2012,
        true,
        null,
        statements.Select((s, i) => new Statement(i, null, s.Effect, principal(s), Writable(s.Action), s.Resource is { } r ? Writable(r) : Everything,
            Writable(s.Conditions), default)).ToImmutableArray(),
        ImmutableArray<PolicyProblem>.Empty);

    private static ResourceClause Everything { get; } = new(false, ImmutableArray.Create(PolicyPattern.Plain("*")), default);

    private static ActionClause Writable(ActionClause clause) => clause with { Patterns = clause.Patterns.Select(Writable).ToImmutableArray() };

    private static ResourceClause Writable(ResourceClause clause) => clause with { Patterns = clause.Patterns.Select(Writable).ToImmutableArray() };

    /// <summary>
    /// A Condition block holds a key once under an operator. A line that comes twice is written again with IfExists, which means the same where
    /// the first one asks for the key, and negated ones as one list, since none of either may match.
    /// </summary>
    private static ImmutableArray<Condition> Writable(ImmutableArray<Condition> conditions)
    {
        var written = new List<Condition>();
        foreach (Condition condition in conditions)
        {
            Condition line = condition with { Values = condition.Values.Select(Writable).ToImmutableArray(), OperatorSpan = default, KeySpan = default };
            int at = written.FindIndex(w => w.Operator.Name == line.Operator.Name && w.FoldedKey == line.FoldedKey);
            if (at >= 0 && line.Operator is { IsNegated: true, Set: SetOperator.None } && line.Values.Length > 0 && written[at].Values.Length > 0)
            {
                written[at] = written[at] with { Values = written[at].Values.AddRange(line.Values) };
                continue;
            }

            if (at >= 0 && line.Operator is
                {
                    IfExists: false, Set: SetOperator.None, IsNegated: false,
                    Comparison: not (ConditionComparison.Null or ConditionComparison.Unknown)
                }
                && !written.Exists(w => w.Operator.Name == line.Operator.Name + "IfExists" && w.FoldedKey == line.FoldedKey))
            {
                written.Add(line with { Operator = line.Operator with { IfExists = true, Name = line.Operator.Name + "IfExists" } });
                continue;
            }

            written.Add(line);
        }

        return written.ToImmutableArray();
    }

    /// <summary>In version 2008-10-17 a dollar before a brace is a dollar; in the version written here it must be said so.</summary>
    private static PolicyPattern Writable(PolicyPattern pattern) => pattern.IsPlain && pattern.Text.Contains("${")
        ? PolicyPattern.WithVariables(pattern.Text.Replace("${", "${$}{"), default, out _)
        : pattern;
}
