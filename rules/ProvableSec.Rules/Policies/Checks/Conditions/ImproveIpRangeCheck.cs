using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>IMPROVE_IP_RANGE</c> of IAM Access Analyzer.</summary>
internal sealed class ImproveIpRangeCheck() : ConditionCheck(new Rule(
    "PSEC3313",
    "Range with bits after its mask",
    RuleSeverity.Info,
    "Bits after the mask are ignored, so the range is larger than its address suggests.",
    "Write the range with these bits zero, or the mask that is meant.",
    1286,
    "IMPROVE_IP_RANGE"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (condition.Comparison is ConditionComparison.IpAddress or ConditionComparison.NotIpAddress)
        {
            foreach (CheckedText value in condition.Texts)
            {
                if (value.IsKnown && AddressRange.TryParse(value.Text) is { HasHostBits: true } range)
                {
                    findings.Add(value, $"{value.Shown} is the range {range}");
                }
            }
        }
    }
}
