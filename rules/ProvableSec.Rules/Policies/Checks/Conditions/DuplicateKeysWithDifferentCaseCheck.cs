namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>DUPLICATE_KEYS_WITH_DIFFERENT_CASE</c> of IAM Access Analyzer.</summary>
internal sealed class DuplicateKeysWithDifferentCaseCheck() : StatementCheck(new Rule(
    "PSEC3004",
    "Condition key repeated with different capitalization",
    RuleSeverity.Error,
    "Condition keys are not case-sensitive, so both are the same key, and AWS rejects the block.",
    "Write the key once, with all its values.",
    694,
    "DUPLICATE_KEYS_WITH_DIFFERENT_CASE"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        var first = new Dictionary<string, CheckedCondition>(StringComparer.OrdinalIgnoreCase);
        foreach (CheckedCondition condition in statement.Conditions)
        {
            string key = $"{condition.OperatorElement.Span.Start} {condition.Key}";
            if (!first.TryGetValue(key, out CheckedCondition? other))
            {
                first.Add(key, condition);
            }
            else if (other.Key != condition.Key)
            {
                findings.Add(condition.KeyProperty.NameElement,
                    $"{CheckedText.Quoted(condition.Key)} and {CheckedText.Quoted(other.Key)} are the same condition key, which folds case");
            }
        }
    }
}
