using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>PRIVATE_NOT_IP_ADDRESS_SUBSET</c> of IAM Access Analyzer.</summary>
internal sealed class PrivateNotIpAddressSubsetCheck() : ConditionCheck(new Rule(
    "PSEC3316",
    "NotIpAddress on aws:SourceIp with private ranges among others",
    RuleSeverity.Info,
    "aws:SourceIp is always a public address, so naming the private ranges changes nothing.",
    "Remove them; use aws:VpcSourceIp with aws:SourceVpc for private addresses.",
    863,
    "PRIVATE_NOT_IP_ADDRESS_SUBSET"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        if (PrivateRanges.In(condition, ConditionComparison.NotIpAddress) is { Private: true, Public: true })
        {
            findings.Add(condition.KeyProperty.Value, "aws:SourceIp is always a public address, so the private ranges of this list change nothing");
        }
    }
}
