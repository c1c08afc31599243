namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_EFFECT</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidEffectCheck() : StatementCheck(new Rule(
    "PSEC3015",
    "Effect is neither Allow nor Deny",
    RuleSeverity.Error,
    "AWS rejects any other value, and these two are case-sensitive.",
    "Write Allow or Deny.",
    1286,
    "INVALID_EFFECT"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.Effect is { } effect && effect is not ("Allow" or "Deny") && !UnknownText.IsIn(effect))
        {
            findings.Add(statement.EffectElement!.Value.Value, $"Effect must be \"Allow\" or \"Deny\", not {CheckedText.Quoted(effect)}");
        }
    }
}
