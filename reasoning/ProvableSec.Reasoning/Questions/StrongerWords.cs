using ProvableSec.Policy.Model;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Questions;

/// <summary>What would make a proof rest on less, in one sentence.</summary>
internal static class StrongerWords
{
    /// <summary>The sentence, or null where the answer is not a proof or assumes nothing that more could be given about.</summary>
    public static string? Of(Query query, Answer answer)
    {
        var ways = new List<string>();
        if (answer.Assumptions.Contains(AssumptionName.NoDirectGrants) || answer.Assumptions.Contains(AssumptionName.NoResourceObstacle))
        {
            string policy = NameOfResourcePolicy(query);
            ways.Add($"give the {policy} (resourcePolicy, null where it has none)");
        }

        if (answer.Assumptions.Contains(AssumptionName.FullAccessAttached) || answer.Assumptions.Contains(AssumptionName.FullAccessDetached))
        {
            ways.Add("give all service control policies by level (serviceControlPolicies)");
        }

        if (answer.Assumptions.Contains(AssumptionName.Catalogue))
        {
            ways.Add($"the facts rest on the service data of {ServiceCatalogue.Default.Date}, --without {AssumptionName.Catalogue} asks without them");
        }

        if (answer.Assumptions.Contains(AssumptionName.AsOf))
        {
            ways.Add($"it holds as of {query.AsOf}, moved by --as-of");
        }

        return ways.Count == 0 ? null : string.Join("; ", ways);
    }

    /// <summary>What the policy of the resources that a question speaks of is called.</summary>
    private static string NameOfResourcePolicy(Query query)
    {
        IEnumerable<string> actions = query.Request.Action is { } asked
            ? asked.Literals.Concat(asked.Like)
            : (query.Property is { } property ? property.Statements : query.Subject.Documents().SelectMany(d => d.Statements))
                .Where(s => s.Effect == Effect.Allow).SelectMany(s => s.Action.IsNot ? ["*"] : s.Action.Patterns.Select(p => p.Text));
        return actions.Select(ResourcePolicyName.Of).Distinct().ToList() is [var one] ? one : ResourcePolicyName.Any;
    }
}
