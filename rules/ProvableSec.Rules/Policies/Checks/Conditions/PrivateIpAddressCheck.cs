using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>PRIVATE_IP_ADDRESS</c> of IAM Access Analyzer.</summary>
internal sealed class PrivateIpAddressCheck() : ConditionCheck(new Rule(
    "PSEC3057",
    "aws:SourceIp with private ranges only",
    RuleSeverity.Error,
    "aws:SourceIp is always a public address, so the condition never matches.",
    "Use aws:VpcSourceIp with aws:SourceVpc for private addresses.",
    863,
    "PRIVATE_IP_ADDRESS"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (PrivateRanges.In(condition, ConditionComparison.IpAddress) is { Private: true, Public: false })
        {
            findings.Add(condition.KeyProperty.Value, "aws:SourceIp is always a public address, so these private ranges never match");
        }
    }
}
