using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Replay;

namespace ProvableSec.Reasoning.Explanations;

/// <summary>The characters of a statement that make it speak of a request.</summary>
/// <param name="Span">The characters.</param>
/// <param name="Note">What to say of them; may be empty.</param>
internal readonly record struct DecidingToken(TextRange Span, string Note)
{
    /// <summary>The action element's, or the resource element's where that is the surprising one.</summary>
    public static DecidingToken Of(Statement statement, AccessRequest request, StatementProbe probe)
    {
        if (statement.Action.IsNot)
        {
            return new DecidingToken(statement.Action.NameSpan, $"{request.Action} is not excluded");
        }

        if (statement.Resource is { IsNot: true } resource)
        {
            return new DecidingToken(resource.NameSpan, $"{request.Resource} is not excluded");
        }

        PolicyPattern? pattern = statement.Action.Patterns.FirstOrDefault(probe.MatchesAction);
        return pattern is null
            ? new DecidingToken(statement.Action.NameSpan, "")
            : new DecidingToken(pattern.Span, pattern.Text.Equals(request.Action, StringComparison.OrdinalIgnoreCase) ? "" : $"matches {request.Action}");
    }

    /// <summary>The key of a condition, and what the request says of it.</summary>
    public static DecidingToken Of(Condition condition, AccessRequest request, StatementProbe probe)
    {
        foreach (ContextEntry entry in request.Context)
        {
            if (entry.FoldedKey == condition.FoldedKey && !entry.Values.IsEmpty)
            {
                return new DecidingToken(condition.KeySpan, $"is {string.Join(", ", entry.Values)}");
            }
        }

        if (condition.FoldedKey == "aws:principalarn" && request.Principal.Kind is PrincipalKind.User or PrincipalKind.Role)
        {
            return new DecidingToken(condition.KeySpan, $"is {request.Principal.Name}");
        }

        return new DecidingToken(condition.KeySpan, probe.Lacks(condition) ? "is not in the request" : "");
    }
}
