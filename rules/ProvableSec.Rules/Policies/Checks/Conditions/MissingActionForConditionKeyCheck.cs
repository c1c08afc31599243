namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_ACTION_FOR_CONDITION_KEY</c> of IAM Access Analyzer.</summary>
internal sealed class MissingActionForConditionKeyCheck() : ConditionCheck(new Rule(
    "PSEC3071",
    "Condition key that only another action supports",
    RuleSeverity.Error,
    "The key is sent with one action only, and the statement does not name it: the condition never matches.",
    "Add the action that the message names, or remove the condition.",
    863,
    "MISSING_ACTION_FOR_CONDITION_KEY"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (KeyCarriers.OnlyActionsOf(condition.Key) is not { } carriers || condition.Statement.Action is not { IsNot: false } actions || !condition.NeedsKey
            || actions.Items.Count == 0 || actions.Items.Any(action => !action.IsKnown))
        {
            return;
        }

        if (!actions.Items.Any(action => carriers.Any(carrier => ActionNames.Covers(action.Text, carrier))))
        {
            findings.Add(condition.KeyProperty.NameElement,
                $"only requests for {string.Join(", ", carriers)} carry {CheckedText.Quoted(condition.Key)}, which the statement does not name");
        }
    }
}
