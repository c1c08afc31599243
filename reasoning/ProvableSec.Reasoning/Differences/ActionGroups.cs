using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Access;

namespace ProvableSec.Reasoning.Differences;

/// <summary>
/// Puts together the actions of a long list that other statements speak of alike: each takes all of an action or nothing of it. What is found of all of them
/// together is
/// taken for each, which saves a question for each.
/// </summary>
internal static class ActionGroups
{
    /// <summary>The groups, in the order of the list; an action of which a statement takes a part is a group of its own.</summary>
    public static IReadOnlyList<ImmutableArray<PolicyPattern>> Of(ImmutableArray<PolicyPattern> actions, IReadOnlyList<Statement> statements)
    {
        (HashSet<string> Names, PatternSymbols[] Patterns)[] spoken = [.. statements.Select(statement => Spoken(statement.Action))];
        var groups = new Dictionary<string, ImmutableArray<PolicyPattern>.Builder>(StringComparer.Ordinal);
        var order = new List<string>();
        foreach (PolicyPattern action in actions)
        {
            string key = KeyOf(action, spoken);
            if (!groups.TryGetValue(key, out ImmutableArray<PolicyPattern>.Builder? group))
            {
                groups.Add(key, group = ImmutableArray.CreateBuilder<PolicyPattern>());
                order.Add(key);
            }

            group.Add(action);
        }

        return [.. order.Select(key => groups[key].ToImmutable())];
    }

    private static string KeyOf(PolicyPattern action, (HashSet<string> Names, PatternSymbols[] Patterns)[] spoken)
    {
        PatternSymbols symbols = PatternSymbols.OfAction(action);
        string text = symbols.ToString();
        bool isName = text.IndexOfAny(['*', '?']) < 0;
        char[] key = new char[spoken.Length];
        for (int i = 0; i < spoken.Length; i++)
        {
            (HashSet<string> names, PatternSymbols[] patterns) = spoken[i];
            bool isCovered = names.Contains(text) || Array.Exists(patterns, pattern => pattern.Covers(symbols));
            if (!isCovered && (Array.Exists(patterns, pattern => pattern.MayMeet(symbols))
                || (!isName && names.Any(name => symbols.Covers(PatternSymbols.OfText(name))))))
            {
                return "of its own: " + text;
            }

            key[i] = isCovered ? '+' : '-';
        }

        return new string(key);
    }

    private static (HashSet<string> Names, PatternSymbols[] Patterns) Spoken(ActionClause clause)
    {
        PatternSymbols[] all = [.. clause.Patterns.Select(PatternSymbols.OfAction)];
        return (
            new HashSet<string>(all.Select(symbols => symbols.ToString()).Where(text => text.IndexOfAny(['*', '?']) < 0), StringComparer.Ordinal),
            [.. all.Where(symbols => symbols.ToString().IndexOfAny(['*', '?']) >= 0)]);
    }
}
