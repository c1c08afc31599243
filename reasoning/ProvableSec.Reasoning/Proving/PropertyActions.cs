using System.Collections.Immutable;
using ProvableSec.Policy;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Values;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Proving;

/// <summary>Which actions that AWS has a property names.</summary>
internal static class PropertyActions
{
    /// <summary>True when the property names actions, and the service data know none of them.</summary>
    public static bool AllUnknown(PolicyDocument property)
    {
        ImmutableArray<Statement> describing = property.Statements.Where(s => s.Effect == Effect.Allow).ToImmutableArray();
        return describing.Any(s => !s.Action.Patterns.IsEmpty) && describing.All(s => !s.Action.IsNot && s.Action.Patterns.All(p => !IsKnown(p)));
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

        TextSet named = PatternCompiler.Compile([pattern], MatchMode.Action);
        return service.Actions.Any(a => named.Contains(a.FullName.ToLowerInvariant(), Reading.None));
    }
}
