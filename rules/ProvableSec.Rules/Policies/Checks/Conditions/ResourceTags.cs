using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Services whose requests never carry the tags of a resource, whatever the action.</summary>
internal static class ResourceTags
{
    /// <summary>Reports each text of Action whose service has no action that carries the tag that a condition needs.</summary>
    public static void Report(CheckedCondition condition, string consequence, PolicyFindings findings)
    {
        if (!condition.NeedsKey || !condition.KeyStartsWith("aws:ResourceTag/") || condition.Statement.Action is not { IsNot: false } actions)
        {
            return;
        }

        foreach (CheckedText action in actions.Items)
        {
            if (action.IsKnown && ActionNames.TrySplit(action.Text, out string prefix, out string name)
                && condition.Policy.Catalogue.TryGetService(prefix, out Service? service)
                && ActionNames.Matching(service, name).Any() && !service.Actions.Any(known => KeyCarriers.Carries(known, condition.Key)))
            {
                findings.Add(action, $"requests for {action.Shown} never carry {CheckedText.Quoted(condition.Key)}, so it {consequence}");
            }
        }
    }
}
