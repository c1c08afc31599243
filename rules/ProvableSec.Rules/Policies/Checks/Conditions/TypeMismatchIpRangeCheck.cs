using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>TYPE_MISMATCH_IP_RANGE</c> of IAM Access Analyzer.</summary>
internal sealed class TypeMismatchIpRangeCheck() : ConditionCheck(new Rule(
    "PSEC3070",
    "Value that is not an address range",
    RuleSeverity.Error,
    "The operator compares addresses; another value matches nothing, or AWS rejects it.",
    "Write the range in CIDR form, such as 203.0.113.0/24.",
    1286,
    "TYPE_MISMATCH_IP_RANGE"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Comparison is ConditionComparison.IpAddress or ConditionComparison.NotIpAddress)
        {
            foreach (CheckedText value in condition.Texts)
            {
                if (value.IsKnown && value.Text.IndexOf("${", StringComparison.Ordinal) < 0 && AddressRange.TryParse(value.Text) is null)
                {
                    findings.Add(value, $"{value.Shown} is not an address or range in CIDR form");
                }
            }
        }
    }
}
