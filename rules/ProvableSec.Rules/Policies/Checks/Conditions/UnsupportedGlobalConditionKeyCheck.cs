namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>UNSUPPORTED_GLOBAL_CONDITION_KEY</c> of IAM Access Analyzer.</summary>
internal sealed class UnsupportedGlobalConditionKeyCheck() : ConditionCheck(new Rule(
    "PSEC3046",
    "Deprecated global condition key",
    RuleSeverity.Error,
    "No request carries the key anymore, so the condition never matches, or always.",
    "Write aws:PrincipalArn or aws:SourceArn, whichever is meant.",
    1286,
    "UNSUPPORTED_GLOBAL_CONDITION_KEY"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (DeprecatedKeys.IsUnsupported(condition.Key))
        {
            findings.Add(condition.KeyProperty.NameElement,
                $"requests do not carry {CheckedText.Quoted(condition.Key)}; use aws:PrincipalArn or aws:SourceArn");
        }
    }
}
