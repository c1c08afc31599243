using ProvableSec.Reasoning.Assumptions;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Tests.Assumptions;

public sealed class CatalogueKeyTests
{
    /// <summary>Keys come from policies that nobody vouches for, and a compiler server runs for days.</summary>
    [Fact]
    public void Keys_of_untrusted_policies_do_not_fill_the_memory()
    {
        Assert.True(ServiceCatalogue.Default.TryGetAction("s3:GetObject", out ServiceAction? action));
        for (int i = 0; i < 10_000; i++)
        {
            CatalogueKeys.MayCarry(action, $"s3:key-{i}");
        }

        Assert.InRange(CatalogueKeys.Remembered, 0, 1 << 12);
    }
}
