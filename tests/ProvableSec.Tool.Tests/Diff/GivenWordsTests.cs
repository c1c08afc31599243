using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Diff;

namespace ProvableSec.Tool.Tests.Diff;

/// <summary>What a change rests on is told in words; programs have the names.</summary>
public sealed class GivenWordsTests
{
    public static TheoryData<string> Names => [.. AssumptionName.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_assumption_is_said_in_words(string name)
    {
        var change = new PolicyChange(PolicyChangeKind.Changed, "a.json", "", "scp") { Given = [name, "values"] };
        Assert.Matches(@"\A[\w,]+( [\w,-]+){3,}; values\z", change.GivenWords);
    }
}
