namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>TYPE_MISMATCH</c> of IAM Access Analyzer.</summary>
internal sealed class TypeMismatchCheck() : ConditionCheck(new Rule(
    "PSEC3216",
    "Operator that does not match the type of the key",
    RuleSeverity.Warning,
    "The operator compares values of another type than the key has; such a condition never matches, or always.",
    "Write an operator for the key's type.",
    843,
    "TYPE_MISMATCH"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Policy.Catalogue.FindKeyType(condition.Key) is { } key && OperatorTypes.ExpectedFor(condition.Comparison, key.Type) is { } expected)
        {
            findings.Add(condition.OperatorElement,
                $"{CheckedText.Quoted(condition.Key)} is compared by {expected} operators, not by {CheckedText.Quoted(condition.OperatorName)}");
        }
    }
}
