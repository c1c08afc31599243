using ProvableSec.Policy.Model;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Documents;

/// <summary>Tells each identity policy of a document what else its holders have.</summary>
internal static class PolicyHolders
{
    /// <summary>Policies of one holder that are looked at together. AWS attaches 20 managed policies to a user, lets a user be in 10 groups, and limits inline
    /// policies by their length.</summary>
    public const int MostOfAHolder = 256;

    /// <summary>How often somebody in a document has a policy of it. An account may have 5,000 users.</summary>
    public const int MostHoldings = 1 << 20;

    /// <summary>The same policies, with <see cref="PolicyContext.Beside"/> filled in.</summary>
    /// <param name="found">The policies of the document.</param>
    /// <param name="more">Identity policies that are not checked, by holder.</param>
    public static IReadOnlyList<FoundPolicy> Together(IReadOnlyList<FoundPolicy> found, IEnumerable<KeyValuePair<string, string>> more)
    {
        ILookup<string, FoundPolicy> held = found.Where(policy => policy.Context.Type == PolicyType.Identity)
            .SelectMany(policy => policy.Holders.Distinct(StringComparer.Ordinal).Select(holder => new KeyValuePair<string, FoundPolicy>(holder, policy)))
            .ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        ILookup<string, string> others = more.ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        int pairs = 0;
        var budget = new TogetherBudget();
        return [.. found.Select(policy => policy.Context.Type == PolicyType.Identity && policy.Holders.Count > 0 ? policy with { Context = WithBeside(policy) }
            : policy)];

        PolicyContext WithBeside(FoundPolicy policy)
        {
            var beside = new List<PoliciesBeside>();
            var known = new HashSet<string>(StringComparer.Ordinal);
            foreach (string holder in policy.Holders.Distinct(StringComparer.Ordinal))
            {
                int count = held[holder].Count() + others[holder].Count() - 1;
                if (count >= MostOfAHolder || pairs > MostHoldings)
                {
                    return policy.Context with { HasTooMuchBeside = true };
                }

                pairs += count;
                PoliciesBeside policies = Beside(holder, policy);
                // Of the many users of a group most have the same policies.
                if (count > 0 && known.Add(string.Join("\0", policies.Checked) + "\0\0" + string.Join("\0", policies.Unchecked)))
                {
                    beside.Add(policies);
                }
            }

            return policy.Context with { Beside = beside, Together = budget };
        }

        PoliciesBeside Beside(string holder, FoundPolicy policy) =>
            new(holder, [.. held[holder].Where(other => !ReferenceEquals(other, policy)).Select(other => other.Text.Text)], [.. others[holder]]);
    }
}
