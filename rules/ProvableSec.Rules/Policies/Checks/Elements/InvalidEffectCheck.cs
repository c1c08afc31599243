namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>INVALID_EFFECT</c> of IAM Access Analyzer.</summary>
internal sealed class InvalidEffectCheck() : StatementCheck(new Rule(
    "PSEC3015",
    "Effect is neither Allow nor Deny",
    RuleSeverity.Error,
    "AWS refuses any other value, and knows these two with a capital first letter only.",
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
