using System.Collections.Immutable;
using CsCheck;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Tests.Access;

/// <summary>Patterns compared as lists of symbols: against all short strings, and lists of them against their patterns one by one.</summary>
public sealed class PatternSymbolTests
{
    private const int Longest = 4;

    private static readonly string[] Strings = [.. AllStrings()];

    private static readonly Gen<string> Pattern = Gen.Frequency((5, Gen.OneOf("a", "b", ":")), (2, Gen.Const("*")), (1, Gen.Const("?"))).Array[0, 4]
        .Select(string.Concat);

    private static readonly Gen<string> Name = Gen.OneOf("a", "b", ":").Array[0, 4].Select(string.Concat);

    private static readonly Gen<string[]> List = Gen.Frequency((3, Name), (1, Pattern)).Array[0, 6];

    [Fact]
    public void What_is_said_of_two_patterns_is_so_of_all_strings() => Gen.Select(Pattern, Pattern).Each(4_000, drawn =>
    {
        PatternSymbols one = PatternSymbols.OfAction(Plain(drawn.Item1)), other = PatternSymbols.OfAction(Plain(drawn.Item2));
        bool[] inOne = Taken(drawn.Item1), inOther = Taken(drawn.Item2);
        if (one.Covers(other))
        {
            Assert.DoesNotContain(Enumerable.Range(0, Strings.Length), i => inOther[i] && !inOne[i]);
        }

        Assert.True(one.MayMeet(other) || !Enumerable.Range(0, Strings.Length).Any(i => inOne[i] && inOther[i]), "both take some string");
        Assert.Equal(one.MayMeet(other), other.MayMeet(one));
        Assert.True(one.Covers(one) && one.MayMeet(one), "a pattern takes what it takes");
    });

    [Fact]
    public void A_list_says_of_a_pattern_what_one_of_its_patterns_says() => Gen.Select(List, List, Gen.Bool).Each(4_000, drawn =>
    {
        (string[] list, string[] others, bool ofActions) = drawn;
        PatternSymbolSet set = Set(list, ofActions), asked = Set(others, ofActions);
        Assert.Equal(asked.All.Select(one => set.All.Any(p => p.Covers(one))), asked.All.Select(set.Covers));
        Assert.Equal(asked.All.Select(one => set.All.Any(p => p.MayMeet(one))), asked.All.Select(set.MayMeet));
        Assert.Equal(asked.All.All(set.Covers), set.CoversAll(asked));
        Assert.Equal(asked.All.Any(set.MayMeet), set.MayMeetAny(asked));
    });

    private static PatternSymbolSet Set(string[] list, bool ofActions)
    {
        ImmutableArray<PolicyPattern> patterns = [.. list.Select(Plain)];
        return ofActions ? PatternSymbolSet.OfActions(patterns) : PatternSymbolSet.OfResources(patterns);
    }

    private static bool[] Taken(string pattern)
    {
        TextSet set = PatternCompiler.Compile([Plain(pattern)], MatchMode.Like);
        return [.. Strings.Select(text => set.Contains(text, Policy.Reading.None))];
    }

    private static PolicyPattern Plain(string text) => PolicyPattern.Plain(text);

    private static IEnumerable<string> AllStrings()
    {
        IEnumerable<string> ofLength = [""];
        for (int length = 0; length <= Longest; length++)
        {
            foreach (string text in ofLength)
            {
                yield return text;
            }

            ofLength = [.. ofLength.SelectMany(text => new[] { text + "a", text + "b", text + ":" })];
        }
    }
}
