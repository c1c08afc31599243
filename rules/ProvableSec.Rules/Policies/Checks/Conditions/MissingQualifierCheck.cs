using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_QUALIFIER</c> of IAM Access Analyzer.</summary>
internal sealed class MissingQualifierCheck() : ConditionCheck(new Rule(
    "PSEC3033",
    "Multivalued key without ForAllValues or ForAnyValue",
    RuleSeverity.Error,
    "A request carries several values for the key; without a set operator AWS does not say which of them count.",
    "Write ForAnyValue: if one value is enough, ForAllValues: with a Null test if all must match.",
    1286,
    "MISSING_QUALIFIER"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Operator.Set == SetOperator.None && condition.Comparison is not (ConditionComparison.Null or ConditionComparison.Unknown)
            && condition.Policy.Catalogue.FindKeyType(condition.Key) is { IsMultivalued: true })
        {
            findings.Add(condition.OperatorElement,
                $"{CheckedText.Quoted(condition.Key)} has several values in a request; write ForAllValues: or ForAnyValue:");
        }
    }
}
