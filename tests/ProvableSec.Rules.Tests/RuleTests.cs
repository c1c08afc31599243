namespace ProvableSec.Rules.Tests;

public sealed class RuleTests
{
    [Fact]
    public void Rules_are_told_apart_by_id_in_order()
    {
        string[] ids = [.. CredentialRules.All.Concat(CredentialUseRules.All).Select(rule => rule.Id)];
        Assert.Equal(ids.Order(StringComparer.Ordinal).Distinct(), ids);
        Assert.All(ids, id => Assert.Matches("^PSEC1[0-9]{3}$", id));
    }
}
