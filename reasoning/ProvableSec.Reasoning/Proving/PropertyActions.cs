using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Proving;

/// <summary>Which actions that AWS has a property names.</summary>
internal static class PropertyActions
{
    /// <summary>True when the property names actions, and the service data know none of them.</summary>
    public static bool AllUnknown(PolicyDocument property)
    {
        bool namesAny = false;
        foreach (Statement statement in property.Statements)
        {
            if (statement.Effect == Effect.Allow)
            {
                namesAny |= !statement.Action.Patterns.IsEmpty;
                if (statement.Action.IsNot || NamesKnown(statement))
                {
                    return false;
                }
            }
        }

        return namesAny;
    }

    private static bool NamesKnown(Statement statement)
    {
        StatementSets kept = StatementSets.Of(statement);
        return kept.NamesKnownAction ??= statement.Action.Patterns.Any(IsKnown);
    }

    private static bool IsKnown(PolicyPattern pattern)
    {
        int colon = pattern.Text.IndexOf(':');
        if (colon < 0 || pattern.Text.IndexOfAny(['*', '?'], 0, colon) >= 0)
        {
            // A wildcard in the service's prefix meets some service, a star alone every one.
            return pattern.Text.IndexOfAny(['*', '?']) >= 0;
        }

        if (!ServiceCatalogue.Default.TryGetService(pattern.Text.Substring(0, colon), out Service? service))
        {
            return false;
        }

        if (pattern.Text.IndexOfAny(['*', '?']) < 0)
        {
            return service.TryGetAction(pattern.Text.Substring(colon + 1), out _);
        }

        TextSet named = PatternCompiler.Compile([pattern], MatchMode.Action);
        return service.Actions.Any(a => named.Contains(a.FullName.ToLowerInvariant(), Reading.None));
    }
}
