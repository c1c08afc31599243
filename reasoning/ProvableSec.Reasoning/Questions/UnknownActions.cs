using ProvableSec.Policy;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Values;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Questions;

/// <summary>
/// Actions of a property that the service data do not know. No policy grants a name that does not exist, so that a property about it holds and
/// says nothing: a misspelled gate is green.
/// </summary>
internal static class UnknownActions
{
    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>
    /// The actions that a property names and the service data do not know, each with its location: an error where the name is one edit from an action
    /// of that service (<see cref="ProblemCode.InvalidAction"/>), else a warning (<see cref="ProblemCode.UnknownAction"/>), for the data have a date.
    /// </summary>
    /// <param name="property">The property, read from a text of its own.</param>
    public static IReadOnlyList<PolicyProblem> In(PolicyDocument property) =>
        property.Statements.Any(statement => statement.Action.Patterns.Any(pattern => Describe(pattern.Text) is not null))
            ? [.. Located(JsonTreeReader.Read(property.Source).Root)]
            : [];

    private static IEnumerable<PolicyProblem> Located(JsonItem root)
    {
        if (!root.TryGetProperty("Statement", out JsonItem statements))
        {
            yield break;
        }

        foreach (JsonItem statement in OneOrMany(statements))
        {
            foreach (JsonMember member in statement.Properties())
            {
                foreach (JsonItem action in member.Name is "Action" or "NotAction" ? OneOrMany(member.Value) : [])
                {
                    if (action.Kind == JsonKind.String && Describe(action.Text) is (var code, var message))
                    {
                        yield return action.Problem(code, message);
                    }
                }
            }
        }
    }

    private static IEnumerable<JsonItem> OneOrMany(JsonItem value)
    {
        if (value.Kind != JsonKind.Array)
        {
            yield return value;
        }

        foreach (JsonItem item in value.Elements())
        {
            yield return item;
        }
    }

    /// <summary>What is wrong with the name of an action, or with a pattern: with which code it is reported, and in which words. Null where the data know
    /// it.</summary>
    public static (ProblemCode Code, string Message)? Describe(string action)
    {
        ServiceCatalogue catalogue = ServiceCatalogue.Default;
        int colon = action.IndexOf(':');
        string prefix = colon > 0 ? action.Substring(0, colon) : "", name = action.Substring(colon + 1);
        if (prefix.Length == 0 || prefix.IndexOfAny(Wildcards) >= 0)
        {
            return null;
        }

        string consequence = $"in the service data of {catalogue.Date}, so what is proved about it may say nothing";
        if (!catalogue.TryGetService(prefix, out Service? service))
        {
            string? near = Spelling.Nearest(prefix, catalogue.ServicePrefixes);
            return When(ActionSyntax.IsPattern(action), ProblemCode.UnknownAction,
                $"\"{Excerpt.Of(prefix)}\" is not a service {consequence}{(near is null ? "" : $"; did you mean \"{near}:{Excerpt.Of(name)}\"?")}");
        }

        if (name == "*" || service.Actions.Count == 0 || service.TryGetAction(name, out _))
        {
            return null;
        }

        if (name.IndexOfAny(Wildcards) is >= 0 and var wildcard)
        {
            TextSet matched = ActionSets.Of(action);
            return When(
                ActionSyntax.IsPattern(action) && !service.ActionsBeginning(name.Substring(0, wildcard))
                    .Any(known => matched.Patterns(Reading.None).Contains($"{service.Prefix}:{known.Name}".ToLowerInvariant())),
                ProblemCode.UnknownAction,
                $"\"{Excerpt.Of(action)}\" matches no action of {service.Name} {consequence}");
        }

        return Spelling.OneEditAway(name, service.Actions.Select(known => known.Name)) is { } meant
            ? (ProblemCode.InvalidAction, $"\"{Excerpt.Of(action)}\" is not an action of {service.Name}; did you mean \"{service.Prefix}:{meant}\"?")
            : When(ActionSyntax.IsPattern(action), ProblemCode.UnknownAction, $"\"{Excerpt.Of(action)}\" is not an action of {service.Name} {consequence}");
    }

    /// <summary>Nothing where the action is known after all, or the reader has warned of it already.</summary>
    private static (ProblemCode, string)? When(bool holds, ProblemCode code, string message) => holds ? (code, message) : null;
}
