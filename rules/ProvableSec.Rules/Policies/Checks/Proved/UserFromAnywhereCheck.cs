using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>A policy of an IAM user that says nothing about the network or the organization. Users have keys that do not expire.</summary>
internal sealed class UserFromAnywhereCheck() : PolicyCheck(new Rule(
    "PSEC2009",
    "User policy without a network restriction",
    RuleSeverity.Info,
    "A user's access keys do not expire, and this policy lets whoever has them use them from any network: no statement requires an address, a VPC or an "
        + "organization.",
    "Use a role instead of a user; otherwise deny requests that do not come from the expected aws:SourceIp, aws:SourceVpc or aws:SourceVpce, or whose "
        + "resource is outside aws:ResourceOrgID.",
    284)
{
    Reference = RuleReference.InIam("AWS: Denies access to AWS based on the source IP", "reference_policies_examples_aws_deny-ip"),
    Controls = ControlMapping.LongLived,
})
{
    private static readonly string[] Keys =
        ["aws:SourceIp", "aws:VpcSourceIp", "aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce", "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths",
            "aws:ResourceOrgID", "aws:ResourceOrgPaths", "aws:ResourceAccount", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:CalledVia",
            "aws:ViaAWSService"];

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        if (policy.Context.IsForUser && policy.Type == PolicyType.Identity && policy.Statements.FirstOrDefault(statement => statement.IsAllow) is { } first
            && policy.Statements.All(statement => statement.ConditionsAreKnown && !statement.Conditions.Any(condition => condition.IsOnAny(Keys))))
        {
            findings.Add(first.EffectElement!.Value.Value, "the policy of a user asks for no address, VPC or organization");
        }
    }
}
