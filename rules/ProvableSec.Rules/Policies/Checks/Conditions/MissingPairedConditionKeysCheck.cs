namespace ProvableSec.Rules.Policies.Checks;

/// <summary><c>MISSING_PAIRED_CONDITION_KEYS</c> of IAM Access Analyzer.</summary>
internal sealed class MissingPairedConditionKeysCheck() : ConditionCheck(new Rule(
    "PSEC2110",
    "Private address without its network",
    RuleSeverity.Warning,
    "Private addresses are the same in every network, so anyone can have one.",
    "Add the key of the network, such as aws:SourceVpc.",
    863,
    "MISSING_PAIRED_CONDITION_KEYS"))
{
    protected override void Check(CheckedCondition condition, PolicyFindings findings)
    {
        string[]? pair = condition.IsOn("aws:VpcSourceIp") ? ["aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce"]
            : condition.IsOn("aws:Ec2InstanceSourcePrivateIPv4") ? ["aws:Ec2InstanceSourceVpc"]
            : null;
        if (pair is not null && condition.Statement.ConditionsAreKnown && !condition.Statement.Conditions.Any(other => other.IsOnAny(pair)))
        {
            findings.Add(condition.KeyProperty.NameElement, $"{CheckedText.Quoted(condition.Key)} means nothing without {string.Join(" or ", pair)}");
        }
    }
}
