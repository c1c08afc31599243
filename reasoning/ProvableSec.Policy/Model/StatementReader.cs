using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>Reads the statements of a policy.</summary>
/// <param name="variables">True where <c>${</c> begins a variable.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class StatementReader(bool variables, PolicyProblems problems)
{
    private readonly ClauseReader clauses = new(variables, problems);
    private readonly ConditionReader conditionReader = new(variables, problems);

    /// <summary>Reads a statement; null, and problems, for what has no effect or action.</summary>
    public Statement? Read(JsonItem element, int index)
    {
        if (element.Kind != JsonKind.Object)
        {
            problems.WrongType(element, "a statement", "an object");
            return null;
        }

        string? sid = null;
        Effect? effect = null;
        PrincipalClause? principal = null;
        ActionClause? action = null;
        ResourceClause? resource = null;
        bool effectSeen = false;
        string? actionSeen = null, resourceSeen = null, principalSeen = null;
        ImmutableArray<Condition> conditions = ImmutableArray<Condition>.Empty;
        foreach (JsonMember property in element.Properties())
        {
            JsonItem value = property.Value;
            switch (property.Name)
            {
                case "Sid":
                    sid = problems.ExpectString(value, "Sid");
                    break;
                case "Effect":
                    effectSeen = true;
                    effect = ReadEffect(value);
                    break;
                case "Action" or "NotAction":
                    problems.Conflict(property, actionSeen, "Action and NotAction");
                    actionSeen = property.Name;
                    action = new ActionClause(property.Name == "NotAction", clauses.Actions(value, property.Name), property.NameSpan);
                    break;
                case "Resource" or "NotResource":
                    problems.Conflict(property, resourceSeen, "Resource and NotResource");
                    resourceSeen = property.Name;
                    resource = new ResourceClause(property.Name == "NotResource", clauses.Resources(value, property.Name), property.NameSpan);
                    break;
                case "Principal" or "NotPrincipal":
                    problems.Conflict(property, principalSeen, "Principal and NotPrincipal");
                    principalSeen = property.Name;
                    principal = new PrincipalClause(property.Name == "NotPrincipal", clauses.Principals(value, property.Name), property.NameSpan);
                    break;
                case "Condition":
                    conditions = conditionReader.Read(value);
                    break;
                default:
                    problems.Unknown(property, "a statement", "Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition");
                    break;
            }
        }

        if (!effectSeen)
        {
            problems.Report(element, ProblemCode.MissingElement, "the statement has no Effect; expected \"Allow\" or \"Deny\"");
        }

        if (actionSeen is null)
        {
            problems.Report(element, ProblemCode.MissingElement, "the statement has neither Action nor NotAction");
        }

        if (resourceSeen is null && principalSeen is null)
        {
            problems.Report(element, ProblemCode.MissingElement,
                "the statement has neither Resource nor NotResource; only a trust policy, which names a Principal, may go without");
        }

        return effect is { } e && action is not null
            ? new Statement(index, sid, e, principal, action, resource, conditions, element.Span)
            : null;
    }

    private Effect? ReadEffect(JsonItem value)
    {
        switch (problems.ExpectString(value, "Effect"))
        {
            case null:
                return null;
            case "Allow":
                return Effect.Allow;
            case "Deny":
                return Effect.Deny;
            case { } text:
                problems.Report(value, ProblemCode.InvalidValue, $"Effect must be \"Allow\" or \"Deny\", with this case, not \"{Excerpt.Of(text)}\"");
                return null;
        }
    }
}
