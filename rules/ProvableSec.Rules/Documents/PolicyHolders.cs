using ProvableSec.Policy.Model;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>Tells each identity policy of a document what else its holders have.</summary>
internal static class PolicyHolders
{
    /// <summary>The same policies, with <see cref="PolicyContext.Beside"/> filled in.</summary>
    /// <param name="found">The policies of the document.</param>
    /// <param name="more">Identity policies that are not checked, by holder.</param>
    public static IReadOnlyList<FoundPolicy> Together(IReadOnlyList<FoundPolicy> found, IEnumerable<KeyValuePair<string, string>> more)
    {
        ILookup<string, FoundPolicy> held = found.Where(policy => policy.Context.Type == PolicyType.Identity)
            .SelectMany(policy => policy.Holders.Distinct(StringComparer.Ordinal).Select(holder => new KeyValuePair<string, FoundPolicy>(holder, policy))).ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        ILookup<string, string> others = more.ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        return [.. found.Select(policy => policy.Context.Type == PolicyType.Identity && policy.Holders.Count > 0
            ? policy with { Context = policy.Context with { Beside = [.. policy.Holders.Distinct(StringComparer.Ordinal).Select(holder => Beside(holder, policy)).Where(beside => beside.Checked.Count + beside.Unchecked.Count > 0)] } }
            : policy)];

        PoliciesBeside Beside(string holder, FoundPolicy policy) =>
            new(holder, [.. held[holder].Where(other => !ReferenceEquals(other, policy)).Select(other => other.Text.Text)], [.. others[holder]]);
    }
}
