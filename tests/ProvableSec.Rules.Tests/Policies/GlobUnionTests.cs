using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Tests.Policies;

/// <summary>What patterns cover together, against every short text.</summary>
public sealed class GlobUnionTests
{
    private const string Letters = "abc";

    [Theory]
    [InlineData("?*", true, "*?")]
    [InlineData("*?", true, "?*")]
    [InlineData("?*", false, "??*")]
    [InlineData("?*", true, "?", "??*")]
    [InlineData("x?*", true, "x*y*", "x*")]
    [InlineData("*a*", true, "a*", "?*a*")]
    [InlineData("*", false, "?*")]
    [InlineData("*", true, "", "?*")]
    [InlineData("p?*", false, "pq*", "p*q")]
    public void Covers_together_what_no_text_leaves_out(string format, bool covers, params string[] patterns) => Assert.Equal(covers, Covers(format, patterns));

    [Fact]
    public void Agrees_with_every_short_text()
    {
        var random = RandomRun.Random(20261130);
        string[] texts = [.. Texts(7)];
        int covered = 0;
        for (int i = 0; i < 2000; i++)
        {
            string format = Pattern(random);
            string[] patterns = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pattern(random))];
            string? left = texts.FirstOrDefault(text => GlobText.Covers(format, text, foldCase: false)
                && !patterns.Any(pattern => GlobText.Covers(pattern, text, foldCase: false)));
            Assert.True(Covers(format, patterns) == left is null, $"{format} in {string.Join(", ", patterns)}: {left ?? "all"}");
            covered += left is null ? 1 : 0;
        }

        Assert.InRange(covered, 100, 1900);
    }

    private static bool Covers(string format, string[] patterns) => GlobUnion.Covers(format, patterns, new CheckBudget(CancellationToken.None));

    private static string Pattern(Random random) => new([.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => "ab**?"[random.Next(5)])]);

    private static IEnumerable<string> Texts(int most)
    {
        List<string> last = [""];
        for (int length = 0; length <= most; length++)
        {
            foreach (string text in last)
            {
                yield return text;
            }

            last = [.. last.SelectMany(text => Letters.Select(letter => text + letter))];
        }
    }
}
