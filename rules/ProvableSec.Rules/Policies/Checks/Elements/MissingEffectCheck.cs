namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_EFFECT</c> of IAM Access Analyzer.</summary>
internal sealed class MissingEffectCheck() : StatementCheck(new Rule(
    "PSEC3031",
    "No Effect",
    RuleSeverity.Error,
    "A statement says Allow or Deny; AWS rejects one that does not.",
    "Add \"Effect\": \"Allow\" or \"Effect\": \"Deny\".",
    1286,
    "MISSING_EFFECT"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement.EffectElement is null)
        {
            findings.Add(statement.Element, "the statement has no Effect");
        }
    }
}
