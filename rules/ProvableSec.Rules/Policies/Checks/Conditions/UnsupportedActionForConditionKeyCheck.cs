namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>UNSUPPORTED_ACTION_FOR_CONDITION_KEY</c> of IAM Access Analyzer.</summary>
internal sealed class UnsupportedActionForConditionKeyCheck() : ConditionCheck(new Rule(
    "PSEC3065",
    "Condition key that the action does not support",
    RuleSeverity.Error,
    "For this action the condition is decided without the key: an Allow never applies to it, a Deny never denies it.",
    "Move the action to a statement without the condition, or use a key that its requests carry.",
    1286,
    "UNSUPPORTED_ACTION_FOR_CONDITION_KEY"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Statement.Action is not { IsNot: false } actions || !condition.NeedsKey || KeyCarriers.DocumentedFor(condition.Key) is not { } carriers)
        {
            return;
        }

        string prefix = KeyCarriers.PrefixOf(condition.Key) + ":";
        foreach (CheckedText action in actions.Items)
        {
            if (action.IsKnown && PolicyArn.IsLiteral(action.Text) && action.Text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
                && condition.Policy.Catalogue.TryGetAction(action.Text, out _) && !carriers.Contains(action.Text, StringComparer.OrdinalIgnoreCase))
            {
                findings.Add(condition.KeyProperty.NameElement, $"requests for {action.Shown} never carry {CheckedText.Quoted(condition.Key)}");
                return;
            }
        }
    }
}
