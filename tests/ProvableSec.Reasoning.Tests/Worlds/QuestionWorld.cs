using System.Globalization;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Tests.Proving;

namespace ProvableSec.Reasoning.Tests.Worlds;

/// <summary>What a question gives the validator to know: its organization, its endpoint, the keys that it asks about.</summary>
internal static class QuestionWorld
{
    public static WitnessValidator Validator(Query query)
    {
        PolicyStack?[] stacks = [query.Subject.Stack, query.Baseline?.Stack];
        return new WitnessValidator(
            stacks.Select(s => s?.Organization).FirstOrDefault(o => o is not null),
            stacks.Any(s => s is { VpcEndpointPolicies.IsDefaultOrEmpty: false }),
            KeysAsked(query))
        {
            AsOf = query.Without.Contains("as-of") ? null : DateTimeOffset.Parse(query.AsOf + "T00:00:00Z", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The keys of the documents' conditions and variables, and of the partial request, in lower case.</summary>
    public static HashSet<string> KeysAsked(Query query)
    {
        HashSet<string> keys = [.. query.Request.Context.Select(c => c.Key.ToLowerInvariant())];
        foreach (Statement statement in Agreement.Documents(query).SelectMany(d => d.Statements))
        {
            keys.UnionWith(statement.Conditions.Select(c => c.FoldedKey));
            keys.UnionWith((statement.Resource?.Patterns ?? []).Concat(statement.Conditions.SelectMany(c => c.Values)).SelectMany(p => p.Parts)
                .Where(p => p.Kind == PatternPartKind.Variable).Select(p => p.Text.ToLowerInvariant()));
        }

        return keys;
    }
}
