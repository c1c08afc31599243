using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>PRIVATE_NOT_IP_ADDRESS</c> of IAM Access Analyzer.</summary>
internal sealed class PrivateNotIpAddressCheck() : ConditionCheck(new Rule(
    "PSEC3058",
    "NotIpAddress on aws:SourceIp with private ranges only",
    RuleSeverity.Error,
    "aws:SourceIp is always a public address, so the condition always matches.",
    "Use aws:VpcSourceIp with aws:SourceVpc for private addresses.",
    863,
    "PRIVATE_NOT_IP_ADDRESS"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (PrivateRanges.In(condition, ConditionComparison.NotIpAddress) is { Private: true, Public: false })
        {
            findings.Add(condition.KeyProperty.Value, "aws:SourceIp is always a public address, so it always lies outside these private ranges");
        }
    }
}
