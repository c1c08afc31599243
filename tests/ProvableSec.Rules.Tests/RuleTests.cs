using ProvableSec.Rules.Catalogue;
using ProvableSec.Rules.Policies.Checks;

namespace ProvableSec.Rules.Tests;

public sealed class RuleTests
{
    [Fact]
    public void Rules_are_told_apart_by_id_in_order()
    {
        string[] ids = [.. RuleCatalogue.OfCredentials.Concat(PolicyChecks.Rules).Select(rule => rule.Id)];
        Assert.Equal(ids.Order(StringComparer.Ordinal).Distinct(), ids);
        Assert.All(ids, id => Assert.Matches("^PSEC[1-3][0-9]{3}$", id));
    }
}
