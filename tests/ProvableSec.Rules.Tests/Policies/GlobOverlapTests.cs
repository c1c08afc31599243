using CsCheck;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Tests.Policies;

/// <summary>Two patterns overlap where some text matches both: of short ones, one of the short texts does.</summary>
public sealed class GlobOverlapTests
{
    private const int Longest = 9;

    private static readonly string[] Texts =
    [
        .. Enumerable.Range(0, Longest + 1).SelectMany(length => Enumerable.Range(0, 1 << length)
            .Select(bits => string.Concat(Enumerable.Range(0, length).Select(i => (bits >> i & 1) == 0 ? 'a' : 'b')))),
    ];

    [Fact]
    public void Overlap_is_a_text_that_both_cover()
    {
        Gen<string> pattern = Gen.Char["aab*?"].Array[0, 4].Select(chars => new string(chars));
        Gen<string> shared = Gen.Int[0, 3].Select(at => new[] { "", "", "a", "ba" }[at]);
        Gen.Select(pattern, pattern, shared, shared).Each(3000, (one, other, ahead, behind) =>
        {
            string a = ahead + one + behind, b = ahead + other + behind;
            return GlobText.Overlap(a, b) == Texts.Any(text => IsOfBoth(ahead + text + behind)) && GlobText.Overlap(one, other) == Meet(one, other);

            bool IsOfBoth(string text) => GlobText.Covers(a, text, foldCase: false) && GlobText.Covers(b, text, foldCase: false);
        });
    }

    private static bool Meet(string one, string other) =>
        Texts.Any(text => GlobText.Covers(one, text, foldCase: false) && GlobText.Covers(other, text, foldCase: false));
}
