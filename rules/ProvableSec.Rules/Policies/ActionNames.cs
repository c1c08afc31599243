using ProvableSec.Policy.Model;
using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies;

/// <summary>The texts of Action and NotAction, taken apart and looked up.</summary>
internal static class ActionNames
{
    /// <summary>Splits <c>service:Name</c>.</summary>
    public static bool TrySplit(string action, out string prefix, out string name)
    {
        int colon = action.IndexOf(':');
        prefix = colon > 0 ? action.Substring(0, colon) : "";
        name = action.Substring(colon + 1);
        return colon > 0 && name.Length > 0;
    }

    /// <summary>The actions of a service that a name with wildcards matches.</summary>
    public static IEnumerable<ServiceAction> Matching(Service service, string name)
    {
        int wildcard = name.IndexOfAny(GlobText.Wildcards);
        if (wildcard < 0)
        {
            return service.TryGetAction(name, out ServiceAction? action) ? [action] : [];
        }

        return service.ActionsBeginning(name.Substring(0, wildcard)).Where(action => GlobText.Covers(name, action.Name, foldCase: true));
    }

    /// <summary>Whether two clauses may speak of one action; sure to be true where they do.</summary>
    public static bool MayMeet(ActionClause one, ActionClause other) =>
        one.IsNot || other.IsNot || one.Patterns.Any(a => other.Patterns.Any(b => GlobText.Overlap(a.Text, b.Text, foldCase: true)));

    /// <summary>Whether a pattern matches an action.</summary>
    public static bool Covers(string pattern, string action) => GlobText.Covers(pattern, action, foldCase: true);
}
