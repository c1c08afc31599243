using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Actions that are allowed on every resource although a policy could name the resources, proved where another statement may deny them.</summary>
/// <param name="rule">The rule.</param>
/// <param name="wanted">Whether the rule is about actions that do this.</param>
internal abstract class EveryResourceCheck(Rule rule, Func<AccessLevels, bool> wanted) : StatementCheck(rule)
{
    private const int MostShown = 3, MostAsked = 3;

    protected sealed override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        CheckedPolicy policy = statement.Policy;
        if (policy.Type != PolicyType.Identity || statement is not
            {
                IsAllow: true, ConditionElement: null, Action: { IsNot: false } actions,
                Resource: { IsNot: false } resources
            }
            || !resources.Items.Any(item => item.HasWildcard))
        {
            return;
        }

        var every = new EveryResource(policy, resources);
        CheckedText? first = null;
        var found = new List<string>();
        var granted = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (CheckedText item in actions.Items.Where(item => item.IsKnown && !GlobText.IsEverything(item.Text)))
        {
            foreach (ServiceAction action in Named(policy, item.Text))
            {
                string name = action.FullName;
                if (every.Of(action) is { } all)
                {
                    first ??= item;
                    if (!granted.ContainsKey(name))
                    {
                        granted.Add(name, all);
                        found.Add(name);
                    }
                }
            }
        }

        if (first is not null && policy.Proved.AdministratorStatement is null && IsGranted(policy, found, granted))
        {
            string more = found.Count > MostShown ? $" and {found.Count - MostShown} more" : "";
            findings.Add(first,
                $"{string.Join(", ", found.Take(MostShown))}{more} {(found.Count == 1 ? "is" : "are")} allowed on every resource, although resource-level "
                    + $"permissions are supported");
        }
    }

    private IEnumerable<ServiceAction> Named(CheckedPolicy policy, string pattern)
    {
        int colon = pattern.IndexOf(':');
        if (colon <= 0 || !policy.Catalogue.TryGetService(pattern.Substring(0, colon).ToLowerInvariant(), out Service? service))
        {
            return [];
        }

        // Roles that are passed or made for a service have rules of their own.
        return ActionNames.Matching(service, pattern.Substring(colon + 1))
            .Where(action => wanted(action.AccessLevels) && action.ResourceTypes.Count > 0
                && action.FullName is not ("iam:PassRole" or "iam:CreateServiceLinkedRole"));
    }

    /// <summary>Nothing but another statement's Deny can take back what an Allow without condition gives.</summary>
    private static bool IsGranted(CheckedPolicy policy, List<string> actions, Dictionary<string, IReadOnlyList<string>> resources)
    {
        if (policy.Statements.All(statement => statement.IsAllow))
        {
            return true;
        }

        return policy.Proved.Document is { } document && actions.Take(MostAsked)
            .Any(action => policy.Proved.Answer(ProvableText.Ask(Question.Granted, document, policy.Type) with
            {
                Property = ProvableText.Allowing(action, resources[action]),
                VerdictOnly = true,
            }).Verdict == Verdict.Holds);
    }
}
