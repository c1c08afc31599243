using ProvableSec.Tool.Diff;

namespace ProvableSec.Tool.Tests.Diff;

/// <summary>What a policy is called in the words of <c>diff</c>.</summary>
public sealed class PolicyNameTests
{
    [Theory]
    [InlineData("regions.json", "regions")]
    [InlineData("scps/regions.scp.json", "regions")]
    [InlineData(@"c:\guardrails\Regions.RCP.JSON", "Regions")]
    [InlineData("a.policy.boundary.json", "a")]
    [InlineData("policy.json", "policy")]
    [InlineData(".json", ".json")]
    [InlineData("organization/scps/regions/policy.json", "regions")]
    [InlineData("rcps/regions/policy.json", "regions")]
    [InlineData("roles/regions/policy.json", "policy")]
    public void A_policy_is_called_by_its_file(string path, string name) => Assert.Equal(name, PolicyName.OfFile(path));
}
