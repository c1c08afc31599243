namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>DUPLICATE_KEYS_WITH_DIFFERENT_CASE</c> of IAM Access Analyzer.</summary>
internal sealed class DuplicateKeysWithDifferentCaseCheck() : StatementCheck(new Rule(
    "PSEC3004",
    "Condition key twice, with other capitals",
    RuleSeverity.Error,
    "Condition keys fold case, so both are the same key, and AWS refuses the block.",
    "Write the key once, with all its values.",
    694,
    "DUPLICATE_KEYS_WITH_DIFFERENT_CASE"))
{
    protected override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        for (int i = 0; i < statement.Conditions.Count; i++)
        {
            CheckedCondition condition = statement.Conditions[i];
            for (int j = 0; j < i; j++)
            {
                CheckedCondition other = statement.Conditions[j];
                if (other.OperatorElement.Span == condition.OperatorElement.Span && condition.IsOn(other.Key) && other.Key != condition.Key)
                {
                    findings.Add(condition.KeyProperty.NameElement, $"{CheckedText.Quoted(condition.Key)} and {CheckedText.Quoted(other.Key)} are the same condition key, which folds case");
                    break;
                }
            }
        }
    }
}
