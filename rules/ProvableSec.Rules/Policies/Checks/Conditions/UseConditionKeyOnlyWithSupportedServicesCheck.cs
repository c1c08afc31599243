namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES</c> of IAM Access Analyzer.</summary>
internal sealed class UseConditionKeyOnlyWithSupportedServicesCheck() : ConditionCheck(new Rule(
    "PSEC3226",
    "Condition key that few services send, on all actions",
    RuleSeverity.Warning,
    "Only requests to some services carry the key; for the others the condition is decided without it.",
    "Name the services in Action, as the page \"AWS global condition context keys\" lists them for the key.",
    863,
    "USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.IsOnAny(["aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths"]) && condition.Statement.Action is { } actions
            && (actions.IsNot || actions.Items.Any(action => GlobText.IsEverything(action.Text))))
        {
            findings.Add(condition.KeyProperty.NameElement, $"only requests to some services carry {CheckedText.Quoted(condition.Key)}; name them in Action");
        }
    }
}
