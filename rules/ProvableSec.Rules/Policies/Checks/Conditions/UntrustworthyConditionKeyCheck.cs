namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>UNTRUSTWORTHY_CONDITION_KEY</c> of IAM Access Analyzer.</summary>
internal sealed class UntrustworthyConditionKeyCheck() : ConditionCheck(new Rule(
    "PSEC2101",
    "Condition key that the caller controls",
    RuleSeverity.Warning,
    "The caller chooses the value, so the condition keeps nobody out.",
    "Use a key that AWS fills in, such as aws:SourceVpce, aws:PrincipalArn or aws:SourceArn.",
    290,
    "UNTRUSTWORTHY_CONDITION_KEY"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.IsOn("aws:UserAgent") || condition.IsOn("aws:referer"))
        {
            findings.Add(condition.KeyProperty.NameElement, $"the caller chooses {CheckedText.Quoted(condition.Key)}; it keeps nobody out");
        }
    }
}
