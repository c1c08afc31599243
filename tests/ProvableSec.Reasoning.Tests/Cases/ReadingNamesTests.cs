using ProvableSec.Policy;

namespace ProvableSec.Reasoning.Tests.Cases;

public sealed class ReadingNamesTests
{
    [Fact]
    public void Every_flag_has_a_name_that_leads_back_to_it()
    {
        string[] names = [.. ReadingNames.All];
        Assert.Equal(Enum.GetValues<Reading>().Length - 1, names.Length);
        foreach (string name in names)
        {
            Assert.True(ReadingNames.TryParse(name, out Reading reading));
            Assert.Equal(name, Assert.Single(ReadingNames.Of(reading)));
        }
    }

    [Fact]
    public void Names_are_kebab_case()
    {
        Assert.Equal(["inner-star-stops-at-colon", "bare-ipv6-is32"], ReadingNames.Of(Reading.InnerStarStopsAtColon | Reading.BareIpv6Is32));
        Assert.True(ReadingNames.TryParse("default", out Reading none));
        Assert.Equal(Reading.None, none);
        Assert.False(ReadingNames.TryParse("InnerStarStopsAtColon", out _));
    }
}
